import { sleep } from '../../platform/clock/port.ts';
import { changeWriter } from './changes.ts';
import type { Change } from './hearing.ts';
import type { IndexKeeper, KeeperKit } from './keeper.ts';
import { keptSource } from './kept.ts';
import type { OutsideIndex } from './opensearch/index.ts';
import type { IndexSource } from './port.ts';

const RETRY_MS = 1_000;
const POLL_MS = 20;
/** A commit that is not known to have ended for so long fails the filling, which is then begun again. */
const COMMIT_PATIENCE_MS = 30_000;

/**
 * Keeps an index that outlives this process: it is told before the commit, so the subscription's position says what the index holds, and
 * what a dead index missed is told again when it is back; versions make repetitions harmless. It is filled only when it holds
 * nothing, or was made by another release. Answers that change are published as `search` once a search sees them.
 */
export function keepOutsideIndex(
  { documents, clock, logger, invalidations }: KeeperKit,
  open: (onLost: () => void) => OutsideIndex,
): IndexKeeper {
  const closing = new AbortController();
  const index = open(() => void refill());
  const write = changeWriter(index);
  /** Fillings begun so far, and in which of them a change was written whose commit has not ended. */
  let fillings = 0;
  const unkept = new Map<string, number>();
  let rebuilding: Promise<number> | undefined;
  let refilling: Promise<void> | undefined;
  let unseen = false;
  let publishing = false;

  function rebuild(): Promise<number> {
    if (rebuilding !== undefined) return rebuilding;
    fillings++;
    rebuilding = index.replaceAll(completeSource()).finally(() => {
      rebuilding = undefined;
    });
    return rebuilding;
  }

  /**
   * What is kept, and nothing ends before all is: what was written to the old index alone, and was not kept yet when this was read,
   * is written to the new one after its commit.
   */
  function completeSource(): IndexSource {
    const { availability, entries } = keptSource(documents);
    async function* complete() {
      yield* entries;
      for (let waited = 0; [...unkept.values()].some((filling) => filling < fillings); waited += POLL_MS) {
        if (waited > COMMIT_PATIENCE_MS) throw new Error('a change was written whose commit does not end');
        await sleep(clock, POLL_MS, closing.signal);
      }
    }
    return { availability, entries: complete() };
  }

  function refill(): Promise<void> {
    refilling ??= repeat('the search index could not be filled; trying again', async () => {
      const products = await rebuild();
      invalidations.publish(['search']);
      logger.info({ products }, 'the search index is filled');
    }).finally(() => {
      refilling = undefined;
    });
    return refilling;
  }

  /** Does it until it succeeds, or the keeper closes. */
  async function repeat(trouble: string, work: () => Promise<void>): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (closing.signal.aborted) return;
        logger.warn({ err: error }, trouble);
        await sleep(clock, RETRY_MS, closing.signal);
      }
    }
  }

  /** Looks for what another process, or this one in an earlier life, has filled. */
  function begin(): Promise<void> {
    return repeat('OpenSearch cannot be asked yet', async () => {
      if ((await index.state()) !== 'filled') await refill();
    });
  }

  /** One telling for all that one refresh lets be seen. */
  async function publishWhenSeen(): Promise<void> {
    unseen = true;
    if (publishing) return;
    publishing = true;
    await repeat('what the search index was told cannot be seen yet', async () => {
      while (unseen) {
        unseen = false;
        await index.refreshed().catch((error) => {
          unseen = true;
          throw error;
        });
        invalidations.publish(['search']);
      }
    });
    publishing = false;
  }

  async function kept(key: string, change: Change): Promise<void> {
    if (unkept.get(key) !== fillings)
      await repeat('a change could not be written to the new search index', async () => {
        await write(change);
      });
    unkept.delete(key);
  }

  void begin();
  return {
    index,
    ready: Promise.resolve(),
    rebuild,
    async tell(change, documents) {
      const key = keyOf(change);
      unkept.set(key, fillings);
      try {
        await write(change);
      } catch (fault) {
        unkept.delete(key);
        throw fault;
      }
      void publishWhenSeen();
      return { intents: [], documents, committed: () => void kept(key, change) };
    },
    async close() {
      closing.abort();
      await index.close();
    },
  };
}

function keyOf(change: Change): string {
  if (change.kind === 'stock') return `sku ${change.change.sku}`;
  return `product ${change.kind === 'put' ? change.entry.productId : change.productId}`;
}
