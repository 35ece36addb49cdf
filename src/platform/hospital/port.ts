import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Work } from '../event-store/port.ts';
import type { DocumentWrite } from '../storage/port.ts';

/** An event as it is kept in the hospital: in the schema version it was read in, so that a later release can upcast it. */
export interface KeptEvent extends HeardEvent {
  readonly schemaVersion: number;
}

/** Why an event could not be handled. Never personal data: events hold it sealed, and faults are told by name and sentence. */
export interface Failure {
  /** `fault`: the handler or the storage threw; `rejected`: the rules refused; `unreadable`: this release cannot read it; `reported`: its service said so. */
  readonly kind: 'fault' | 'rejected' | 'unreadable' | 'reported';
  /** The rejection's code, or the fault's name. */
  readonly code: string;
  readonly detail: string;
  readonly extra?: JsonObject;
  readonly attempts: number;
  readonly at: number;
}

/** `draining`: the event itself is settled, and what waited behind it is being handled. */
export type CaseStatus = 'open' | 'draining' | 'closed';

export interface AuditEntry {
  readonly at: number;
  readonly by: string;
  readonly act: 'admitted' | 'retried' | 'dry_run' | 'edited' | 'discharged' | 'closed';
  readonly note?: string;
}

interface AnyCase {
  readonly id: string;
  readonly subject: string;
  readonly status: CaseStatus;
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly settledBy?: 'retry' | 'discharge';
  /** What a person put in place of its data: an event's in its newest version. */
  readonly edited?: JsonObject;
  readonly failure: Failure;
  /** How many events wait behind it. */
  readonly waiting: number;
  readonly audit: readonly AuditEntry[];
}

/** An event that a subscription could not handle. All later events of its subject wait behind it, in order. */
export interface MessageCase extends AnyCase {
  readonly subscription: string;
  readonly source: string;
  readonly event: KeptEvent;
}

/** What a service has found wrong by itself, such as a difference with a partner's books. Nothing waits behind it. */
export interface DirectCase extends AnyCase {
  readonly kind: string;
  readonly key: string;
  /** What a person needs to know beside the sentence, and what the action is given. */
  readonly data: JsonObject;
  /** What a retry does: one of the service's `caseActions`. Without one the case can only be discharged. */
  readonly action?: string;
  readonly traceparent?: string;
}

export type Case = MessageCase | DirectCase;

export function isDirect(admitted: Case): admitted is DirectCase {
  return 'kind' in admitted;
}

/** What a service asks to be looked at by a person. Never personal data. */
export interface DirectAdmission {
  /** What is wrong, in snake_case: `capture_refused`. It is the case's code too. */
  readonly kind: string;
  /** Names the case within its kind, 1 to 200 visible ASCII characters. The same key again is the same case, also when it is closed. */
  readonly key: string;
  /** What it is about: an order id, a payment id. */
  readonly subject: string;
  /** One plain English sentence for the person who looks. */
  readonly detail: string;
  readonly data?: JsonObject;
  readonly action?: string;
  readonly traceparent?: string;
}

/** The way into a service's own hospital for what is not an event. */
export interface Admissions {
  /** Opens a case and answers it; the case that is there already when the key was used before. Throws a RangeError for a kind or key that cannot be one, an UnavailableFault. */
  admit(admission: DirectAdmission): Promise<DirectCase>;
  /** What opens the case within somebody's own work, so that cause and case are one commit; the work fails with a ConflictFault when the case is there already. */
  admitting(admission: DirectAdmission): readonly DocumentWrite[];
}

/** What the retry of a direct case does; `caseActions` of a RunningService names them. Effects are committed with the case's closing; what it refuses or throws keeps the case open. */
export type CaseAction = (asked: {
  readonly caseId: string;
  readonly subject: string;
  /** The case's data, as edited. */
  readonly data: JsonObject;
  /** To be passed on to whoever is called: the same at each retry of the case. */
  readonly idempotencyKey: string;
  readonly traceparent?: string;
}) => Promise<Outcome<CaseEffects | undefined>>;

export type CaseEffects = Pick<Work, 'intents' | 'documents'>;

