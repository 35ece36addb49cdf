import type { Conflict } from '../storage/port.ts';
import type { AggregateCache } from './aggregate-cache.ts';
import type { Callers } from './callers.ts';
import type { Landing } from './flight.ts';
import type { Group } from './group.ts';
import type { Ownership } from './ownership.ts';
import type { Pending } from './pending.ts';
import { ConflictFault, RefusedFault, StaleSubscriptionFault, UnavailableFault } from './port.ts';

export interface AfterFailureOptions {
  readonly cache: AggregateCache;
  readonly ownership: Ownership;
  readonly callers: Callers;
  /** How often a work may meet a conflict before it is given up. */
  readonly attempts: number;
}

/** Fails the works that alone are to blame, and answers those that are decided again: each list is a group of its own. */
export function afterFailure(
  group: Group,
  landing: Exclude<Landing, { readonly fate: 'done' }>,
  options: AfterFailureOptions,
): readonly (readonly Pending[])[] {
  switch (landing.fate) {
    case 'unavailable':
      for (const pending of group.works) {
        options.callers.fail(
          pending,
          new UnavailableFault('the storage cannot write just now', { cause: landing.cause }),
        );
      }
      return [];
    case 'refused':
      return bisect(group, landing.cause, options);
    case 'undone':
      return [retry(group.works, options)];
    case 'conflict':
      return [retry(withoutCulprits(group, landing.conflicts, options), options)];
  }
}

function retry(works: readonly Pending[], { callers, attempts }: AfterFailureOptions): readonly Pending[] {
  return works.filter((pending) => {
    // What was known about its key may have changed with what was in the way.
    pending.record = undefined;
    pending.needsRecord = true;
    if (++pending.attempts < attempts) return true;
    callers.fail(pending, new UnavailableFault(`given up after ${attempts} conflicts with other writers`));
    return false;
  });
}

/** Half and half, until the one that cannot be written stands alone. */
function bisect(group: Group, cause: Error, { callers }: AfterFailureOptions): readonly (readonly Pending[])[] {
  const writers = group.works.filter((pending) => group.writers.has(pending));
  const [only] = writers;
  if (only === undefined || writers.length === 1) {
    if (only !== undefined)
      callers.fail(only, new RefusedFault(`the storage refuses this work: ${cause.message}`, { cause }));
    return [group.works.filter((pending) => pending !== only)];
  }
  const middle = group.works.indexOf(writers[writers.length >> 1] as Pending);
  return [group.works.slice(0, middle), group.works.slice(middle)];
}

function withoutCulprits(
  group: Group,
  conflicts: readonly Conflict[],
  { cache, ownership, callers }: AfterFailureOptions,
): readonly Pending[] {
  const faults = new Map<Pending, Error>();
  const answeredKeys = new Set(conflicts.flatMap((conflict) => (conflict.kind === 'idempotency' ? conflict.key : [])));
  for (const conflict of conflicts) {
    if (conflict.kind === 'stream') cache.drop(conflict.stream);
    if (conflict.kind === 'fence') ownership.lose(conflict.partition);
    for (const pending of group.works) {
      // A repeated request finds its first answer when it is decided again, whatever else it compared.
      if (answeredKeys.has(pending.work.idempotency?.key ?? '')) continue;
      const fault = faultOf(pending, conflict);
      if (fault !== undefined) faults.set(pending, fault);
    }
  }
  for (const [pending, fault] of faults) callers.fail(pending, fault);
  return group.works.filter((pending) => !faults.has(pending));
}

/** The fault of a work that itself compared what turned out different; undefined when it only has to be decided again. */
function faultOf({ work }: Pending, conflict: Conflict): Error | undefined {
  if (conflict.kind === 'position' && work.position?.subscription === conflict.subscription) {
    return new StaleSubscriptionFault(`the position of ${conflict.subscription} has been advanced by someone else`);
  }
  if (conflict.kind !== 'document') return undefined;
  const compared = work.documents?.some(
    (write) =>
      write.collection.name === conflict.collection &&
      write.key === conflict.key &&
      write.expectedVersion !== undefined,
  );
  return compared
    ? new ConflictFault(`document ${conflict.key} of ${conflict.collection} is not at the expected version`)
    : undefined;
}
