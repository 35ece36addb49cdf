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
  readonly act: 'admitted' | 'retried' | 'dry_run' | 'edited' | 'discharged' | 'noted' | 'closed';
  /** What came of it. */
  readonly note?: string;
  /** What the person gave as the reason. */
  readonly why?: string;
  /** What an edit put in place of the data. */
  readonly data?: JsonObject;
  readonly repeat?: Repeat;
}

/** Tells an act that is asked for again from a new one: the caller's key, and what was asked, hashed. */
export interface Repeat {
  readonly key: string;
  readonly bodyHash: string;
}

/** Who acts, why, and as which act: the same one again changes nothing and answers the case as it stands. */
export interface Act {
  readonly by: string;
  readonly why?: string;
  /** The case's revision that the person saw (`revisionOf`): on a newer one the act is refused, `case_changed`. */
  readonly revision?: number;
  readonly repeat?: Repeat;
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

const CHANGING: readonly AuditEntry['act'][] = ['edited', 'retried', 'discharged'];

/** The acts that changed the case, oldest first. */
export function changesOf({ audit }: Pick<AnyCase, 'audit'>): readonly AuditEntry[] {
  return audit.filter(({ act }) => CHANGING.includes(act));
}

/** Grows with each act that changed the case: who has seen it knows what it is about to act on. */
export function revisionOf(admitted: Pick<AnyCase, 'audit'>): number {
  return changesOf(admitted).length;
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
  /**
   * Writes a word into a case's audit, whether it is open or not: that what it is about has gone, say. The same word is not written
   * twice in a row; a case that does not exist is left alone. Throws an UnavailableFault.
   */
  note(kind: string, key: string, word: string): Promise<void>;
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

/** What an attempt would do now, as far as that can be told without doing it. Nothing of it is written. */
export interface Foreseen {
  /** Handling comes to its end, and the rules refuse nothing. */
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

/** Something with an effect outside the case's own commit, which a dry run leaves undone, or a question that it asked. */
export interface Outward {
  readonly kind: 'call' | 'write' | 'query';
  /** `payments.capture`, or the streams and collections that would be written. */
  readonly what: string;
  readonly done: boolean;
}

export interface DryRun extends Foreseen {
  /** `cannot_be_foreseen`: it would call outward, and what it does next depends on the answer. `wouldSucceed` is false then. */
  readonly verdict: 'would_succeed' | 'would_fail' | 'cannot_be_foreseen';
  readonly outward: readonly Outward[];
  /** All of it in plain sentences. */
  readonly said: string;
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
  /** What the handler comes to; commits nothing of it. To be called in a rehearsal. Throws what the handler throws. */
  effects(event: KeptEvent, edited: JsonObject | undefined): Promise<CaseEffects | undefined>;
  /** Whether this release reads the event: its type, in the version in which it is kept. */
  reads(event: KeptEvent): boolean;
  /** Rejection codes that mean "nothing to do". */
  readonly harmless: ReadonlySet<string>;
  /** Why the data does not fit the contract of the event's type; undefined when it fits, or when its source promises nothing of it. */
  misfit(event: KeptEvent, data: JsonObject): string | undefined;
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
  /** The type of the event, or the kind of a direct case. */
  readonly type?: string;
  /** Of the failure. */
  readonly code?: string;
  readonly subject?: string;
  /** Only cases opened before this time, in ms. */
  readonly openedBefore?: number;
  readonly limit: number;
  readonly after?: { readonly openedAt: number; readonly id: string };
}

/** One attempt to tell somebody of a case. */
export interface NoticeRecord {
  /** The same at each attempt, so that a receiver can tell repetitions. */
  readonly id: string;
  readonly at: number;
  /** 0 when the case was admitted, then one more as it ages. */
  readonly step: number;
  readonly channel: string;
  readonly to: string;
  readonly ok: boolean;
  readonly error?: string;
}

export interface ShownCase {
  readonly case: Case;
  /** The first events that wait behind it. */
  readonly waiting: readonly KeptEvent[];
  /** Who was told, latest last; the last hundred. */
  readonly notices: readonly NoticeRecord[];
  /** When somebody is told again, in ms. */
  readonly nextNoticeAt?: number;
}

/** For metrics. */
export interface HospitalStatus {
  readonly oldestOpenedAt?: number;
  /** Open direct cases, by kind. */
  readonly reported: Readonly<Record<string, number>>;
}

/**
 * Where events that keep failing are cared for. Every act is written into the case with who did it, when and why. Acting twice
 * changes nothing: a case that is closed answers `case_closed`, one that does not exist `unknown_case`; an act with a `repeat`
 * that is in the case already answers the case as it stands, and one whose key was used for something else
 * `idempotency_key_reused`; one on an older `revision` than the case has by now `case_changed`.
 */
export interface Hospital extends Pick<Admissions, 'admit'> {
  /** Cases by age, oldest first. */
  list(filter: CaseFilter): Promise<readonly Case[]>;
  show(id: string): Promise<Outcome<ShownCase>>;
  /** Handles the event once more; when it succeeds, what waits behind it follows, in order. Answers the case as it stands then. `nothing_to_retry` for a direct case without an action. */
  retry(id: string, act: Act): Promise<Outcome<Case>>;
  /** Gives the event up; what waits behind it is handled. */
  discharge(id: string, act: Act): Promise<Outcome<Case>>;
  /** Replaces the event's data for the next retry; `data_misfit` when it does not fit the event's contract. Data must hold personal fields sealed, as the event does. */
  edit(id: string, act: Act, data: JsonObject): Promise<Outcome<Case>>;
  /** Runs the handler and the rules in a rehearsal: nothing is written, nobody outside is asked for anything, other services are asked queries only. */
  dryRun(id: string, act: Act): Promise<Outcome<DryRun>>;
  status(): Promise<HospitalStatus>;
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
