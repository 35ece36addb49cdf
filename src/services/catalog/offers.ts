import type { catalog, Offer } from '../../contracts/catalog.ts';
import type { SellerTerms } from '../../contracts/shapes.ts';
import type { AnswerOf } from '../../kernel/contract.ts';
import type { Shelf } from './shelf.ts';

/** What the SKUs cost now in `currency`; in every checkout's way, so it is answered from the shelf. */
export async function offersOf(
  shelf: Shelf,
  skus: readonly string[],
  currency: string,
): Promise<AnswerOf<typeof catalog.calls.offers>> {
  const wanted = [...new Set(skus)];
  const holders = await shelf.holders.get(wanted);
  const products = await shelf.products.get([...holders.values()].map(({ productId }) => productId));
  const levels = await shelf.availability.get(wanted);
  const offers: Offer[] = [];
  const missing: string[] = [];
  for (const sku of wanted) {
    const state = products.get(holders.get(sku)?.productId ?? '');
    const variant = state?.onSale ? state.product.variants.find((each) => each.sku === sku) : undefined;
    const unitPrice = variant?.prices[currency];
    if (!state || !variant || unitPrice === undefined) missing.push(sku);
    else {
      const { productId, sellerId, title } = state.product;
      const availability = levels.get(sku)?.availability ?? 'out_of_stock';
      offers.push({ sku, productId, sellerId, title, options: variant.options, unitPrice, availability });
    }
  }
  return { offers, terms: await termsOf(shelf, offers), missing };
}

async function termsOf(shelf: Shelf, offers: readonly Offer[]): Promise<SellerTerms[]> {
  const sellers = await shelf.sellers.get([...new Set(offers.map(({ sellerId }) => sellerId))]);
  return [...sellers.values()].map(({ terms }) => terms);
}
