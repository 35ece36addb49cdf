import type { FastifyReply, FastifyRequest } from 'fastify';
import { cart as cartContract } from '../../../contracts/cart.ts';
import type { SkuQuantity } from '../../../contracts/shapes.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import type { CallContext } from '../../../kernel/contract.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { answerOf, Problem } from '../../../platform/http/problem.ts';
import { acrossMerges, type OwnCart } from '../../showing/merged-cart.ts';
import type { WebParts } from '../parts.ts';
import type { ShopperSession } from '../session.ts';
import type { CurrentCart } from './current-cart.ts';
import { showsCart } from './seen-cart.ts';

/** A request that writes, and the answer that may carry a new session. */
export interface Writing {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A cart that takes nothing any more makes room for a new one. */
const BEGIN_ANEW = new Set(['cart_checked_out', 'unknown_cart', 'forbidden', 'cart_expired']);

/** What a browser may do to its cart. All throw the problem of whatever stands against it. */
export function cartWrites({ client, sessions, mayOpenCart }: Pick<WebParts, 'client' | 'sessions' | 'mayOpenCart'>) {
  const ask = client(cartContract);
  async function open(
    { request, reply }: Writing,
    session: ShopperSession,
    currency: string,
    context: CallContext = {},
  ): Promise<OwnCart> {
    const { shopperId } = session;
    if (shopperId === undefined) await mayOpenCart?.(request, reply);
    const own = answerOf(await ask.open({ currency, ...(shopperId === undefined ? {} : { shopperId }) }, context));
    sessions.begin(reply, own);
    return own;
  }

  const ownOf = ({ shopperId, cartId }: ShopperSession): OwnCart | undefined =>
    shopperId === undefined || cartId === undefined ? undefined : { cartId, shopperId };

  /** Asks about the cart at hand; where that was merged into another, about the other, which is at hand from now on. */
  async function withOwn(
    { request, reply }: Writing,
    wish: (own: OwnCart) => Promise<Outcome<ShownCart>>,
  ): Promise<{ readonly own: OwnCart; readonly outcome: Outcome<ShownCart> } | undefined> {
    const own = ownOf(sessions.of(request));
    if (own === undefined) return undefined;
    const asked = await acrossMerges(own, wish);
    if (asked.own !== own) sessions.begin(reply, asked.own);
    return asked;
  }

  async function fill(own: OwnCart, lines: readonly SkuQuantity[]) {
    const skipped: string[] = [];
    let shown = answerOf(await ask.read(own));
    for (const line of lines) {
      const outcome = await ask.add({ ...own, ...line });
      if (outcome.kind === 'rejected') skipped.push(line.sku);
      else shown = answerOf(outcome);
    }
    return { shown, skipped };
  }

  const openCart = ({ request }: Writing, { shopperId }: OwnCart, cart: ShownCart): CurrentCart => {
    showsCart(request, cart.asOf);
    return { state: 'open', shopperId, cart };
  };

  async function existing(writing: Writing, wish: (own: OwnCart) => Promise<Outcome<ShownCart>>): Promise<CurrentCart> {
    const asked = await withOwn(writing, wish);
    if (asked === undefined) throw new Problem('unauthorized', 'This browser has no cart.');
    return openCart(writing, asked.own, answerOf(asked.outcome));
  }

  return {
    /** Puts more of a SKU in; opens a cart in `currency` where there is none that takes it. */
    async add(writing: Writing, line: SkuQuantity, currency: string, idempotencyKey?: string): Promise<CurrentCart> {
      const context = idempotencyKey === undefined ? {} : { idempotencyKey };
      const session = sessions.of(writing.request);
      const asked = await withOwn(writing, (own) => ask.add({ ...own, ...line }, context));
      const isDead =
        asked === undefined || (asked.outcome.kind === 'rejected' && BEGIN_ANEW.has(asked.outcome.rejection.code));
      if (!isDead) {
        const shown = answerOf(asked.outcome);
        // A cart that was empty follows the currency that the shopper looks around in.
        if (shown.currency === currency || shown.lines.length > 1) return openCart(writing, asked.own, shown);
      }
      // Under a key of its own: this is another request than the one to the cart before. And whoever did not hear the answer asks
      // again without the new cart, and must come to the same one.
      const anew = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey} anew` };
      const own = await open(writing, session, currency, context);
      return openCart(writing, own, answerOf(await ask.add({ ...own, ...line }, anew)));
    },

    change: (writing: Writing, line: SkuQuantity) => existing(writing, (own) => ask.change({ ...own, ...line })),

    remove: (writing: Writing, sku: string) => existing(writing, (own) => ask.remove({ ...own, sku })),

    /** A new cart with these lines, in place of one that cannot be had any more; `skipped` are those that are not sold. */
    async restore(writing: Writing, lines: readonly SkuQuantity[], currency: string) {
      const own = await open(writing, sessions.of(writing.request), currency);
      const { shown, skipped } = await fill(own, lines);
      return { found: openCart(writing, own, shown), skipped };
    },
  };
}
