import type { Product } from '../../contracts/catalog.ts';
import type { Decider, DomainEvent } from '../../kernel/decider.ts';
import { accept, type Decision, nothingToDo, type Rejection, reject } from '../../kernel/rejection.ts';
import { sameContent } from './same-content.ts';

/** A product once it was first put, on sale or withdrawn; null before. */
export type ProductState = KnownProduct | null;

export interface KnownProduct {
  readonly product: Product;
  readonly onSale: boolean;
  /** When it first went on sale and when it last changed, in ms. */
  readonly addedAt: number;
  readonly changedAt: number;
  /** Grows by one with each event; 0 stands for a product that was never put. */
  readonly revision: number;
}

export type ProductCommand =
  /** `seen` is the revision on which the SKU claims written beside this command were worked out. */
  | { readonly kind: 'put'; readonly product: Product; readonly seen: number; readonly now: number }
  | { readonly kind: 'withdraw'; readonly seen: number; readonly now: number }
  | {
      readonly kind: 'setPrice';
      readonly sku: string;
      readonly currency: string;
      readonly amount: number;
      readonly now: number;
    };

export type ProductEvent =
  | DomainEvent<
      'ProductChanged',
      {
        readonly product: Product;
        readonly addedAt: number;
        readonly changedAt: number;
        readonly leftCategoryIds: string[];
      }
    >
  | DomainEvent<'ProductWithdrawn', { readonly productId: string; readonly leftCategoryIds: string[] }>;

/** `product_moved_on` never leaves the service: the writer looks again and repeats. */
export type ProductCode = 'unknown_product' | 'unknown_sku' | 'product_moved_on';

export const productDecider: Decider<ProductState, ProductCommand, ProductEvent, ProductCode> = {
  initial: null,
  decide,
  evolve,
};

/** What the shop knows when a product is put: sellers, categories, and who holds which SKU. */
export interface Surroundings {
  readonly hasSeller: (sellerId: string) => boolean;
  readonly hasCategory: (categoryId: string) => boolean;
  readonly holderOf: (sku: string) => string | undefined;
}

/** Why a product cannot be put as it is, or undefined when it can. */
export function refusalOf(product: Product, shop: Surroundings): Rejection | undefined {
  if (!hasText(product.title.en) && !hasText(product.title.ko))
    return { code: 'title_missing', detail: 'A product needs a title in English or Korean.' };
  if (!shop.hasSeller(product.sellerId))
    return { code: 'unknown_seller', detail: `There is no seller ${product.sellerId}.` };
  for (const categoryId of product.categoryIds)
    if (!shop.hasCategory(categoryId))
      return { code: 'unknown_category', detail: `There is no category ${categoryId}.`, extra: { categoryId } };
  const own = new Set<string>();
  for (const { sku } of product.variants) {
    if (own.has(sku)) return { code: 'sku_taken', detail: `The product holds the SKU ${sku} twice.`, extra: { sku } };
    own.add(sku);
    const holder = shop.holderOf(sku);
    if (holder !== undefined && holder !== product.productId)
      return { code: 'sku_taken', detail: `The SKU ${sku} belongs to another product.`, extra: { sku } };
  }
  return undefined;
}

/** The SKUs that belong to the product as it stands; a withdrawn product gives its SKUs back. */
export function skusOf(state: ProductState): readonly string[] {
  return state?.onSale ? state.product.variants.map(({ sku }) => sku) : [];
}

function decide(command: ProductCommand, state: ProductState): Decision<ProductEvent, ProductCode> {
  switch (command.kind) {
    case 'put':
      if (state?.onSale && sameContent(state.product, command.product)) return nothingToDo;
      if ((state?.revision ?? 0) !== command.seen) return movedOn();
      return put(command.product, command.now, state);
    case 'withdraw': {
      if (state === null) return reject('unknown_product', 'There is no such product.');
      if (!state.onSale) return nothingToDo;
      if (state.revision !== command.seen) return movedOn();
      const { productId, categoryIds } = state.product;
      return accept({ type: 'ProductWithdrawn', data: { productId, leftCategoryIds: categoryIds } });
    }
    case 'setPrice':
      return setPrice(command, state);
  }
}

function put(product: Product, now: number, state: ProductState): Decision<ProductEvent, ProductCode> {
  const before = state?.onSale ? state.product.categoryIds : [];
  const leftCategoryIds = before.filter((categoryId) => !product.categoryIds.includes(categoryId));
  const addedAt = state?.addedAt ?? now;
  return accept({ type: 'ProductChanged', data: { product, addedAt, changedAt: now, leftCategoryIds } });
}

function setPrice(
  command: Extract<ProductCommand, { kind: 'setPrice' }>,
  state: ProductState,
): Decision<ProductEvent, ProductCode> {
  const held = state?.onSale ? state.product.variants.find(({ sku }) => sku === command.sku) : undefined;
  if (!state || held === undefined) return reject('unknown_sku', `The SKU ${command.sku} is not on sale.`);
  if (held.prices[command.currency] === command.amount) return nothingToDo;
  const variants = state.product.variants.map((variant) =>
    variant === held ? { ...held, prices: { ...held.prices, [command.currency]: command.amount } } : variant,
  );
  return put({ ...state.product, variants }, command.now, state);
}

function movedOn(): Decision<never, 'product_moved_on'> {
  return reject('product_moved_on', 'The product has changed in the meantime.');
}

function evolve(state: ProductState, event: ProductEvent): ProductState {
  const revision = (state?.revision ?? 0) + 1;
  if (event.type === 'ProductWithdrawn') return state && { ...state, onSale: false, revision };
  const { product, addedAt, changedAt } = event.data;
  return { product, onSale: true, addedAt, changedAt, revision };
}

function hasText(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}
