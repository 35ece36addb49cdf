import type { Clock } from '../clock/port.ts';
import type { Storage, StoredDocument } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type RunDocument, sagaRuns } from './run-document.ts';

export const runningByWake = {
  collection: sagaRuns,
  generation: 0,
  where: { status: 'running' },
  order: 'ascending',
} as const;

const PAGE = 500;
const LOOK_EVERY_MS = 30_000;
const LOOK_AGAIN_MS = 1_000;
/** A run that has just begun is about to be driven by whoever began it. */
const BEGUN_MS = 10_000;

export interface UndrivenOptions {
  readonly documents: Pick<Storage, 'query'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The keys of the runs that this process drives. */
  readonly driven: () => Iterable<string>;
  /** Takes a run up. Throws when that cannot be written, as in a process that owns nothing. */
  readonly takeUp: (found: StoredDocument) => Promise<void>;
}

/**
 * Finds runs that nobody drives: at the start what an earlier process left, and from time to time what is left later: by a
 * process that took over and died, or by this one where somebody else wrote the run.
 */
export function undrivenRuns({ documents, clock, logger, driven, takeUp }: UndrivenOptions) {
  let cancel = () => {};
  let looking = Promise.resolve();
  let closing = false;

  /** Answers whether all that was found was taken up. */
  async function look(begunBefore: number): Promise<boolean> {
    let all = true;
    // Whoever ends while this looks is found as it was before.
    const known = new Set(driven());
    for await (const page of pages(documents, begunBefore)) {
      const left = page.filter(({ key }) => !known.has(key));
      const outcomes = await Promise.allSettled(left.map(async (found) => closing || takeUp(found)));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') continue;
        all = false;
        logger.warn({ run: left[index]?.key, err: outcome.reason }, 'a saga run cannot be taken up yet');
      }
      if (closing) break;
    }
    return all;
  }

  function lookLater(delayMs: number): void {
    if (closing) return;
    cancel = clock.after(delayMs, () => {
      looking = lookNow(clock.now() - BEGUN_MS);
    });
  }

  async function lookNow(begunBefore: number): Promise<void> {
    try {
      lookLater((await look(begunBefore)) ? LOOK_EVERY_MS : LOOK_AGAIN_MS);
    } catch (error) {
      logger.warn({ err: error }, 'nobody can look for saga runs yet');
      lookLater(LOOK_AGAIN_MS);
    }
  }

  return {
    /** Looks for the first time, at all runs; resolves when those that could be taken up are. */
    start: () => lookNow(Number.POSITIVE_INFINITY),
    async close() {
      closing = true;
      cancel();
      await looking;
    },
  };
}

async function* pages(documents: Pick<Storage, 'query'>, begunBefore: number) {
  const range = Number.isFinite(begunBefore) ? { range: { field: 'wakeAt', below: begunBefore } } : {};
  let after: { value: number; key: string } | undefined;
  for (;;) {
    const found = await documents.query({ ...runningByWake, ...range, limit: PAGE, ...(after && { after }) });
    if (found.length > 0) yield found;
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return;
    after = { value: (last.body as unknown as RunDocument).wakeAt, key: last.key };
  }
}
