import type { CartLineView, CartView, TotalsView } from './contract.ts';
import type { CartMemory } from './memory.ts';

/** What has just happened to a cart. */
export type Said =
  | { readonly kind: 'added' | 'undone'; readonly title: string }
  | { readonly kind: 'removed'; readonly line: CartLineView }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'problem'; readonly code: string };

export function everyLine({ parcels, gone }: CartView): readonly CartLineView[] {
  return [...parcels.flatMap(({ lines }) => lines), ...gone];
}

export function linesOf(view: CartView) {
  return everyLine(view).map(({ sku, quantity }) => ({ sku, quantity }));
}

export function memoryOf(view: CartView): CartMemory {
  return { cartId: view.cartId, count: view.count, currency: view.currency, lines: linesOf(view) };
}

export function titleOf(view: CartView, sku: string): string {
  return everyLine(view).find((line) => line.sku === sku)?.title ?? sku;
}

/** The lines that stand against a checkout. */
export function blocking(view: CartView): readonly CartLineView[] {
  return [...view.parcels.flatMap(({ lines }) => lines).filter(isSoldOut), ...view.gone];
}

export function isSoldOut({ availability }: CartLineView): boolean {
  return availability === 'out_of_stock';
}

/** The tax that comes on top of goods and shipping, and the tax that their prices hold already: sellers do either. */
export function taxesOf({ lines, shipping, discount, tax, total }: TotalsView) {
  const added = total.amount - (lines.amount + shipping.amount - discount.amount);
  return { added: { ...tax, amount: added }, included: { ...tax, amount: tax.amount - added } };
}
