import type { Clock } from '../../../../platform/clock/port.ts';
import { UnavailableFault } from '../../../../platform/event-store/port.ts';
import { IndexAway, type OrderFinder, type OrderWishes } from '../port.ts';
import type { Projector } from './projector.ts';

/** How long a read with a token waits for the index; after it the embedded view, which is never far behind, has its turn. */
const INDEX_WAIT_MS = 600;
const WAIT_MS = 1_000;

/**
 * Lists come from the index; where it is away, behind or being made, the service's own view answers what it has an index for: a shopper's own
 * orders, those of a status or of a time. For a seller or for words it would have to look through everything on the very database
 * that takes the orders: such a list is refused for as long (an IndexAway).
 */
export function withFallback(
  index: OrderFinder,
  projector: Pick<Projector, 'isFresh' | 'shows'>,
  embedded: OrderFinder,
  clock: Clock,
): OrderFinder {
  return {
    async find(wishes, page, options = {}) {
      const { after, waitMs = WAIT_MS } = options;
      const only = needsIndex(wishes);
      const began = clock.now();
      try {
        if (only || projector.isFresh()) {
          const isShown = after === undefined || (await projector.shows(after, Math.min(waitMs, INDEX_WAIT_MS)));
          if (isShown || only) return { ...(await index.find(wishes, page)), stale: !isShown || !projector.isFresh() };
        }
      } catch (fault) {
        if (!(fault instanceof UnavailableFault)) throw fault;
        if (only) throw new IndexAway(fault.message, { cause: fault });
      }
      const left = Math.max(0, waitMs - (clock.now() - began));
      return embedded.find(wishes, page, after === undefined ? {} : { after, waitMs: left });
    },
  };
}

function needsIndex({ seller, q }: OrderWishes): boolean {
  return seller !== undefined || q !== undefined;
}