/** What handling the event would do now. Nothing of it is written. */
export interface DryRun {
  readonly wouldSucceed: boolean;
  readonly failure?: Failure;
  /** By stream: the types of the events that would be appended, or the refusal. */
  readonly intents: readonly {
    readonly stream: string;
    readonly events: readonly string[];
    readonly rejection?: Rejection;
  }[];
  readonly documents: readonly { readonly collection: string; readonly key: string }[];
}

/** What the hospital may do with an event: the subscription that could not handle it knows how. */
export interface Treatment {
  /**
   * Handles the event, with `edited` in place of its data, and commits what it comes to together with `documents`. Answers why
   * not, when nothing was written. Throws an UnavailableFault, and a ConflictFault when one of `documents` has changed.
   */
  attempt(
    event: KeptEvent,
    edited: JsonObject | undefined,
    documents: readonly DocumentWrite[],
  ): Promise<Failure | undefined>;
  dryRun(event: KeptEvent, edited: JsonObject | undefined): Promise<DryRun>;
}

/**
 * The subjects of one subscription that wait in the hospital, in memory. Only the subscription's runner opens cases, so a
 * subject that is not here is free; one that is here may have been released since, which the compare-and-set of its case tells.
 */
export interface Ward {
  /** Reads the ward anew: at the start, and when a write found a case changed. */
  reload(): Promise<void>;
  holds(subject: string): boolean;
  size(): number;
  /** What opens a case for the event. */
  admit(event: KeptEvent, failure: Failure): WardWrites & { readonly opened: MessageCase };
  /** What makes the events wait behind the cases of their subjects, which must be held here. */
  park(events: readonly KeptEvent[]): WardWrites;
}

/** To be committed with the subscription's position; `committed` is to be called when it has been. */
export interface WardWrites {
  readonly documents: readonly DocumentWrite[];
  readonly committed: () => void;
}

export interface CaseFilter {
  readonly status?: CaseStatus;
  readonly subscription?: string;
  readonly limit: number;
  readonly after?: { readonly openedAt: number; readonly id: string };
}

/**
 * Where events that keep failing are cared for. Every act is written into the case with who did it and when. Acting twice
 * changes nothing: a case that is closed answers `case_closed`, one that does not exist `unknown_case`.
 */
export interface Hospital extends Pick<Admissions, 'admit'> {
  /** Cases by age, oldest first. */
  list(filter: CaseFilter): Promise<readonly Case[]>;
  /** The case and the first events that wait behind it. */
  show(id: string): Promise<Outcome<{ readonly case: Case; readonly waiting: readonly KeptEvent[] }>>;
  /** Handles the event once more; when it succeeds, what waits behind it follows, in order. Answers the case as it stands then. */
  retry(id: string, by: string): Promise<Outcome<Case>>;
  /** Gives the event up; what waits behind it is handled. */
  discharge(id: string, by: string, note?: string): Promise<Outcome<Case>>;
  /** Replaces the event's data for the next retry. Data must hold personal fields sealed, as the event does. */
  edit(id: string, by: string, data: JsonObject): Promise<Outcome<Case>>;
  /** Runs the handler and the rules, and writes nothing of what they come to; what a handler does outside the service happens. */
  dryRun(id: string, by: string): Promise<Outcome<DryRun>>;
  /** Stops draining; it is taken up again by the next process. */
  close(): Promise<void>;
}

/** The most of a fault's text that is kept. */
const MOST_DETAIL = 500;

/** What was thrown, as a case keeps it. */
export function failureOf(fault: unknown, attempts: number, at: number): Failure {
  const { name, message } = fault instanceof Error ? fault : new Error(String(fault));
  return { kind: 'fault', code: name, detail: message.slice(0, MOST_DETAIL), attempts, at };
}

export function refusalOf({ code, detail, extra }: Rejection, attempts: number, at: number): Failure {
  return { kind: 'rejected', code, detail, attempts, at, ...(extra && { extra }) };
}

export function unreadableOf(detail: string, attempts: number, at: number): Failure {
  return { kind: 'unreadable', code: 'unreadable', detail: detail.slice(0, MOST_DETAIL), attempts, at };
}
