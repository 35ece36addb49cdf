import type { Clock } from '../clock/port.ts';
import type { Positions } from '../storage/port.ts';
import { type Claim, HEARTBEAT_MS, lineOf, type Notice, type Reads } from './notice.ts';

/** A peer that listens: a response whose body goes on. */
export interface Listener {
  write(text: string): unknown;
  /** Bytes that it has not taken yet. */
  readonly writableLength: number;
  destroy(): unknown;
}

/** What this process tells its peers. */
export interface Teller {
  /**
   * Tells the listener everything from now on, what is led first; how far logs are written only while it `follows` them. The returned
   * function ends it.
   */
  add(listener: Listener, follows?: () => boolean): () => void;
  lead(claim: Claim): void;
  leave(service: string): void;
  /** What the process may not lead, whole. */
  aside(services: readonly string[]): void;
  /** What it answers without leading, whole. */
  reads(all: readonly Reads[]): void;
  retire(): void;
  grew(log: string, heads: Positions): void;
  changed(tags: readonly string[]): void;
  close(): void;
}

/** News of a few ms travel together: a busy log tells its newest head, not every commit. */
const TOGETHER_MS = 4;
/** While there is always news it is told this often: each telling wakes every peer, which costs all of them more than the news. */
const BUSY_MS = 20;
/** A peer that takes nothing any more is let go; it comes back and is told all it needs. */
const MOST_WAITING_BYTES = 4_000_000;

/** Tells all listeners the same, in the same order, as `self`. */
export function teller(clock: Clock, self: string): Teller {
  const listeners = new Map<Listener, () => boolean>();
  const claims = new Map<string, Claim>();
  let grown: Record<string, Positions> = {};
  let tags = new Set<string>();
  let scheduled = false;
  let asideOf: readonly string[] = [];
  let readsOf: readonly Reads[] = [];
  let isLeaving = false;
  let isClosed = false;
  let beating: (() => void) | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;

  const write = (listener: Listener, line: string) => {
    if (listener.writableLength > MOST_WAITING_BYTES) {
      listeners.delete(listener);
      listener.destroy();
    } else listener.write(line);
  };
  const tell = (notice: Notice) => {
    const line = lineOf(notice);
    for (const listener of listeners.keys()) write(listener, line);
  };
  const flush = () => {
    scheduled = false;
    toldAt = clock.now();
    const changes = tags.size > 0 ? { tags: [...tags] } : undefined;
    const forAll = changes && lineOf(changes);
    const forFollowers = Object.keys(grown).length > 0 ? lineOf({ grown, ...changes }) : forAll;
    grown = {};
    tags = new Set();
    for (const [listener, follows] of listeners) {
      const line = follows() ? forFollowers : forAll;
      if (line !== undefined) write(listener, line);
    }
  };
  const soon = () => {
    if (scheduled || listeners.size === 0) return;
    scheduled = true;
    clock.after(Math.max(TOGETHER_MS, toldAt + BUSY_MS - clock.now()), flush);
  };
  const beat = () => {
    tell({});
    beating = clock.after(HEARTBEAT_MS, beat);
  };

  return {
    add(listener, follows = () => true) {
      if (isClosed) {
        listener.destroy();
        return () => undefined;
      }
      const first = { from: self, leads: [...claims.values()], aside: asideOf, reads: readsOf };
      listener.write(lineOf({ ...first, ...(isLeaving && { leaving: true }) }));
      listeners.set(listener, follows);
      beating ??= clock.after(HEARTBEAT_MS, beat);
      return () => listeners.delete(listener);
    },
    lead(claim) {
      claims.set(claim.service, claim);
      tell({ led: claim });
    },
    leave(service) {
      if (claims.delete(service)) tell({ left: service });
    },
    aside(services) {
      asideOf = services;
      tell({ aside: services });
    },
    reads(all) {
      readsOf = all;
      tell({ reads: all });
    },
    retire() {
      isLeaving = true;
      tell({ leaving: true });
    },
    grew(log, heads) {
      grown[log] = heads;
      soon();
    },
    changed(changed) {
      for (const tag of changed) tags.add(tag);
      soon();
    },
    close() {
      isClosed = true;
      beating?.();
      for (const listener of listeners.keys()) listener.destroy();
      listeners.clear();
    },
  };
}
