import type { Purchase } from '../../contracts/cart.ts';
import { orders, type Reason, type Standing } from '../../contracts/orders.ts';
import { bucketOf, makeId, parseId } from '../../kernel/ids.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { Idempotency } from '../../platform/http/idempotency.ts';
import { answerOf, Problem, problemOf } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { cartAggregate } from './aggregate.ts';
import { baskets, orderLines } from './basket.ts';
import type { BuyingCart, Cart, OpenCart } from './cart.ts';

export interface Asking {
  readonly idempotency: Idempotency;
  /** How long the shopper waits for the outcome. */
  readonly waitMs: number;
  readonly expiresAfterMs: number;
  readonly traceparent: string | undefined;
}

interface Started {
  readonly orderId: string;
  readonly isReplayed: boolean;
}

/** How long after its start an attempt without an order is given up, in ms: longer than any call to orders takes. */
const ABANDONED_AFTER_MS = 60_000;
/** Another request may open or close an attempt in between; more often than this it does not. */
const TRIES = 3;

/**
 * Turns carts into orders. An attempt to buy fixes its order's id on the cart's own stream before the order is placed, so that
 * a double click, a second tab and a retry with any key all come to one order. Its end without an order opens the cart again.
 */
export function checkouts(kit: ServiceKit) {
  const { store, clock, random, keyring } = kit;
  const till = kit.client(orders);
  const { offersOf } = baskets(kit);

  const load = async (cartId: string) => (await store.load(cartAggregate, cartId)).state;

  async function reopen(cartId: string, orderId: string, traceparent?: string): Promise<void> {
    const intents = [intent(cartAggregate, cartId, { type: 'reopen', orderId, now: clock.now() })];
    await store.decide(traceparent === undefined ? { intents } : { intents, metadata: { traceparent } });
  }

  /** Where an order stands; undefined when it was never heard of. */
  async function standingOf(orderId: string, waitMs = 0): Promise<Standing | undefined> {
    const outcome = await till.outcome({ orderId, waitMs });
    return outcome.kind === 'rejected' ? undefined : answerOf(outcome);
  }

  /** Opens the cart again when its order has come to nothing; answers where the order stands otherwise. */
  async function settle(cartId: string, { orderId }: BuyingCart): Promise<Standing | undefined> {
    const standing = await standingOf(orderId);
    if (standing?.status !== 'cancelled') return standing;
    await reopen(cartId, orderId);
    return undefined;
  }

  /** Makes sure that the order will never be placed and opens the cart again; an order that is placed already stays. */
  async function giveUp(cartId: string, orderId: string, reason: Reason): Promise<void> {
    const { status } = answerOf(await till.refuse({ orderId, cartId, reason }));
    if (status === 'cancelled') await reopen(cartId, orderId);
  }

  /**
   * Frees a cart for changes when the attempt that holds it is dead: its order was cancelled, or was never placed although
   * there was time enough (then it is made sure that it never will be).
   */
  async function release(cartId: string): Promise<boolean> {
    const cart = await load(cartId);
    if (cart.phase !== 'buying') return true;
    const { orderId, touchedAt } = cart;
    const standing = await settle(cartId, cart);
    if (standing === undefined && clock.now() - touchedAt > ABANDONED_AFTER_MS) {
      const detail = 'The attempt was given up before the order was placed.';
      await giveUp(cartId, orderId, { code: 'cart_changed', detail });
    }
    return (await load(cartId)).phase !== 'buying';
  }

  /**
   * Fixes `orderId` for the cart's attempt and keeps it under the request's key; answers the order that the key was kept with
   * before, if it was. Undefined when the attempt of another request came first, or the one that was found has ended.
   */
  async function start(cart: OpenCart | BuyingCart, orderId: string, asking: Asking): Promise<Started | undefined> {
    const { idempotency, expiresAfterMs, traceparent } = asking;
    const now = clock.now();
    const resumes = cart.phase === 'buying';
    const decided = await store.decide({
      intents: [intent(cartAggregate, cart.cartId, { type: 'startCheckout', orderId, resumes, now, expiresAfterMs })],
      idempotency: { ...idempotency, answer: { orderId } },
      metadata: { actor: cart.shopperId, ...(traceparent === undefined ? {} : { traceparent }) },
    });
    if (decided.ok) {
      const kept = decided.replayed as { readonly orderId: string } | undefined;
      return { orderId: kept?.orderId ?? orderId, isReplayed: kept !== undefined };
    }
    if (decided.rejection.code === 'cart_checked_out') return undefined;
    throw problemOf(decided.rejection);
  }

  /** One try to get the order placed; undefined when the cart has moved on meanwhile. */
  async function attempt(
    cart: OpenCart | BuyingCart,
    purchase: Purchase,
    asking: Asking,
  ): Promise<Standing | undefined> {
    let standing: Standing | undefined;
    if (cart.phase === 'buying') {
      standing = await settle(cart.cartId, cart);
      if (standing === undefined && (await load(cart.cartId)).phase !== 'buying') return undefined;
    }
    const orderId = cart.phase === 'buying' ? cart.orderId : newOrderId(cart.cartId);
    // The order that follows seals the shopper's address.
    keyring.prepare(cart.shopperId);
    const started = await start(cart, orderId, asking);
    if (started === undefined) return undefined;
    if (started.isReplayed) standing = await standingOf(started.orderId);
    if (standing !== undefined) return standing;
    const held = await load(cart.cartId);
    return held.phase === 'buying' && held.orderId === started.orderId ? place(held, purchase, asking) : undefined;
  }

  /** Places the order of the cart's attempt at the prices of this moment, or opens the cart again with the reason why not. */
  async function place(cart: BuyingCart, purchase: Purchase, { traceparent }: Asking): Promise<Standing> {
    const { cartId, orderId, shopperId, currency, lines } = cart;
    const basket = await offersOf([...lines.keys()], currency, traceparent);
    for (const sku of lines.keys()) if (!basket.offers.has(sku)) throw await noLongerOnSale(cart, sku);
    const { email, shippingAddress, payment, expectedTotal } = purchase;
    const outcome = await till.place(
      {
        orderId,
        cartId,
        shopperId,
        currency,
        lines: orderLines(lines, basket),
        terms: basket.terms,
        email,
        shippingAddress,
        paymentToken: payment.token,
        ...(expectedTotal === undefined ? {} : { expectedTotal }),
      },
      traceparent === undefined ? {} : { traceparent },
    );
    if (outcome.kind === 'rejected') await reopen(cartId, orderId, traceparent);
    return answerOf(outcome);
  }

  async function noLongerOnSale({ cartId, orderId }: BuyingCart, sku: string): Promise<Problem> {
    const detail = 'A line of the cart is no longer on sale; remove it first.';
    await giveUp(cartId, orderId, { code: 'out_of_stock', detail, extra: { sku } });
    return new Problem('out_of_stock', detail, { sku });
  }

  function newOrderId(cartId: string): string {
    const { cell, bucket } = parseId(cartId) ?? { cell: 0, bucket: bucketOf(cartId) };
    return makeId({ kind: 'ord', cell, bucket, timeMs: clock.now() }, random.bytes(10));
  }

  /** Waits for the order's checkout to end; opens the cart again at once when it ended in a cancellation. */
  async function outcome(cartId: string, begun: Standing, { waitMs, traceparent }: Asking): Promise<Standing> {
    let standing = begun;
    if (waitMs > 0 && begun.status === 'placed') {
      const context = traceparent === undefined ? {} : { traceparent };
      const heard = await till.outcome({ orderId: begun.orderId, waitMs }, context);
      if (heard.kind === 'done') standing = { ...begun, ...heard.answer };
    }
    if (standing.status === 'cancelled') await reopen(cartId, standing.orderId, traceparent);
    return standing;
  }

  return {
    release,

    /** Buys what is in the cart. Throws the problem of whatever stands against it. */
    async checkout(cartId: string, purchase: Purchase, asking: Asking): Promise<Standing> {
      for (let tries = 0; tries < TRIES; tries++) {
        const begun = await attempt(buyable(await load(cartId)), purchase, asking);
        if (begun !== undefined) return outcome(cartId, begun, asking);
      }
      throw new Problem('idempotency_key_in_use', 'Other requests are buying this cart just now; ask again.');
    },
  };
}

function buyable(cart: Cart): OpenCart | BuyingCart {
  if (cart.phase === 'open' || cart.phase === 'buying') return cart;
  if (cart.phase === 'unknown') throw new Problem('unknown_cart', 'There is no such cart.');
  throw new Problem('cart_merged', 'The cart was merged into another.', { cartId: cart.to });
}
