import { sleep } from '../../platform/clock/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Feed } from './hearing.ts';
import { keptSource } from './kept.ts';
import type { IndexEntry, IndexHealth, SearchIndex, SkuAvailability } from './port.ts';

/** Keeps an index filled: at the start, after its loss, when it is worn, and with what is heard meanwhile. */
export interface IndexKeeper extends Feed {
  readonly index: SearchIndex;
  /** Fulfilled when the index holds everything for the first time. */
  readonly filled: Promise<void>;
  /** Fills a second index while the first serves, then changes over. Answers how many products it holds. */
  rebuild(): Promise<number>;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;

/** `open` makes the index; it is given what to call when the index is lost. Answers that change are published as `search`. */
export function keepIndex(
  { documents, clock, logger, invalidations }: Pick<ServiceKit, 'documents' | 'clock' | 'logger' | 'invalidations'>,
  open: (onLost: () => void) => SearchIndex,
): IndexKeeper {
  const closing = new AbortController();
  const index = open(() => void refill());
  let rebuilding: Promise<number> | undefined;
  let entries: IndexEntry[] = [];
  let changes: SkuAvailability[] = [];
  let flushing = false;

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

  function told(write: Promise<IndexHealth>): void {
    const done = (health: IndexHealth) => {
      invalidations.publish(['search']);
      look(health);
    };
    write.then(done, (error) => {
      if (closing.signal.aborted) return;
      logger.warn({ err: error }, 'the search index missed a change and is filled again');
      void refill();
    });
  }

  /** What one commit changes reaches the index as one message. */
  function flushSoon(): void {
    if (flushing) return;
    flushing = true;
    queueMicrotask(() => {
      flushing = false;
      if (entries.length > 0) told(index.put(entries));
      if (changes.length > 0) told(index.setAvailability(changes));
      entries = [];
      changes = [];
    });
  }

  return {
    index,
    filled: refill(),
    rebuild,
    put(entry) {
      entries.push(entry);
      flushSoon();
    },
    remove(productId, version) {
      told(index.remove(productId, version));
    },
    setAvailability(change) {
      changes.push(change);
      flushSoon();
    },
    async close() {
      closing.abort();
      await index.close();
    },
  };
}
