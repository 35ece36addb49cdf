import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StoredDocument } from '../../platform/storage/port.ts';
import type { View } from '../../platform/views/port.ts';
import { embeddedFinder } from './finding/embedded.ts';
import type { OrderWishes } from './finding/port.ts';
import { lineOf, termsOf } from './fixture-orders.ts';
import { findOrders } from './found.ts';
import { shop } from './orders-harness.ts';

const found = async (orders: Awaited<ReturnType<typeof shop>>, query: string) => {
  const { status, body } = await orders.ask('GET', `/v1/admin/orders?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as { items: { orderId: string; shopperId: string; placedAt: number }[]; nextCursor: string | null };
};

test('orders are found by shopper, seller, status and time, and by several of them', async () => {
  await using orders = await shop();
  const both = await orders.confirmed();
  const potter = { lines: [lineOf('cup', 'potter', 500, 1)], terms: [termsOf('potter')] };
  const ofAnother = await orders.confirmed({ ...potter, shopperId: 'shp-2' });
  const ids = async (query: string) => (await found(orders, query)).items.map(({ orderId }) => orderId).sort();
  for (let tries = 0; (await ids('status=confirmed')).length < 2; tries++) {
    assert.ok(tries < 500, 'the view did not catch up');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual(await ids('seller=potter'), [both, ofAnother].sort());
  assert.deepEqual(await ids('seller=weaver'), [both]);
  assert.deepEqual(await ids('shopper=shp-2&status=confirmed'), [ofAnother]);
  assert.deepEqual(await ids('shopper=shp-2&status=cancelled'), []);
  const { items } = await found(orders, 'shopper=shp-2');
  assert.equal(items[0]?.shopperId, 'shp-2');
  const placedAt = items[0]?.placedAt ?? 0;
  assert.deepEqual(await ids(`shopper=shp-2&from=${placedAt}&below=${placedAt + 1}`), [ofAnother]);
  assert.deepEqual(await ids(`shopper=shp-2&from=${placedAt + 1}`), []);
  assert.deepEqual(await ids(`shopper=shp-2&below=${placedAt}`), []);
  assert.equal((await orders.ask('GET', '/v1/admin/orders?seller=potter&cursor=made-up')).body.code, 'invalid_cursor');
});

test('while the index of orders is away, its lists are refused in words of their own, and the others go on', async () => {
  // Nobody listens there.
  const lists = { index: 'opensearch', url: 'http://127.0.0.1:1', prefix: 'away', queryTimeoutMs: 500, restMs: 5 };
  await using orders = await shop({}, { lists });
  const orderId = await orders.confirmed();
  const ofStatus = async () => (await found(orders, 'status=confirmed')).items.map((order) => order.orderId);
  for (let tries = 0; (await ofStatus()).length === 0; tries++) {
    assert.ok(tries < 500, 'the view did not catch up');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual(await ofStatus(), [orderId]);
  for (const query of ['seller=potter', 'q=cup', 'seller=potter&status=confirmed']) {
    const { status, body } = await orders.ask('GET', `/v1/admin/orders?${query}`);
    assert.deepEqual([status, body.code], [503, 'lists_unavailable']);
    assert.doesNotMatch(JSON.stringify(body), /OpenSearch|Fault|\bat \//);
  }
});

const nothingAgreed = async () => undefined;

/** The view's promise in few lines: descending by time and key, after a place, so many at most. */
function viewOf(documents: readonly StoredDocument[]): View {
  const placed = ({ body }: StoredDocument) => Number(body.placed_at);
  const sorted = documents.toSorted((a, b) => placed(b) - placed(a) || (a.key < b.key ? 1 : -1));
  return {
    get: async () => ({ value: undefined, stale: false }),
    async query({ where, range, after, limit }) {
      const value = sorted.filter((document) => {
        if (!Object.entries(where).every(([field, wanted]) => document.body[field] === wanted)) return false;
        if (range?.from !== undefined && placed(document) < Number(range.from)) return false;
        if (range?.below !== undefined && placed(document) >= Number(range.below)) return false;
        if (after === undefined) return true;
        const at = Number(after.value);
        return placed(document) < at || (placed(document) === at && document.key < after.key);
      });
      return { value: value.slice(0, limit), stale: false };
    },
  };
}

test('paging through what is found meets each order once, whatever is wished for', async () => {
  const order = fc.record({
    at: fc.integer({ min: 0, max: 5 }),
    shopper: fc.constantFrom('shp-a', 'shp-b'),
    status: fc.constantFrom('placed', 'confirmed'),
    seller: fc.constantFrom('potter', 'weaver'),
  });
  const wishes = fc.record(
    {
      status: fc.constantFrom('placed', 'confirmed'),
      shopper: fc.constantFrom('shp-a', 'shp-b'),
      seller: fc.constantFrom('potter', 'weaver'),
      from: fc.integer({ min: 0, max: 5 }),
      below: fc.integer({ min: 0, max: 6 }),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { maxLength: 12 }),
      wishes,
      fc.integer({ min: 1, max: 4 }),
      async (all, wish, limit) => {
        const documents = all.map(({ at, shopper, status, seller }, index): StoredDocument => {
          const parcels = [{ parcelId: 'p', sellerId: seller, pieces: 1, shipped: 0, delivered: 0, cancelled: 0 }];
          const body = { shopper_id: shopper, status, placed_at: at, currency: 'GBP', total: 1, parcels };
          return { key: `ord-${String(index).padStart(2, '0')}`, version: 1, body };
        });
        const wanted = all.flatMap(({ at, shopper, status, seller }, index) => {
          const isWanted =
            (wish.shopper ?? shopper) === shopper &&
            (wish.status ?? status) === status &&
            (wish.seller ?? seller) === seller &&
            at >= (wish.from ?? at) &&
            at < (wish.below ?? 99);
          return isWanted ? [`ord-${String(index).padStart(2, '0')}`] : [];
        });
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page = cursor === null ? { limit } : { limit, cursor };
          const answer = await findOrders(embeddedFinder(viewOf(documents), nothingAgreed), wish as OrderWishes, page);
          assert.ok(answer.items.length <= limit);
          seen.push(...answer.items.map(({ orderId }) => orderId));
          cursor = answer.nextCursor;
        } while (cursor !== null);
        assert.deepEqual(seen.toSorted(), wanted);
      },
    ),
  );
});
