import type { Clock } from '../clock/port.ts';
import type { Logger } from '../telemetry/port.ts';
import type { InDoubt } from './port.ts';
import { parseTransactionId } from './transaction-id.ts';

/** What is in doubt, and the plain lines that tell of it while it lasts. */
export interface Doubts {
  all(): readonly InDoubt[];
  /** Notes what a transaction left behind, until the next recovery looks. */
  add(transaction: string, resources: readonly string[], fate: InDoubt['fate']): void;
  /** Replaces everything by what a recovery found, and tells of what has lasted for long. */
  replace(found: readonly InDoubt[]): void;
}

/** `warnAfterMs`: told for the first time at this age, then whenever the age has doubled. */
export function doubts(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly warnAfterMs: number;
}): Doubts {
  const { clock, logger, warnAfterMs } = options;
  let known: readonly InDoubt[] = [];
  let nextTellMs = new Map<string, number>();

  function tell(doubt: InDoubt): void {
    const key = keyOf(doubt);
    const ageMs = clock.now() - doubt.since;
    const dueMs = nextTellMs.get(key) ?? warnAfterMs;
    if (ageMs < dueMs) return;
    nextTellMs.set(key, ageMs * 2);
    const { transaction, resource, fate } = doubt;
    const seconds = Math.round(ageMs / 1_000);
    logger.warn({ transaction, resource, fate, seconds }, sentenceOf(doubt, seconds));
  }

  return {
    all: () => known,
    add(transaction, resources, fate) {
      known = [...known, ...resources.map((resource) => inDoubt(transaction, resource, fate))];
    },
    replace(found) {
      known = found;
      const keys = new Set(found.map(keyOf));
      nextTellMs = new Map([...nextTellMs].filter(([key]) => keys.has(key)));
      for (const doubt of found) tell(doubt);
    },
  };
}

/** A branch whose fate a resource waits for, since its transaction began; since 0 when the name is none of ours. */
export function inDoubt(transaction: string, resource: string, fate: InDoubt['fate']): InDoubt {
  return { transaction, resource, fate, since: parseTransactionId(transaction)?.startedAt ?? 0 };
}

function keyOf({ transaction, resource }: InDoubt): string {
  return `${transaction}:${resource}`;
}

function sentenceOf({ resource, fate }: InDoubt, seconds: number): string {
  const locked = `a transaction has been in doubt for ${seconds} s in ${resource}, and what it wrote there stays locked`;
  if (fate === 'undecided') return `${locked}: the decision log does not answer`;
  return `${locked}: it will be ${fate === 'commit' ? 'committed' : 'rolled back'} as soon as ${resource} answers`;
}
