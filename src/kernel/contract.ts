import type { Json, JsonObject } from './json.ts';
import type { Outcome } from './outcome.ts';

/** What one call of a service takes, answers and may refuse; the schemas are JSON Schema. */
export interface CallContract<Request = unknown, Answer = unknown> {
  readonly kind: 'command' | 'query';
  readonly request: object;
  readonly answer: object;
  /** The codes this call may reject with. */
  readonly rejections: readonly string[];
  /** Types only, never present at run time. */
  readonly types?: { readonly request: Request; readonly answer: Answer };
}

/** One event type that leaves its service: its newest version, its schema, and how older versions are read. */
export interface EventContract<Data = unknown> {
  readonly version: number;
  readonly data: object;
  /** The version that is still written, where it is older. */
  readonly writes?: number;
  /** `upcasters[n]` turns data of version n into data of version n + 1. */
  readonly upcasters?: Readonly<Record<number, (data: JsonObject) => JsonObject>>;
  /** Types only, never present at run time. */
  readonly types?: Data;
}

/** Everything that others may know of a service. */
export interface Contract {
  readonly service: string;
  readonly calls: Readonly<Record<string, CallContract>>;
  readonly events: Readonly<Record<string, EventContract>>;
}

/** What travels with a call beside its request. */
export interface CallContext {
  /** Deterministic where a saga or a subscription asks, so that asking twice is asking once. */
  readonly idempotencyKey?: string;
  /** W3C trace context of the caller. */
  readonly traceparent?: string;
  /** How long the caller waits, in milliseconds. */
  readonly timeoutMs?: number;
}

export type RequestOf<C> = C extends { readonly types?: { readonly request: infer Request } } ? Request : never;
export type AnswerOf<C> = C extends { readonly types?: { readonly answer: infer Answer } } ? Answer : never;

/** A service as its callers hold it: local or remote, the same three outcomes. */
export type Client<C extends { readonly calls: object }> = {
  readonly [Name in keyof C['calls']]: (
    request: RequestOf<C['calls'][Name]>,
    context?: CallContext,
  ) => Promise<Outcome<AnswerOf<C['calls'][Name]>>>;
};

/** What a service implements: one handler for each call of its contract. */
export type Handlers<C extends { readonly calls: object }> = {
  readonly [Name in keyof C['calls']]: (
    request: RequestOf<C['calls'][Name]>,
    context: CallContext,
  ) => Promise<Outcome<AnswerOf<C['calls'][Name]>>>;
};

/** The events of a contract as a union of `{ type, data }`. */
export type EventOf<C extends { readonly events: object }> = {
  [Type in keyof C['events'] & string]: {
    readonly type: Type;
    readonly data: C['events'][Type] extends { readonly types?: infer Data } ? NonNullable<Data> : Json;
  };
}[keyof C['events'] & string];
