import type { ShownCart, ShownCartLine } from '../../../contracts/shown-cart.ts';
import type { Company } from '../../showing/company.ts';
import { type Language, textIn } from '../../showing/language.ts';
import type { CartLineView, CartParcelView, CartView } from './cart.view.ts';
import type { CurrentCart } from './current-cart.ts';

/** The view of a cart. One that was bought is shown as empty: what is in it is its order's by now. */
export function presentCart(
  { state, cart }: CurrentCart,
  company: Company,
  language: Language,
  currency: string,
): CartView {
  if (cart === undefined || state !== 'open') {
    const orderId = cart?.orderId ?? null;
    const cartId = cart?.cartId ?? null;
    return { state, cartId, orderId, currency, count: 0, parcels: [], gone: [], totals: null };
  }
  const onSale = cart.lines.filter((line) => line.onSale);
  return {
    state,
    cartId: cart.cartId,
    orderId: null,
    currency: cart.currency,
    count: cart.lines.reduce((count, { quantity }) => count + quantity, 0),
    parcels: parcelsOf(cart, onSale, company, language),
    gone: cart.lines.filter((line) => !line.onSale).map((line) => lineView(line, company, language)),
    totals: cart.totals,
  };
}

/** By seller, also when the whole is too dear to be priced. */
function parcelsOf(
  { parcels }: ShownCart,
  lines: readonly ShownCartLine[],
  company: Company,
  language: Language,
): CartParcelView[] {
  const bySeller = new Map<string, ShownCartLine[]>();
  for (const line of lines) {
    const sellerId = line.sellerId ?? '';
    const itsLines = bySeller.get(sellerId);
    if (itsLines === undefined) bySeller.set(sellerId, [line]);
    else itsLines.push(line);
  }
  return [...bySeller].map(([sellerId, itsLines]) => {
    const seller = company.sellers.find((each) => each.sellerId === sellerId);
    const parcel = parcels.find((each) => each.sellerId === sellerId);
    return {
      sellerId,
      seller: seller === undefined ? null : textIn(seller.name, language),
      lines: itsLines.map((line) => lineView(line, company, language)),
      totals: parcel?.totals ?? null,
      pricesIncludeTax: parcel?.pricesIncludeTax ?? true,
    };
  });
}

function lineView(line: ShownCartLine, { products }: Company, language: Language): CartLineView {
  const { sku, quantity, productId, title, options = {}, unitPrice, lineTotal, priceWhenAdded } = line;
  const product = products.find((each) => each.productId === productId);
  const hasChanged =
    priceWhenAdded !== undefined && unitPrice !== undefined && priceWhenAdded.amount !== unitPrice.amount;
  return {
    sku,
    quantity,
    productId: productId ?? null,
    title: title === undefined ? null : textIn(title, language),
    image: product?.images[0] ?? null,
    options: Object.entries(options).map(([name, value]) => ({ name, value })),
    availability: line.availability ?? 'out_of_stock',
    unitPrice: unitPrice ?? null,
    lineTotal: lineTotal ?? null,
    priceBefore: hasChanged ? priceWhenAdded : null,
  };
}
