import type { Decider, DomainEvent } from '../../kernel/decider.ts';
import type { EventMetadata } from '../../kernel/heard-event.ts';
import { bucketOf } from '../../kernel/ids.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';

/** How an event type is written today and how its older versions are read. */
export interface EventSchema {
  /** The newest that is read here. */
  readonly version: number;
  /**
   * The version that is decided and written, where that is an older one: a release reads a version before any release writes it, so that
   * the next one can be rolled back. Default: `version`.
   */
  readonly writes?: number;
  /** `upcasters[n]` turns data of version n into data of version n + 1. */
  readonly upcasters?: Readonly<Record<number, (data: JsonObject) => JsonObject>>;
}

/** A decider with all that is needed to keep it: its stream name, its event versions, its snapshots or its document. */
export interface Aggregate<State, Command, Event extends DomainEvent, Code extends string = string> {
  /** Stream names are `<name>/<id>`. */
  readonly name: string;
  readonly decider: Decider<State, Command, Event, Code>;
  readonly events: Readonly<Record<Event['type'], EventSchema>>;
  /**
   * How many of its streams stay in memory while nobody uses them, about 1 KB each. Default 2,000: minutes of new carts and orders, or seconds
   * at full load; what many ask for again and again, such as a product's stock, needs more.
   */
  readonly idleStreams?: number;
  /** Keeps every n-th state beside the log, so that a long stream loads fast. */
  readonly snapshot?: SnapshotPolicy<State>;
  /**
   * Keeps the newest state as a document in the same commit as its events ("documents plus events"): the stream is then
   * loaded from the document, and lists are queried from the collection. null keeps none (the document is deleted).
   */
  readonly document?: {
    readonly collection: Collection;
    /** Raise it when the shape or the meaning changes: a document of another version is not read, its stream is, and written anew. Default 1. */
    readonly version?: number;
    readonly encode: (state: State, id: string) => JsonObject | null;
    readonly decode: (body: JsonObject) => State;
  };
}

export interface SnapshotPolicy<State> {
  readonly every: number;
  /**
   * So many times as many events lie between two snapshots of a large state, a power of two: a large snapshot is then paid for by
   * more events, and an event costs the same. Default 1.
   */
  readonly stretch?: (state: State) => number;
  /** Raise it when `evolve` changes meaning: snapshots of another fold are discarded. */
  readonly fold: number;
  readonly encode: (state: State) => JsonObject;
  readonly decode: (body: JsonObject) => State;
}

// biome-ignore lint/suspicious/noExplicitAny: an aggregate is invariant in its state and command; lists of them forget both
export type AnyAggregate = Aggregate<any, any, any, any>;

/** A command for one stream, not yet decided. */
export interface Intent {
  readonly aggregate: AnyAggregate;
  readonly id: string;
  readonly command: unknown;
  /** The id was made just now, so the stream cannot exist: it is not looked up first (uniqueness is still checked). */
  readonly fresh?: boolean;
  /** Kept with this intent's events instead of the work's metadata: a batch of messages is one work of many causes. */
  readonly metadata?: EventMetadata;
}

/** A command for the stream of `aggregate` with `id`. */
export function intent<State, Command, Event extends DomainEvent, Code extends string>(
  aggregate: Aggregate<State, Command, Event, Code>,
  id: string,
  command: Command,
  options: { readonly fresh?: boolean } = {},
): Intent {
  return { aggregate, id, command, ...options };
}

export function streamOf(aggregate: { readonly name: string }, id: string): string {
  return `${aggregate.name}/${id}`;
}

/** The id in a stream's name. */
export function idOf(stream: string): string {
  return stream.slice(stream.indexOf('/') + 1);
}

/** The partition that a stream's id belongs to. */
export function partitionOf(id: string, partitions: number): number {
  return bucketOf(id) % partitions;
}
