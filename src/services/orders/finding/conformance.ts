import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineOf, termsOf } from '../fixture-orders.ts';
import { request, type shop } from '../orders-harness.ts';

export type OrdersUnderTest = Awaited<ReturnType<typeof shop>>;

interface Listed {
  readonly items: readonly { readonly orderId: string; readonly status: string; readonly shopperId?: string }[];
  readonly nextCursor: string | null;
  readonly stale: boolean;
}

const WITHIN_MS = 30_000;

/** What lists of orders promise, whatever answers them. `open` starts orders with neighbours that do as they are told. */
export function orderFinderConformance(name: string, open: () => Promise<OrdersUnderTest>): void {
  describe(`orders found by ${name}`, { timeout: 300_000 }, () => {
    it('a shopper sees their own orders, newest first, each as it stands', async () => {
      await using orders = await open();
      const first = await orders.confirmed();
      const second = await orders.confirmed();
      const other = await orders.confirmed({ shopperId: 'shp-2' });
      await becomes(orders, 'orders', [second, first], '/v1/orders');
      await becomes(orders, 'other', [other], '/v1/orders', orders.capabilities.issue('shp-2'));
      assert.equal((await orders.ask('POST', `/v1/admin/orders/${first}/parcels/parcel-1/ship`)).status, 201);
      assert.equal((await orders.ask('POST', `/v1/orders/${second}/cancel`)).status, 200);
      const statuses = ({ items }: Listed) => String(items.map(({ status }) => status));
      await eventually(orders, '/v1/orders', (found) => statuses(found) === 'cancelled,partially_shipped');
    });

    it('a list with the token of a write shows that write at once', async () => {
      await using orders = await open();
      for (let at = 0; at < 5; at++) {
        const placing = request();
        const placed = await orders.handlers.place(placing, {});
        assert.ok(placed.kind === 'done' && placed.answer.token !== undefined);
        const { items, stale } = await list(orders, `/v1/orders?after=${placed.answer.token}`);
        assert.equal(stale, false);
        assert.equal(items[0]?.orderId, placing.orderId);
      }
    });

    it('an operator finds them by status, shopper, seller, time and words, and by several of them', async () => {
      await using orders = await open();
      const both = await orders.confirmed();
      const lines = [{ ...lineOf('MUG-7', 'potter', 500, 1), title: { en: 'Celadon Mug', ko: '도자기 머그컵' } }];
      const mug = await orders.confirmed({ lines, terms: [termsOf('potter')], shopperId: 'shp-2' });
      const found = (query: string) => `/v1/admin/orders?${query}`;
      await becomes(orders, 'all', [mug, both], found('status=confirmed'));
      const cases: readonly (readonly [string, readonly string[]])[] = [
        ['seller=potter', [mug, both]],
        ['seller=weaver', [both]],
        ['seller=nobody', []],
        ['shopper=shp-2&status=confirmed', [mug]],
        ['shopper=shp-2&status=cancelled', []],
        ['q=mug', [mug]],
        ['q=MUG-7', [mug]],
        [`q=${encodeURIComponent('머그')}`, [mug]],
        [`q=${encodeURIComponent('자기')}`, [mug]],
        ['q=celadon%20mug', [mug]],
        ['q=celadon%20towel', []],
        ['q=towel&seller=potter', [both]],
        [`q=${both.slice(0, -1)}`, both.slice(0, -1) === mug.slice(0, -1) ? [mug, both] : [both]],
        ['q=ann', []],
        ['q=leeds', []],
      ];
      for (const [query, ids] of cases) await becomes(orders, query, ids, found(query));
      const [item] = (await list(orders, found('q=mug'))).items;
      assert.equal(item?.shopperId, 'shp-2');
      const placedAt = (item as unknown as { placedAt: number }).placedAt;
      await becomes(orders, 'from', [], found(`q=mug&from=${placedAt + 1}`));
      await becomes(orders, 'below', [mug], found(`q=mug&from=${placedAt}&below=${placedAt + 1}`));
      assert.equal((await orders.ask('GET', found('seller=potter&cursor=made-up'))).body.code, 'invalid_cursor');
    });

    it('paging meets each order once, whatever is wished for', async () => {
      await using orders = await open();
      const ids: string[] = [];
      for (let at = 0; at < 7; at++) ids.unshift(await orders.confirmed());
      const newest = [...ids].sort();
      const isAll = ({ items }: Listed) => items.length === 7 && !items.some(isPlaced);
      for (const url of ['/v1/orders', '/v1/admin/orders?seller=weaver']) await eventually(orders, url, isAll);
      for (const url of [
        '/v1/orders?limit=2',
        '/v1/admin/orders?limit=3',
        '/v1/admin/orders?limit=2&seller=weaver&q=cup',
      ]) {
        const seen: string[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const page: Listed = await list(orders, cursor === '' ? url : `${url}&cursor=${cursor}`);
          seen.push(...page.items.map(({ orderId }) => orderId));
          cursor = page.nextCursor;
        }
        assert.deepEqual(seen.toSorted(), newest, url);
      }
    });

    it('an id that was refused before anything was placed is in no list', async () => {
      await using orders = await open();
      const { orderId, cartId } = request();
      const reason = { code: 'price_changed', detail: 'The price has changed.' };
      assert.equal((await orders.handlers.refuse({ orderId, cartId, reason }, {})).kind, 'done');
      const placed = await orders.confirmed();
      await becomes(orders, 'all', [placed], '/v1/admin/orders');
    });
  });
}

const isPlaced = ({ status }: Listed['items'][number]) => status === 'placed';

export async function list(orders: OrdersUnderTest, url: string, as?: string): Promise<Listed> {
  const { status, body } = await orders.ask('GET', url, as === undefined ? {} : { as });
  assert.equal(status, 200, JSON.stringify(body));
  return body as Listed;
}

export async function eventually(
  orders: OrdersUnderTest,
  url: string,
  look: (found: Listed) => boolean,
  as?: string,
): Promise<Listed> {
  for (const until = Date.now() + WITHIN_MS; ; ) {
    const { status, body } = await orders.ask('GET', url, as === undefined ? {} : { as });
    // What is being made, or asked anew, is told apart from what finds nothing.
    if (status !== 503) assert.equal(status, 200, JSON.stringify(body));
    const found = body as Listed;
    if (status === 200 && look(found)) return found;
    if (Date.now() > until) assert.fail(`not in time: ${url} finds ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until exactly these orders are found, in whatever order those of one millisecond come. */
export async function becomes(
  orders: OrdersUnderTest,
  what: string,
  ids: readonly string[],
  url: string,
  as?: string,
): Promise<void> {
  const wanted = String([...ids].sort());
  const found = ({ items }: Listed) => String(items.map(({ orderId }) => orderId).sort());
  const last = await eventually(orders, url, (now) => found(now) === wanted, as);
  assert.equal(found(last), wanted, what);
}
