import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { DocumentWrite } from '../storage/port.ts';
import { hospitalNotices, writeFirstNotice } from './notice-records.ts';
import type { AuditEntry, Case, DirectAdmission, DirectCase, Failure, KeptEvent, MessageCase } from './port.ts';

/** Cases, open and closed, each with the audit of what was done about it. Kept for ever. */
export const hospitalCases: Collection = {
  name: 'hospital_cases',
  fields: { subscription: 'text', status: 'text', held: 'integer', reported: 'integer', openedAt: 'integer' },
  indexes: [
    ['openedAt'],
    ['status', 'openedAt'],
    ['subscription', 'openedAt'],
    ['subscription', 'status', 'openedAt'],
    ['subscription', 'held', 'openedAt'],
    ['reported', 'openedAt'],
  ],
};

/** Events that wait behind a case. Removed as they are handled. */
export const hospitalWaiting: Collection = {
  name: 'hospital_waiting',
  fields: { queue: 'text', position: 'integer' },
  indexes: [['queue', 'position']],
};

/** What the hospital of a service keeps. */
export const hospitalCollections: readonly Collection[] = [hospitalCases, hospitalWaiting, hospitalNotices];

/** A case that is opened for an event. */
export function newCase(
  subscription: string,
  event: KeptEvent,
  failure: Failure,
  by: string,
  waiting = 0,
): MessageCase {
  return {
    id: `${subscription}-${event.partition}-${event.position}`,
    subscription,
    source: event.source,
    subject: event.subject,
    status: 'open',
    openedAt: failure.at,
    event,
    failure,
    waiting,
    audit: [{ at: failure.at, by, act: 'admitted', note: `${failure.code}: ${failure.detail}` }],
  };
}

const KIND = /^[a-z][a-z0-9_]{0,79}$/;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The id of a case that a service opens itself. */
export function caseIdOf(kind: string, key: string): string {
  return `${kind}-${key}`;
}

/** A case that a service opens itself. Throws a RangeError. */
export function newDirectCase(admission: DirectAdmission, at: number): DirectCase {
  const { kind, key, subject, detail, data = {}, action, traceparent } = admission;
  if (!KIND.test(kind)) throw new RangeError(`"${kind}" cannot be the kind of a case`);
  if (!KEY.test(key)) throw new RangeError(`"${key}" cannot be the key of a case`);
  return {
    ...{ id: caseIdOf(kind, key), kind, key, subject, data, status: 'open', openedAt: at, waiting: 0 },
    ...(action !== undefined && { action }),
    ...(traceparent !== undefined && { traceparent }),
    failure: { kind: 'reported', code: kind, detail, attempts: 0, at },
    audit: [{ at, by: 'platform', act: 'admitted', note: detail }],
  };
}

export function withAudit<Kind extends Case>(opened: Kind, entry: AuditEntry, changes: Partial<Case> = {}): Kind {
  return { ...opened, ...changes, audit: [...opened.audit, entry] };
}

/** The writes that open a case: with it goes the notice of it, so that no crash comes between the two. */
export function openCase(opened: Case, expectedVersion?: number): readonly DocumentWrite[] {
  return [writeCase(opened, expectedVersion), writeFirstNotice(opened, expectedVersion)];
}

/** The write of a case; with a version, only when it has not been changed since. */
export function writeCase(opened: Case, expectedVersion?: number): DocumentWrite {
  const held = opened.status === 'closed' ? 0 : 1;
  const body = { ...opened, held, ...('kind' in opened && { reported: held }) } as unknown as JsonObject;
  const write = { collection: hospitalCases, generation: 0, key: opened.id, body };
  return expectedVersion === undefined ? write : { ...write, expectedVersion };
}

export function caseOf({ held: _, reported: __, ...body }: JsonObject): Case {
  return body as unknown as Case;
}

/** The key of all that waits for one subject of a subscription. */
export function queueOf(subscription: string, subject: string): string {
  return `${subscription}/${subject}`;
}

export function writeWaiting(subscription: string, event: KeptEvent): DocumentWrite {
  const queue = queueOf(subscription, event.subject);
  return {
    collection: hospitalWaiting,
    generation: 0,
    key: waitingKey(queue, event),
    body: { queue, position: event.position, event: event as unknown as JsonObject },
  };
}

export function removeWaiting(subscription: string, event: KeptEvent): DocumentWrite {
  const key = waitingKey(queueOf(subscription, event.subject), event);
  return { collection: hospitalWaiting, generation: 0, key, body: null };
}

export function waitingOf(body: JsonObject): KeptEvent {
  return body.event as unknown as KeptEvent;
}

function waitingKey(queue: string, { partition, position }: KeptEvent): string {
  return `${queue}/${partition}/${position}`;
}
