import { LRUCache } from 'lru-cache';
import { type AnyAggregate, partitionOf, streamOf } from './aggregate.ts';
import type { Group } from './group.ts';

/** One stream as the store holds it: the committed state and, ahead of it, the state that is about to be committed. */
export interface StreamEntry {
  readonly stream: string;
  readonly aggregate: AnyAggregate;
  readonly id: string;
  readonly partition: number;
  loaded: boolean;
  /** Why the stream cannot be read. */
  fault: Error | undefined;
  committedVersion: number;
  committedState: unknown;
  version: number;
  state: unknown;
  /** The newest group, not yet committed, that changed the stream; `state` rests on it. */
  changedIn: Group | undefined;
  /** The group in flight that changed the stream, and what the stream is at its end. */
  inFlightIn: Group | undefined;
  inFlightVersion: number;
  inFlightState: unknown;
  /** Works and groups that need the entry to stay. */
  pins: number;
  /** Works on this stream that wait to be decided; later ones queue behind them. */
  queued: number;
}

/** The streams in memory: those in use, and of each aggregate as many idle ones as fit, the longest unused leaving first. */
export interface AggregateCache {
  /** The entry of a stream, pinned; a new one is not loaded yet. */
  pin(aggregate: AnyAggregate, id: string): StreamEntry;
  unpin(entry: StreamEntry): void;
  /** The entry of a stream when it is known; not pinned. */
  peek(stream: string): StreamEntry | undefined;
  /** Forgets what is known of a stream; who needs it loads it again. */
  drop(stream: string): void;
  /** Forgets a partition that is no longer this process's. */
  dropPartition(partition: number): void;
  size(): number;
}

const IDLE_STREAMS = 2_000;

/** A cache with nothing in it. `idleEntries`: how many idle streams of each aggregate stay, in the place of what it says itself. */
export function aggregateCache(partitions: number, idleEntries?: number): AggregateCache {
  const inUse = new Map<string, StreamEntry>();
  /** By the aggregate's name, so that new carts do not push out what they are about. */
  const idleByName = new Map<string, LRUCache<string, StreamEntry>>();

  const idleOf = ({ name, idleStreams = IDLE_STREAMS }: AnyAggregate) => {
    let idle = idleByName.get(name);
    if (idle === undefined) {
      idle = new LRUCache({ max: Math.max(1, idleEntries ?? idleStreams) });
      idleByName.set(name, idle);
    }
    return idle;
  };
  const idleHolding = (stream: string) => idleByName.get(stream.slice(0, stream.indexOf('/')));

  const forget = (entry: StreamEntry) => {
    entry.loaded = false;
    entry.fault = undefined;
    entry.changedIn = undefined;
    entry.inFlightIn = undefined;
  };

  return {
    pin(aggregate, id) {
      const stream = streamOf(aggregate, id);
      let entry = inUse.get(stream);
      if (entry === undefined) {
        const idle = idleOf(aggregate);
        entry = idle.get(stream);
        if (entry === undefined) entry = newEntry(aggregate, id, stream, partitionOf(id, partitions));
        else idle.delete(stream);
        inUse.set(stream, entry);
      }
      entry.pins++;
      return entry;
    },
    unpin(entry) {
      if (--entry.pins > 0) return;
      inUse.delete(entry.stream);
      // A stream that does not exist is not kept: made-up ids shall not push out those that are used.
      if (entry.loaded && entry.committedVersion > 0) idleOf(entry.aggregate).set(entry.stream, entry);
    },
    peek: (stream) => inUse.get(stream) ?? idleHolding(stream)?.get(stream),
    drop(stream) {
      const entry = inUse.get(stream);
      if (entry !== undefined) forget(entry);
      idleHolding(stream)?.delete(stream);
    },
    dropPartition(partition) {
      for (const entry of inUse.values()) if (entry.partition === partition) forget(entry);
      for (const idle of idleByName.values()) {
        for (const entry of [...idle.values()]) if (entry.partition === partition) idle.delete(entry.stream);
      }
    },
    size: () => [...idleByName.values()].reduce((sum, idle) => sum + idle.size, inUse.size),
  };
}

/** Sets what is known to be committed; nothing uncommitted rests on the entry. */
export function setCommitted(entry: StreamEntry, version: number, state: unknown): void {
  entry.committedVersion = version;
  entry.committedState = state;
  entry.version = version;
  entry.state = state;
  entry.changedIn = undefined;
  entry.fault = undefined;
  entry.loaded = true;
}

/** Takes the stream back to what it was before the open group: the end of the group in flight, or what is committed. */
export function restore(entry: StreamEntry): void {
  if (entry.inFlightIn === undefined) setCommitted(entry, entry.committedVersion, entry.committedState);
  else {
    entry.version = entry.inFlightVersion;
    entry.state = entry.inFlightState;
    entry.changedIn = entry.inFlightIn;
  }
}

/** An entry of which nothing is known yet. */
export function newEntry(aggregate: AnyAggregate, id: string, stream: string, partition: number): StreamEntry {
  return {
    stream,
    aggregate,
    id,
    partition,
    loaded: false,
    fault: undefined,
    committedVersion: 0,
    committedState: undefined,
    version: 0,
    state: undefined,
    changedIn: undefined,
    inFlightIn: undefined,
    inFlightVersion: 0,
    inFlightState: undefined,
    pins: 0,
    queued: 0,
  };
}
