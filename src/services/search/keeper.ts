import { sleep } from '../../platform/clock/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { changeWriter } from './changes.ts';
import type { Tell } from './hearing.ts';
import { keptSource } from './kept.ts';
import type { IndexHealth, SearchIndex } from './port.ts';

/** Keeps an index filled: at the start, after its loss, when it is worn, and with what is heard meanwhile. */
export interface IndexKeeper {
  readonly index: SearchIndex;
  /** Fulfilled when the index can be asked for the first time. */
  readonly ready: Promise<void>;
  readonly tell: Tell;
  /** Fills a second index while the first serves, then changes over. Answers how many products it holds. */
  rebuild(): Promise<number>;
  close(): Promise<void>;
}

export type KeeperKit = Pick<ServiceKit, 'documents' | 'clock' | 'logger' | 'invalidations'>;

const RETRY_MS = 1_000;

/**
 * Keeps an index that lives and dies with this process: it is told after the commit, and filled anew whenever it may have missed
 * something. `open` makes it; it is given what to call when the index is lost. Answers that change are published as `search`.
 */
export function keepIndex(
  { documents, clock, logger, invalidations }: KeeperKit,
  open: (onLost: () => void) => SearchIndex,
): IndexKeeper {
  const closing = new AbortController();
  const index = open(() => void refill());
  const write = changeWriter(index);
  let rebuilding: Promise<number> | undefined;

  function rebuild(): Promise<number> {
    rebuilding ??= index.replaceAll(keptSource(documents)).finally(() => {
      rebuilding = undefined;
    });
    return rebuilding;
  }

  async function refill(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        const products = await rebuild();
        invalidations.publish(['search']);
        logger.info({ products }, 'the search index is filled');
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        logger.warn({ err: error }, 'the search index could not be filled; trying again');
        await sleep(clock, RETRY_MS, closing.signal);
      }
    }
  }

  function look({ worn }: IndexHealth): void {
    if (worn && rebuilding === undefined) void refill();
  }

  function told(written: Promise<IndexHealth>): void {
    const done = (health: IndexHealth) => {
      invalidations.publish(['search']);
      look(health);
    };
    written.then(done, (error) => {
      if (closing.signal.aborted) return;
      logger.warn({ err: error }, 'the search index missed a change and is filled again');
      void refill();
    });
  }

  return {
    index,
    ready: refill(),
    rebuild,
    tell: (change, documents) => ({ intents: [], documents, committed: () => told(write(change)) }),
    async close() {
      closing.abort();
      await index.close();
    },
  };
}
