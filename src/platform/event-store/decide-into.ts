import type { Clock } from '../clock/port.ts';
import type { Positions } from '../storage/port.ts';
import { type AggregateCache, type StreamEntry, setCommitted } from './aggregate-cache.ts';
import type { Callers } from './callers.ts';
import { decideWork } from './decide-work.ts';
import { type Group, join } from './group.ts';
import type { Ownership } from './ownership.ts';
import type { Pending } from './pending.ts';
import { UnavailableFault } from './port.ts';

export interface DecideIntoOptions {
  readonly clock: Clock;
  readonly cache: AggregateCache;
  readonly ownership: Ownership;
  readonly callers: Callers;
  readonly heads: () => Positions;
}

/** Finds the work's entries and keeps them in memory until it is decided. A stream that was made just now is not looked up. */
export function findEntries(pending: Pending, cache: AggregateCache): void {
  pending.entries = pending.work.intents.map(({ aggregate, id, fresh }) => {
    const entry = cache.pin(aggregate, id);
    if (fresh && entry.pins === 1 && !entry.loaded && pending.attempts === 0) {
      setCommitted(entry, 0, entry.aggregate.decider.initial);
    }
    return entry;
  });
}

export function letGo(pending: Pending, cache: AggregateCache): void {
  for (const entry of pending.entries) cache.unpin(entry);
  pending.entries = [];
}

/** Whether something has to be read before the work can be decided. Streams of others are not read: the work fails. */
export function mustLoad(pending: Pending, ownership: Ownership): boolean {
  if (pending.needsRecord && pending.record === undefined && pending.work.idempotency !== undefined) return true;
  for (const { loaded, fault, partition } of pending.entries) {
    if (!loaded && fault === undefined && ownership.holds(partition)) return true;
  }
  return false;
}

/**
 * Decides a work on the newest state. It joins `group` when it writes. When it writes nothing, its answer waits for the commits
 * that it rests on: those of `group`, or of the one in flight; resting on neither, it is answered at once, provided that
 * nobody else can have taken its partitions; else the group's commit confirms that. All that it needs has been looked for.
 * False when the record under its key has to be looked up after all: a repeated request may find that what it wishes is true
 * already, or refused by what it did the first time.
 */
export function decideInto(group: Group, pending: Pending, options: DecideIntoOptions): boolean {
  const { clock, cache, ownership, callers, heads } = options;
  const { work, entries, record } = pending;
  const fault = faultOf(entries, ownership);
  if (fault !== undefined || record || pending.isLookup) {
    letGo(pending, cache);
    if (record) callers.replay(pending, record, heads());
    else if (pending.isLookup) callers.tellAbsent(pending, heads());
    else if (fault !== undefined) callers.fail(pending, fault);
    return true;
  }
  const { outcome, moved } = decideWork(pending);
  if (record === undefined && work.idempotency !== undefined && moved.length === 0) {
    pending.needsRecord = true;
    return false;
  }
  pending.outcome = outcome;
  if (outcome.kind === 'accepted' && (outcome.events.length > 0 || writesBeside(pending))) {
    join(group, pending, outcome.events, clock.now());
    for (const { entry } of moved) {
      if (entry.changedIn === group) continue;
      entry.changedIn = group;
      entry.pins++;
      group.changed.push(entry);
    }
  } else {
    const uncertain = entries.filter(({ partition }) => !ownership.isCertain(partition));
    for (const { partition } of uncertain) group.confirms.add(partition);
    const rests = uncertain.length > 0 ? group : newestGroup(entries, group);
    if (rests === undefined) callers.finish(pending, heads());
    else rests.works.push(pending);
  }
  letGo(pending, cache);
  return true;
}

function faultOf(entries: readonly StreamEntry[], ownership: Ownership): Error | undefined {
  for (const { partition, fault } of entries) {
    if (!ownership.holds(partition)) return new UnavailableFault(`partition ${partition} is owned by another process`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function writesBeside({ work }: Pending): boolean {
  return work.idempotency !== undefined || work.position !== undefined || (work.documents?.length ?? 0) > 0;
}

/** The newest group, not yet committed, that one of the entries rests on. */
function newestGroup(entries: readonly StreamEntry[], open: Group): Group | undefined {
  let newest: Group | undefined;
  for (const { changedIn } of entries) {
    if (changedIn === open) return open;
    newest = changedIn ?? newest;
  }
  return newest;
}
