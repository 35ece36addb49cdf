import type { ProblemCode } from '../../contracts/problems.ts';
import { LIMITS, type SkuQuantity } from '../../contracts/shapes.ts';
import type { Decider } from '../../kernel/decider.ts';
import { accept, type Decision, nothingToDo, reject } from '../../kernel/rejection.ts';
import {
  asQuantities,
  type Cart,
  type CartEvent,
  evolve,
  type Lines,
  noCart,
  type OpenCart,
  withMore,
} from './cart.ts';

/** `now` is judged against `expiresAfterMs`: a cart untouched for longer takes no command any more. */
export type CartCommand =
  | (Command<'open'> & { readonly cartId: string; readonly shopperId: string; readonly currency: string })
  /** `unitPrice`: what one costs now, in minor units. */
  | (Touching<'add'> & SkuQuantity & { readonly unitPrice?: number })
  | (Touching<'change'> & SkuQuantity)
  | (Touching<'remove'> & { readonly sku: string })
  /** Takes in `lines` of the cart `from`. It is decided together with `giveAway`, which happens once: all or nothing. */
  | (Touching<'merge'> & { readonly from: string; readonly lines: readonly SkuQuantity[] })
  | (Touching<'giveAway'> & { readonly to: string; readonly lines: readonly SkuQuantity[] })
  /** `resumes`: the order is that of an attempt that was found open; should it have ended meanwhile, it is not begun anew. */
  | (Touching<'startCheckout'> & { readonly orderId: string; readonly resumes?: boolean })
  /** The attempt with this order has come to nothing. */
  | (Command<'reopen'> & { readonly orderId: string });

interface Command<Type extends string> {
  readonly type: Type;
  readonly now: number;
}

interface Touching<Type extends string> extends Command<Type> {
  readonly expiresAfterMs: number;
}

type Of<Type extends CartCommand['type']> = Extract<CartCommand, { readonly type: Type }>;
type Answer = Decision<CartEvent, ProblemCode>;

/** Answers a command to a cart. */
export function decide(command: CartCommand, cart: Cart): Answer {
  switch (command.type) {
    case 'open':
      return open(command, cart);
    case 'reopen':
      return reopen(command, cart);
    case 'startCheckout':
      return cart.phase === 'buying' ? resume(command.orderId, cart.orderId) : whenOpen(command, cart, startCheckout);
    case 'merge':
      return whenOpen(command, cart, merge);
    case 'giveAway':
      return whenOpen(command, cart, giveAway);
    case 'add':
      return whenOpen(command, cart, add);
    case 'change':
      return whenOpen(command, cart, change);
    case 'remove':
      return whenOpen(command, cart, remove);
  }
}

/** The cart: everything that may happen to it. */
export const cart: Decider<Cart, CartCommand, CartEvent, ProblemCode> = { initial: noCart, decide, evolve };

/** Whether a cart, last touched at `touchedAt`, has expired; one that is being bought never does. */
export function isExpired(cart: Cart, now: number, expiresAfterMs: number): boolean {
  return cart.phase === 'open' && now - cart.touchedAt > expiresAfterMs;
}

function whenOpen<C extends Touching<string>>(
  command: C,
  cart: Cart,
  decideOn: (command: C, cart: OpenCart) => Answer,
): Answer {
  switch (cart.phase) {
    case 'unknown':
      return reject('unknown_cart', 'There is no such cart.');
    case 'given_away':
      return reject('cart_merged', 'The cart was merged into another.', { cartId: cart.to });
    case 'buying':
      return checkedOut(cart.orderId);
    case 'open':
      return isExpired(cart, command.now, command.expiresAfterMs)
        ? reject('cart_expired', 'The cart was not touched for too long; open another.')
        : decideOn(command, cart);
  }
}

function open({ cartId, shopperId, currency, now }: Of<'open'>, cart: Cart): Answer {
  if (cart.phase !== 'unknown') return nothingToDo;
  return accept({ type: 'CartOpened', data: { cartId, shopperId, currency, openedAt: now } });
}

