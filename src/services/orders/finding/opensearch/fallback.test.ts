import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualClock } from '../../../../platform/clock/virtual.ts';
import { UnavailableFault } from '../../../../platform/event-store/port.ts';
import { IndexAway, type OrderFinder } from '../port.ts';
import { withFallback } from './fallback.ts';

const finding = (stale: boolean): OrderFinder => ({ find: async () => ({ orders: [], stale }) });
const away: OrderFinder = { find: () => Promise.reject(new UnavailableFault('away')) };

/** What is said of a list: `index` and the view (whose lists are told by being stale), asked by way of the fallback. */
async function staleOf(
  wishes: Parameters<OrderFinder['find']>[0],
  { fresh = true, shows = true, index = finding(false) } = {},
  after?: readonly number[],
) {
  const projector = { isFresh: () => fresh, shows: async () => shows };
  const finder = withFallback(index, projector, finding(true), virtualClock());
  const { stale } = await finder.find(wishes, { limit: 1 }, after === undefined ? {} : { after });
  return stale;
}

describe('lists of orders by an index that may be away', () => {
  it('for a seller or words come from the index alone, which says when it has fallen behind', async () => {
    for (const wishes of [{ seller: 'potter' }, { q: 'cup' }]) {
      assert.equal(await staleOf(wishes), false);
      assert.equal(await staleOf(wishes, { fresh: false }), true);
      assert.equal(await staleOf(wishes, { shows: false }, [1]), true);
      await assert.rejects(staleOf(wishes, { index: away }), IndexAway);
    }
  });

  it('that the view can answer come from the view when the index is behind or away', async () => {
    assert.equal(await staleOf({ shopper: 'shp_1' }), false);
    for (const given of [{ fresh: false }, { index: away }])
      assert.equal(await staleOf({ shopper: 'shp_1' }, given), true);
    assert.equal(await staleOf({ shopper: 'shp_1' }, { shows: false }, [1]), true);
  });
});
