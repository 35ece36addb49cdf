import type { Availability, catalog, Offer } from '../../contracts/catalog.ts';
import type { AnswerOf } from '../../kernel/contract.ts';
import type { KnownProduct } from './product.ts';
import type { Shelf } from './shelf.ts';

type Offers = AnswerOf<typeof catalog.calls.offers>;

/** What the SKUs cost now in `currency`; in every checkout's way, so it is answered from the shelf, without a wait when all is there. */
export async function offersOf(shelf: Shelf, skus: readonly string[], currency: string): Promise<Offers> {
  const wanted = skus.length < 2 ? skus : [...new Set(skus)];
  return atHand(shelf, wanted, currency) ?? (await afterReading(shelf, wanted, currency));
}

/** The offers, if everything they need is on the shelf. */
function atHand(shelf: Shelf, wanted: readonly string[], currency: string): Offers | undefined {
  const offers: Offer[] = [];
  const terms: Offers['terms'] = [];
  for (const sku of wanted) {
    const holder = shelf.holders.peek(sku);
    const state = holder && shelf.products.peek(holder.productId);
    const level = shelf.availability.peek(sku);
    const seller = state && shelf.sellers.peek(state.product.sellerId);
    if (state === undefined || level === undefined || seller === undefined) return undefined;
    const offer = offerOf(state, sku, currency, level.availability);
    if (offer === undefined) return undefined;
    if (!offers.some(({ sellerId }) => sellerId === offer.sellerId)) terms.push(seller.terms);
    offers.push(offer);
  }
  return { offers, terms, missing: [] };
}

async function afterReading(shelf: Shelf, wanted: readonly string[], currency: string): Promise<Offers> {
  const holders = await shelf.holders.get(wanted);
  const products = await shelf.products.get([...holders.values()].map(({ productId }) => productId));
  const levels = await shelf.availability.get(wanted);
  const offers: Offer[] = [];
  const missing: string[] = [];
  for (const sku of wanted) {
    const state = products.get(holders.get(sku)?.productId ?? '');
    const offer = state && offerOf(state, sku, currency, levels.get(sku)?.availability ?? 'out_of_stock');
    if (offer === undefined) missing.push(sku);
    else offers.push(offer);
  }
  const sellers = await shelf.sellers.get([...new Set(offers.map(({ sellerId }) => sellerId))]);
  return { offers, terms: [...sellers.values()].map(({ terms }) => terms), missing };
}

function offerOf(
  { onSale, product }: KnownProduct,
  sku: string,
  currency: string,
  availability: Availability,
): Offer | undefined {
  const variant = onSale ? product.variants.find((each) => each.sku === sku) : undefined;
  const unitPrice = variant?.prices[currency];
  if (variant === undefined || unitPrice === undefined) return undefined;
  const { productId, sellerId, title } = product;
  return { sku, productId, sellerId, title, options: variant.options, unitPrice, availability };
}
