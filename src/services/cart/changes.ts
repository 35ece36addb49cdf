import { LIMITS, type SkuQuantity } from '../../contracts/shapes.ts';
import type { ShownCart } from '../../contracts/shown-cart.ts';
import { makeId, parseId } from '../../kernel/ids.ts';
import { type Intent, intent } from '../../platform/event-store/aggregate.ts';
import type { Idempotency } from '../../platform/http/idempotency.ts';
import { Problem, problemOf } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { cartAggregate } from './aggregate.ts';
import { type Basket, baskets } from './basket.ts';
import { asQuantities, type BuyingCart, type Cart, type OpenCart } from './cart.ts';
import type { checkouts } from './checkout.ts';
import type { LeftCopies } from './copies.ts';
import { ownedBy } from './own-cart.ts';
import type { ReadWish } from './read-route.ts';
import { showing } from './showing.ts';

/** Who changes a cart, and what makes a repeated request the same request. */
export interface Change {
  readonly shopperId: string;
  readonly idempotency: Idempotency | undefined;
  readonly traceparent: string | undefined;
}

/** Opening carts, reading them with their prices of the moment, and changing them. All throw problems. */
export function changes(
  kit: ServiceKit,
  expiresAfterMs: number,
  { release }: ReturnType<typeof checkouts>,
  copies?: LeftCopies,
) {
  const { store, clock, random } = kit;
  const offering = baskets(kit);
  const { offersOf } = offering;
  const show = showing(offering, clock, expiresAfterMs);

  const load = async (cartId: string) => (await store.load(cartAggregate, cartId)).state;

  async function decide(intents: readonly Intent[], cartId: string, change: Change) {
    const { shopperId, idempotency, traceparent } = change;
    return store.decide({
      intents,
      metadata: { actor: shopperId, ...(traceparent === undefined ? {} : { traceparent }) },
      ...(idempotency === undefined ? {} : { idempotency: { ...idempotency, answer: { cartId } } }),
    });
  }

  /** Decides; when an attempt to buy holds the cart and is dead, frees the cart and decides again. */
  async function apply(intents: readonly Intent[], cartId: string, change: Change): Promise<void> {
    let decided = await decide(intents, cartId, change);
    if (!decided.ok && decided.rejection.code === 'cart_checked_out' && (await release(cartId))) {
      decided = await decide(intents, cartId, change);
    }
    if (!decided.ok) throw problemOf(decided.rejection);
  }

  async function shown(cartId: string, known?: Basket): Promise<ShownCart> {
    const { state, version } = await store.load(cartAggregate, cartId);
    return { ...(await show(state, undefined, known)), ...copies?.asOf(cartId, version) };
  }

  /** Adds a line that is on sale; answers the offers of `skus`, which it is among. */
  async function addTo(cart: OpenCart | BuyingCart, line: SkuQuantity, skus: readonly string[], change: Change) {
    const { cartId, currency } = cart;
    const basket = await offersOf(skus, currency, change.traceparent);
    const offer = basket.offers.get(line.sku);
    if (offer === undefined) {
      throw new Problem('unknown_sku', `Nothing is sold under this SKU for ${currency}.`, { sku: line.sku });
    }
    const { unitPrice } = offer;
    await apply([intent(cartAggregate, cartId, { type: 'add', ...line, unitPrice, ...touch() })], cartId, change);
    return basket;
  }

  const touch = () => ({ now: clock.now(), expiresAfterMs });

  return {
    /** Whoever says what they have seen (`after`) has asked for a copy and found none: one is left for the next time. */
    async read({ cartId, shopperId, country, after }: ReadWish): Promise<ShownCart> {
      const { state, version } = await store.load(cartAggregate, cartId);
      const cart = ownedBy(shopperId, state);
      if (after !== undefined) copies?.leave(cart, version);
      return { ...(await show(cart, country)), ...copies?.asOf(cartId, version) };
    },

    /** Opens a cart for the shopper, for a new guest when there is none; the cart lives in its shopper's bucket. */
    async open(currency: string, shopper: string | undefined, change: Omit<Change, 'shopperId'>) {
      const bytes = random.bytes(22);
      const timeMs = clock.now();
      const guest = { kind: 'shp', cell: 0, bucket: ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 1024, timeMs };
      const shopperId = shopper ?? makeId(guest, bytes.subarray(2, 12));
      const home = parseId(shopperId) ?? guest;
      const cartId = makeId({ kind: 'crt', cell: home.cell, bucket: home.bucket, timeMs }, bytes.subarray(12));
      const command = { type: 'open', cartId, shopperId, currency, now: timeMs } as const;
      const opening = intent(cartAggregate, cartId, command, { fresh: true });
      const decided = await decide([opening], cartId, { ...change, shopperId });
      if (!decided.ok) throw problemOf(decided.rejection);
      const kept = decided.replayed as { readonly cartId: string } | undefined;
      if (kept === undefined) return { cartId, shopperId };
      const opened = await load(kept.cartId);
      return { cartId: kept.cartId, shopperId: opened.phase === 'unknown' ? shopperId : opened.shopperId };
    },

    async add(cart: OpenCart | BuyingCart, line: SkuQuantity, change: Change): Promise<ShownCart> {
      const { cartId, lines } = cart;
      const skus = lines.has(line.sku) ? [...lines.keys()] : [...lines.keys(), line.sku];
      const basket = await addTo(cart, line, skus.length > LIMITS.linesPerCart ? [line.sku] : skus, change);
      return shown(cartId, basket);
    },

    /** As `add`, without pricing the rest of the cart. */
    async addUnseen(cart: OpenCart | BuyingCart, line: SkuQuantity, change: Change): Promise<void> {
      await addTo(cart, line, [line.sku], change);
    },

    async change({ cartId }: OpenCart | BuyingCart, line: SkuQuantity, change: Change): Promise<ShownCart> {
      await apply([intent(cartAggregate, cartId, { type: 'change', ...line, ...touch() })], cartId, change);
      return shown(cartId);
    },

    async remove({ cartId }: OpenCart | BuyingCart, sku: string, change: Change): Promise<ShownCart> {
      await apply([intent(cartAggregate, cartId, { type: 'remove', sku, ...touch() })], cartId, change);
      return shown(cartId);
    },

    /** Takes the lines of `from` into the cart; a cart that went there before is not taken twice. */
    async merge({ cartId }: OpenCart | BuyingCart, from: Cart, change: Change): Promise<ShownCart> {
      if (from.phase === 'unknown') throw new Problem('unknown_cart', 'There is no such cart to merge.');
      if (from.cartId === cartId || (from.phase === 'given_away' && from.to === cartId)) return shown(cartId);
      const lines = asQuantities(from.lines);
      const intents = [
        intent(cartAggregate, from.cartId, { type: 'giveAway', to: cartId, lines, ...touch() }),
        intent(cartAggregate, cartId, { type: 'merge', from: from.cartId, lines, ...touch() }),
      ];
      const decided = await decide(intents, cartId, change);
      if (!decided.ok && !(decided.rejection.code === 'cart_merged' && decided.rejection.extra?.cartId === cartId)) {
        throw problemOf(decided.rejection);
      }
      return shown(cartId);
    },
  };
}
