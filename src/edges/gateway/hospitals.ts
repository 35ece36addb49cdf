import type { JsonObject } from '../../kernel/json.ts';
import {
  type AuditEntry,
  type Case,
  type CaseFilter,
  type Hospital,
  isDirect,
  revisionOf,
} from '../../platform/hospital/port.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { Problem } from '../../platform/http/problem.ts';
import { parseTraceparent } from '../../platform/telemetry/port.ts';

/** A case and the service in whose hospital it lies. */
export interface AdmittedCase {
  readonly service: string;
  readonly case: Case;
}

export interface CaseQuery extends Pick<CaseFilter, 'status' | 'type' | 'code' | 'subject' | 'openedBefore'> {
  readonly service?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Later than every case id: ids are ASCII. */
const LAST_ID = '\x7f';
const LIST = 'hospital';

/** The cases of all hospitals in one order: by age, then service, then id. Throws `invalid_cursor`. */
export async function listCases(
  hospitals: Readonly<Record<string, Pick<Hospital, 'list'>>>,
  { service: only, limit, cursor, ...wishes }: CaseQuery,
): Promise<{ readonly items: readonly AdmittedCase[]; readonly nextCursor: string | null }> {
  const last = decodeCursor(cursor, LIST) as { at: number; service: string; id: string } | undefined;
  const asked = Object.entries(hospitals).filter(([service]) => only === undefined || only === service);
  const found = await Promise.all(
    asked.map(async ([service, hospital]) => {
      const after = last === undefined ? undefined : { openedAt: last.at, id: idAfter(last, service) };
      const filter = { ...wishes, limit: limit + 1, ...(after && { after }) };
      return (await hospital.list(filter)).map((each): AdmittedCase => ({ service, case: each }));
    }),
  );
  const ordered = found.flat().sort(byAge);
  const items = ordered.slice(0, limit);
  const end = ordered.length > limit ? items.at(-1) : undefined;
  const nextCursor =
    end === undefined ? null : encodeCursor({ at: end.case.openedAt, service: end.service, id: end.case.id }, LIST);
  return { items, nextCursor };
}

/** Finds the hospital of a public case id, `<service>.<case>`. Throws `unknown_case`. */
export function splitCaseId<Any>(
  hospitals: Readonly<Record<string, Any>>,
  caseId: string,
): { readonly service: string; readonly hospital: Any; readonly id: string } {
  const dot = caseId.indexOf('.');
  const service = caseId.slice(0, Math.max(dot, 0));
  const hospital = Object.hasOwn(hospitals, service) ? hospitals[service] : undefined;
  if (hospital === undefined) {
    throw new Problem('unknown_case', 'There is no such case. Case ids look like `<service>.<case>`.');
  }
  return { service, hospital, id: caseId.slice(dot + 1) };
}

/** The hospital of a service. Throws `validation_failed`. */
export function hospitalOf<Any>(hospitals: Readonly<Record<string, Any>>, service: string): Any {
  const hospital = Object.hasOwn(hospitals, service) ? hospitals[service] : undefined;
  if (hospital !== undefined) return hospital;
  const message = `There is no service ${service} here: use ${Object.keys(hospitals).join(', ')}.`;
  throw new Problem('validation_failed', message, { errors: [{ path: 'service', message }] });
}

/** A case as the API shows it. */
export function shown({ service, case: { id, ...found } }: AdmittedCase) {
  const traceId = traceIdOf({ id, ...found } as Case);
  const audit = found.audit.map(shownEntry);
  return {
    caseId: `${service}.${id}`,
    service,
    ...(traceId !== undefined && { traceId }),
    ...found,
    audit,
    revision: revisionOf(found),
  };
}

/** An act as the API shows it: without the key that tells it from its repetition. */
export function shownEntry({ repeat: _, ...entry }: AuditEntry): Omit<AuditEntry, 'repeat'> {
  return entry;
}

/** What a case is about, as it would be handled now. */
export function dataOf(found: Case): JsonObject {
  return found.edited ?? (isDirect(found) ? found.data : found.event.data);
}

function traceIdOf(found: Case): string | undefined {
  return parseTraceparent(isDirect(found) ? found.traceparent : found.event.metadata.traceparent)?.traceId;
}

/** Where a service goes on after the page's last case: its cases of the same age come before or after it, by name. */
function idAfter(last: { readonly service: string; readonly id: string }, service: string): string {
  if (service === last.service) return last.id;
  return service < last.service ? LAST_ID : '';
}

function byAge(a: AdmittedCase, b: AdmittedCase): number {
  return a.case.openedAt - b.case.openedAt || compare(a.service, b.service) || compare(a.case.id, b.case.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