function add({ sku, quantity, unitPrice, now }: Of<'add'>, { cartId, lines }: OpenCart): Answer {
  return (
    tooMany(lines.has(sku) ? lines.size : lines.size + 1) ??
    tooMuch({ sku, quantity: (lines.get(sku) ?? 0) + quantity }) ??
    accept({
      type: 'LineAdded',
      data: { cartId, sku, quantity, ...(unitPrice === undefined ? {} : { unitPrice }), addedAt: now },
    })
  );
}

function change({ sku, quantity, now }: Of<'change'>, cart: OpenCart): Answer {
  const before = cart.lines.get(sku);
  if (before === undefined) return reject('unknown_line', 'The cart has no such line.', { sku });
  if (before === quantity) return nothingToDo;
  const { cartId } = cart;
  return tooMuch({ sku, quantity }) ?? accept({ type: 'LineChanged', data: { cartId, sku, quantity, changedAt: now } });
}

function remove({ sku, now }: Of<'remove'>, { cartId, lines }: OpenCart): Answer {
  return lines.has(sku) ? accept({ type: 'LineRemoved', data: { cartId, sku, removedAt: now } }) : nothingToDo;
}

function merge({ from, lines, now }: Of<'merge'>, cart: OpenCart): Answer {
  if (lines.length === 0) return nothingToDo;
  const merged = withMore(cart.lines, lines);
  const data = { cartId: cart.cartId, from, lines, mergedAt: now };
  return (
    tooMany(merged.size) ??
    asQuantities(merged)
      .map(tooMuch)
      .find((refusal) => refusal !== undefined) ??
    accept({ type: 'CartMerged', data })
  );
}

function giveAway({ to, lines, now }: Of<'giveAway'>, cart: OpenCart): Answer {
  if (!sameLines(cart.lines, lines)) return reject('cart_changed', 'The cart has changed meanwhile; ask again.');
  return accept({ type: 'CartGivenAway', data: { cartId: cart.cartId, to, givenAt: now } });
}

function startCheckout({ orderId, resumes, now }: Of<'startCheckout'>, { cartId, lines }: OpenCart): Answer {
  // An order that came to nothing tells so once; a cart that it held again would stay held.
  if (resumes) return checkedOut(orderId);
  if (lines.size === 0) return reject('cart_empty', 'There is nothing in the cart.');
  return accept({ type: 'CheckoutStarted', data: { cartId, orderId, startedAt: now } });
}

/** One open attempt, one order: whoever asks for another is told of the one there is. */
function resume(wanted: string, open: string): Answer {
  return wanted === open ? nothingToDo : checkedOut(open);
}

function reopen({ orderId, now }: Of<'reopen'>, cart: Cart): Answer {
  if (cart.phase !== 'buying' || cart.orderId !== orderId) return nothingToDo;
  return accept({ type: 'CartReopened', data: { cartId: cart.cartId, orderId, reopenedAt: now } });
}

function checkedOut(orderId: string): Answer {
  return reject('cart_checked_out', 'The cart is being bought, or has been.', { orderId });
}

function tooMany(lines: number): Answer | undefined {
  if (lines <= LIMITS.linesPerCart) return undefined;
  return reject('cart_full', `A cart holds at most ${LIMITS.linesPerCart} lines.`, { limit: LIMITS.linesPerCart });
}

function tooMuch({ sku, quantity }: SkuQuantity): Answer | undefined {
  if (quantity <= LIMITS.quantity) return undefined;
  const detail = `A cart holds at most ${LIMITS.quantity} pieces of one SKU.`;
  return reject('quantity_too_large', detail, { sku, limit: LIMITS.quantity });
}

function sameLines(lines: Lines, others: readonly SkuQuantity[]): boolean {
  return lines.size === others.length && others.every(({ sku, quantity }) => lines.get(sku) === quantity);
}
