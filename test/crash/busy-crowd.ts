import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../src/platform/clock/seeded.ts';
import { type Answer, type Body, type Cart, call, cartWith, checkout, type ShopUnderTest } from '../scenarios/api.ts';
import type { History, Wish } from './history.ts';

/** Something that a shopper wants to buy, and what has become of it as far as they know. */
export interface Errand {
  readonly cart: Cart;
  readonly sku: string;
  readonly quantity: number;
  readonly wish: Wish & { readonly key: string };
  readonly paymentToken: string;
  /** Every order that was acknowledged to them. */
  readonly orders: Set<string>;
}

export interface BusyCrowd {
  readonly errands: readonly Errand[];
  /** Answers that a shop never gives, whatever happens to it. */
  readonly surprises: readonly string[];
  /** How many orders were acknowledged as confirmed. */
  readonly confirmed: number;
  /** Lets everybody finish what they are at, and asks for whatever nobody has heard the end of. Throws when no end comes. */
  leave(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface CrowdPlan {
  readonly size: number;
  readonly seed: number;
  readonly hot: string;
  readonly spread: readonly string[];
  readonly history: History;
}

const ENDS_WITHIN_MS = 180_000;
const REFUSALS = new Set([
  ...['out_of_stock', 'card_declined', 'order_cancelled', 'order_shipped', 'nothing_to_cancel', 'nothing_to_ship'],
  ...['order_not_confirmed', 'no_matching_sale', 'refund_exceeds_capture', 'idempotency_key_in_use', 'unavailable'],
]);
const TELLS_NOTHING = new Set(['idempotency_key_in_use', 'unavailable']);

/**
 * Shoppers and sellers who never rest: they buy (and click twice), look, cancel, ship and refund, on one hot product and on a
 * spread, and ask again with the same key when no answer comes. Each has a chance of its own, so that a seed repeats their wishes.
 */
export function busyCrowd(shop: ShopUnderTest, plan: CrowdPlan): BusyCrowd {
  const { history, hot, spread } = plan;
  const errands: Errand[] = [];
  const surprises: string[] = [];
  const forsaken: (() => Promise<unknown>)[] = [];
  let leaving = false;
  let confirmed = 0;
  let keys = 0;
  const newKey = (what: string) => `${what}-${plan.seed}-${keys++}`;

  /** Sends a wish; whatever is no answer that a client may rely on comes out undefined. */
  async function ask(wish: Wish, send: () => Promise<Answer>): Promise<Answer | undefined> {
    const answer = await history.ask(wish, send);
    if (answer === undefined) return undefined;
    const { status, body } = answer;
    if (status >= 400 && !REFUSALS.has(body?.code)) surprises.push(`${wish.op}: ${status} ${JSON.stringify(body)}`);
    if (status === 503 && answer.headers.get('retry-after') === null)
      surprises.push(`${wish.op}: 503 without Retry-After`);
    return TELLS_NOTHING.has(body?.code) ? undefined : answer;
  }

  /** The same, again and again with the same key until it is known what came of it. */
  async function insist(wish: Wish, send: () => Promise<Answer>, ended = (_: Answer) => true): Promise<Answer> {
    const deadline = performance.now() + ENDS_WITHIN_MS;
    for (;;) {
      const answer = await ask(wish, send);
      if (answer !== undefined && ended(answer)) return answer;
      assert.ok(performance.now() < deadline, `no end of ${JSON.stringify(wish)}: ${JSON.stringify(answer?.body)}`);
      await pause(answer === undefined ? 100 : 0);
    }
  }

  /** Buys, and asks until the order is confirmed or refused; `patient` says no more than that it was placed. */
  async function buy(errand: Errand, firstWait: number): Promise<Answer> {
    let wait = firstWait;
    const { cart, paymentToken, wish } = errand;
    const send = () => checkout(shop, cart, { key: wish.key, paymentToken, wait });
    return insist(wish, send, ({ status, body }) => {
      wait = 5;
      if (status < 300) errand.orders.add(body.orderId);
      return status !== 202;
    });
  }

  async function shopper(client: number): Promise<void> {
    const random = seededRandom(plan.seed * 1_000 + client);
    const chance = (share: number) => random.fraction() < share;
    const pick = <Each>(all: readonly Each[]) => all[Math.floor(random.fraction() * all.length)] as Each;

    const newErrand = async (): Promise<Errand> => {
      const sku = chance(0.4) ? hot : pick(spread);
      const quantity = chance(0.2) ? 2 : 1;
      const paymentToken = chance(0.1) ? 'tok_declined' : 'tok_visa';
      const wish = { client, op: 'buy', key: newKey('buy'), sku, quantity } as const;
      const cart = await cartWith(shop, { [sku]: quantity });
      return { cart, sku, quantity, wish, paymentToken, orders: new Set() };
    };

    const act = (wish: Pick<Wish, 'op' | 'order'>, path: string, token: string, body?: object) => {
      const key = newKey(wish.op);
      const headers = { 'idempotency-key': key };
      return insist({ client, key, ...wish }, () =>
        call(shop, 'POST', path, { token, headers, ...(body === undefined ? {} : { body }) }),
      );
    };

    const look = (order: string, token: string) =>
      ask({ client, op: 'read', order }, () => call(shop, 'GET', `/v1/orders/${order}`, { token }));

    /** What people do with an order that stands. */
    const afterwards = async ({ cart, sku }: Errand, order: string) => {
      const known = await look(order, cart.token);
      const parcel: Body = known?.status === 200 ? known.body.parcels[0] : undefined;
      const cancel = () => act({ op: 'cancel', order }, `/v1/orders/${order}/cancel`, cart.token);
      const ship = () =>
        act({ op: 'ship', order }, `/v1/admin/orders/${order}/parcels/${parcel.parcelId}/ship`, shop.adminToken, {});
      const refund = () =>
        act({ op: 'refund', order }, `/v1/admin/orders/${order}/refunds`, shop.adminToken, {
          lines: [{ sku, quantity: 1 }],
        });
      if (parcel === undefined) return;
      const turn = random.fraction();
      if (turn < 0.1) await Promise.all([ship(), cancel()]);
      else if (turn < 0.3) await cancel();
      else if (turn < 0.6) await ship();
      if (turn >= 0.45 && turn < 0.6) await refund();
      await look(order, cart.token);
    };

    const errand = async () => {
      const bought = await newErrand();
      errands.push(bought);
      const { wish, cart, orders } = bought;
      if (chance(0.08)) {
        // Asks once and goes away whatever comes.
        const { paymentToken } = bought;
        const answer = await ask(wish, () => checkout(shop, cart, { key: wish.key, paymentToken, wait: 0 }));
        if (answer !== undefined && answer.status < 300) orders.add(answer.body.orderId);
        forsaken.push(() => buy(bought, 5));
        return;
      }
      const clicks = [buy(bought, chance(0.5) ? 5 : 0)];
      if (chance(0.15)) clicks.push(buy({ ...bought, wish: chance(0.5) ? wish : { ...wish, key: newKey('buy') } }, 5));
      const [answer] = await Promise.all(clicks);
      if (answer?.status !== 201) return;
      confirmed++;
      await afterwards(bought, answer.body.orderId);
    };

    while (!leaving) {
      await errand().catch(async (error: Error) => {
        // A cart that could not be filled is nobody's loss; a wish without an end is.
        if (error.message.startsWith('no end of')) surprises.push(error.message);
        await pause(100);
      });
    }
  }

  /** Somebody who looks at the hot product's stock all the time. */
  async function watcher(): Promise<void> {
    while (!leaving) {
      const level = { client: plan.size, op: 'level', sku: hot } as const;
      await ask(level, () => call(shop, 'GET', `/v1/admin/stock/${hot}`, { token: shop.adminToken }));
      await pause(25);
    }
  }

  const people = [...Array.from({ length: plan.size }, (_, client) => shopper(client)), watcher()];
  const leave = async () => {
    leaving = true;
    await Promise.all(people);
    for (const end of forsaken.splice(0)) await end();
  };
  return {
    errands,
    surprises,
    get confirmed() {
      return confirmed;
    },
    leave,
    // Left in a hurry, what nobody waited for stays so: there may be no shop any more to ask.
    [Symbol.asyncDispose]: async () => {
      leaving = true;
      await Promise.allSettled(people);
    },
  };
}
