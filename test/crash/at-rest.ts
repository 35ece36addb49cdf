import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { admin, type Body, call, eventually, putProduct, type ShopUnderTest, stockShop } from '../scenarios/api.ts';
import type { BusyCrowd, Errand } from './busy-crowd.ts';
import type { History } from './history.ts';
import { checkLinearity } from './linearizability.ts';

/** What a busy crowd fights for. */
export const HOT = 'moon-jar-1';
/** Of these there is plenty. */
export const SPREAD = ['teapot-1', 'towel-1', ...Array.from({ length: 6 }, (_, n) => `bowl-${n}-1`)];

const HOT_PIECES = 30;
const PLENTIFUL = 1_000_000;
const AT_REST_WITHIN_MS = 120_000;

/** Goods for a busy crowd: a hot product, filled up by the rounds, and a spread of plenty. */
export async function stockForRounds(shop: ShopUnderTest): Promise<void> {
  await stockShop(shop);
  await putProduct(shop, 'moon-jar', 'potter', { en: 'Moon jar', ko: '달항아리' }, 9_900);
  for (const sku of SPREAD.slice(2)) {
    await putProduct(shop, sku.slice(0, -2), 'weaver', { en: `Bowl ${sku}`, ko: `그릇 ${sku}` }, 1_500);
    await admin(shop, 'PUT', `/v1/admin/stock/${sku}`, { onHand: PLENTIFUL });
  }
  await admin(shop, 'PUT', `/v1/admin/stock/${HOT}`, { onHand: HOT_PIECES });
}

/** The hot product gets its pieces back, in the middle of the load. */
export async function fillUp(shop: ShopUnderTest, history: History): Promise<void> {
  const wish = { client: 0, op: 'count', sku: HOT, quantity: HOT_PIECES } as const;
  const body = { onHand: HOT_PIECES };
  const put = () => call(shop, 'PUT', `/v1/admin/stock/${HOT}`, { token: shop.adminToken, body });
  await eventually(
    () => history.ask(wish, put),
    (answer) => answer?.status === 200,
  );
}

/** Looks at the hot product's stock; somebody has to answer. */
export async function level(shop: ShopUnderTest, history: History): Promise<void> {
  const wish = { client: 0, op: 'level', sku: HOT } as const;
  const answer = await history.ask(wish, () => call(shop, 'GET', `/v1/admin/stock/${HOT}`, { token: shop.adminToken }));
  assert.equal(answer?.status, 200);
}

/**
 * Proves that every acknowledged order exists once and stands as it was told, that nothing is held for anybody, and that what was
 * sold is what people have. `sold` adds up over the stages. Answers how many orders there are.
 */
export async function atRest(shop: ShopUnderTest, { errands }: BusyCrowd, sold: Map<string, number>): Promise<number> {
  // An order whose answer was lost is nobody's to wait for, and may come into its shopper's list a moment after it was placed.
  const { had, orders } = await eventually(
    () => whatPeopleHave(shop, errands, sold),
    ({ unexplained }) => unexplained.length === 0,
    AT_REST_WITHIN_MS,
  );
  for (const [sku, pieces] of had) sold.set(sku, pieces);
  return orders;
}

/** What was sold so far and is sold now, by product, and the stocks that do not say the same. */
async function whatPeopleHave(shop: ShopUnderTest, errands: readonly Errand[], sold: ReadonlyMap<string, number>) {
  const had = new Map(sold);
  let orders = 0;
  for (const errand of errands) {
    const found = await eventually(
      () => ordersOf(shop, errand),
      (listed) =>
        listed.every(({ status }) => status !== 'placed') &&
        [...errand.orders].every((id) => listed.some(({ orderId }) => orderId === id)),
      AT_REST_WITHIN_MS,
    );
    const ids = found.map(({ orderId }) => orderId);
    assert.equal(new Set(ids).size, ids.length, `an order is listed twice: ${ids}`);
    const standing = found.filter(({ status }) => status !== 'cancelled');
    assert.ok(standing.length <= 1, `a cart became two orders: ${JSON.stringify(found)}`);
    orders += found.length;
    had.set(errand.sku, (had.get(errand.sku) ?? 0) + standing.length * errand.quantity);
  }
  const unexplained: object[] = [];
  // Whether the shop sells is asked with a towel, by somebody who is not in the crowd.
  for (const sku of [HOT, ...SPREAD.filter((each) => each !== 'towel-1')]) {
    const kept = await admin(shop, 'GET', `/v1/admin/stock/${sku}`);
    if (kept.reserved !== 0 || kept.sold !== (had.get(sku) ?? 0)) unexplained.push({ ...kept, had: had.get(sku) ?? 0 });
    else if (sku !== HOT) assert.equal(kept.onHand + kept.sold, PLENTIFUL, JSON.stringify(kept));
  }
  return { had, orders, unexplained };
}

async function ordersOf(shop: ShopUnderTest, { cart }: Errand): Promise<readonly Body[]> {
  const answer = await call(shop, 'GET', '/v1/orders', { token: cart.token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.items;
}

/** Whether the history is linearizable; answers how many operations it has. */
export async function judge(history: History, file: string | undefined): Promise<number> {
  if (file === undefined) return 0;
  mkdirSync(dirname(file), { recursive: true });
  history.write(file);
  const { operations, violations, undecided } = await checkLinearity(file);
  assert.deepEqual({ violations, undecided }, { violations: [], undecided: [] });
  rmSync(file);
  return operations;
}
