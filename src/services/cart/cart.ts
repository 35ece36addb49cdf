import type { cart as cartContract } from '../../contracts/cart.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { EventOf } from '../../kernel/contract.ts';

/** What happened to a cart. All but the contract's events stay inside. */
export type CartEvent =
  | EventOf<typeof cartContract>
  | Happening<'LineChanged', { readonly sku: string; readonly quantity: number; readonly changedAt: number }>
  | Happening<'LineRemoved', { readonly sku: string; readonly removedAt: number }>
  /** Another cart's lines came in. */
  | Happening<
      'CartMerged',
      { readonly from: string; readonly lines: readonly SkuQuantity[]; readonly mergedAt: number }
    >
  /** This cart's lines went to another. */
  | Happening<'CartGivenAway', { readonly to: string; readonly givenAt: number }>
  /** An attempt to buy: its order's id is fixed here, however often it is asked for. */
  | Happening<'CheckoutStarted', { readonly orderId: string; readonly startedAt: number }>
  | Happening<'CartReopened', { readonly orderId: string; readonly reopenedAt: number }>;

interface Happening<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data & { readonly cartId: string };
}

export type Cart = { readonly phase: 'unknown' } | OpenCart | BuyingCart | GivenAwayCart;

/** Quantities by SKU, in the order they were first added. */
export type Lines = ReadonlyMap<string, number>;

interface Kept {
  readonly cartId: string;
  readonly shopperId: string;
  readonly currency: string;
  readonly lines: Lines;
  /** What one of a SKU cost when it was last added, in minor units; unknown for what came otherwise. */
  readonly prices: ReadonlyMap<string, number>;
  /** When anything last happened to it, in ms. */
  readonly touchedAt: number;
}

export interface OpenCart extends Kept {
  readonly phase: 'open';
  /** The order of the last attempt, when that came to nothing. */
  readonly lastOrderId?: string;
}

/** Its lines stand still while its order is placed; for good, when that comes to pass. */
export interface BuyingCart extends Kept {
  readonly phase: 'buying';
  readonly orderId: string;
}

export interface GivenAwayCart extends Kept {
  readonly phase: 'given_away';
  readonly to: string;
}

export const noCart: Cart = { phase: 'unknown' };

/** The cart after an event. */
export function evolve(cart: Cart, event: CartEvent): Cart {
  if (event.type === 'CartOpened') {
    const { cartId, shopperId, currency, openedAt } = event.data;
    return { phase: 'open', cartId, shopperId, currency, lines: new Map(), prices: new Map(), touchedAt: openedAt };
  }
  if (cart.phase === 'unknown') return cart;
  switch (event.type) {
    case 'LineAdded':
      return afterAdding(cart, event.data);
    case 'LineChanged':
      return {
        ...cart,
        lines: new Map(cart.lines).set(event.data.sku, event.data.quantity),
        touchedAt: event.data.changedAt,
      };
    case 'LineRemoved':
      return {
        ...cart,
        lines: without(cart.lines, event.data.sku),
        prices: without(cart.prices, event.data.sku),
        touchedAt: event.data.removedAt,
      };
    case 'CartMerged':
      return { ...cart, lines: withMore(cart.lines, event.data.lines), touchedAt: event.data.mergedAt };
    case 'CartGivenAway':
      return { ...kept(cart), phase: 'given_away', to: event.data.to, touchedAt: event.data.givenAt };
    case 'CheckoutStarted':
      return { ...kept(cart), phase: 'buying', orderId: event.data.orderId, touchedAt: event.data.startedAt };
    case 'CartReopened': {
      const { orderId, reopenedAt } = event.data;
      return { ...kept(cart), phase: 'open', lastOrderId: orderId, touchedAt: reopenedAt };
    }
  }
}

/** The lines with more of some SKUs: quantities add up. */
export function withMore(lines: Lines, more: Iterable<SkuQuantity>): Lines {
  const sum = new Map(lines);
  for (const { sku, quantity } of more) sum.set(sku, (sum.get(sku) ?? 0) + quantity);
  return sum;
}

/** The lines as a list, in the order in which they were put in. */
export function asQuantities(lines: Lines): SkuQuantity[] {
  return [...lines].map(([sku, quantity]) => ({ sku, quantity }));
}

function afterAdding<C extends Exclude<Cart, { readonly phase: 'unknown' }>>(
  cart: C,
  added: Extract<CartEvent, { readonly type: 'LineAdded' }>['data'],
): C {
  const { sku, unitPrice, addedAt } = added;
  const prices = unitPrice === undefined ? without(cart.prices, sku) : new Map(cart.prices).set(sku, unitPrice);
  return { ...cart, lines: withMore(cart.lines, [added]), prices, touchedAt: addedAt };
}

function without(amounts: ReadonlyMap<string, number>, sku: string): ReadonlyMap<string, number> {
  if (!amounts.has(sku)) return amounts;
  const rest = new Map(amounts);
  rest.delete(sku);
  return rest;
}

function kept({ cartId, shopperId, currency, lines, prices, touchedAt }: Kept): Kept {
  return { cartId, shopperId, currency, lines, prices, touchedAt };
}
