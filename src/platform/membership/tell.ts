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
  /** Tells the listener everything from now on, what is led first; the returned function ends it. */
  add(listener: Listener): () => void;
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
/** A peer that takes nothing any more is let go; it comes back and is told all it needs. */
const MOST_WAITING_BYTES = 4_000_000;

/** Tells all listeners the same, in the same order, as `self`. */
export function teller(clock: Clock, self: string): Teller {
  const listeners = new Set<Listener>();
  const claims = new Map<string, Claim>();
  let grown: Record<string, Positions> = {};
  let tags = new Set<string>();
  let scheduled = false;
  let asideOf: readonly string[] = [];
  let readsOf: readonly Reads[] = [];
  let isLeaving = false;
  let isClosed = false;
  let beating: (() => void) | undefined;

  const tell = (notice: Notice) => {
    const line = lineOf(notice);
    for (const listener of listeners) {
      if (listener.writableLength > MOST_WAITING_BYTES) {
        listeners.delete(listener);
        listener.destroy();
      } else listener.write(line);
    }
  };
  const flush = () => {
    scheduled = false;
    const news: Notice = { ...(Object.keys(grown).length > 0 && { grown }), ...(tags.size > 0 && { tags: [...tags] }) };
    grown = {};
    tags = new Set();
    tell(news);
  };
  const soon = () => {
    if (scheduled || listeners.size === 0) return;
    scheduled = true;
    clock.after(TOGETHER_MS, flush);
  };
  const beat = () => {
    tell({});
    beating = clock.after(HEARTBEAT_MS, beat);
  };

  return {
    add(listener) {
      if (isClosed) {
        listener.destroy();
        return () => undefined;
      }
      const first = { from: self, leads: [...claims.values()], aside: asideOf, reads: readsOf };
      listener.write(lineOf({ ...first, ...(isLeaving && { leaving: true }) }));
      listeners.add(listener);
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
      for (const listener of listeners) listener.destroy();
      listeners.clear();
    },
  };
}
