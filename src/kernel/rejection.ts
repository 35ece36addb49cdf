import type { JsonObject } from './json.ts';

/** A refusal by the business rules: a value with a stable code, never an exception. */
export interface Rejection<Code extends string = string> {
  readonly code: Code;
  /** One plain English sentence for the person who asked. */
  readonly detail: string;
  /** What a program needs to react, e.g. `{ sku, available }`. Never personal data. */
  readonly extra?: JsonObject;
}

/** What a decision came to: events to append (none when the wish is already true), or a rejection. */
export type Decision<Event, Code extends string = string> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Rejection<Code> };

/** Accepts a command with the events that record it. */
export function accept<Event>(...events: readonly Event[]): Decision<Event, never> {
  return { ok: true, events };
}

/** Accepts a command whose wish is already true: redelivery is success. */
export const nothingToDo: Decision<never, never> = Object.freeze({ ok: true, events: Object.freeze([]) });

/** Refuses a command. `code` is part of the public contract; `detail` may be reworded at any time. */
export function reject<Code extends string>(code: Code, detail: string, extra?: JsonObject): Decision<never, Code> {
  return { ok: false, rejection: extra === undefined ? { code, detail } : { code, detail, extra } };
}
