import { type Static, Type } from 'typebox';
import { Availability } from '../../../contracts/catalog.ts';
import type { ShownCart, ShownCartLine, ShownTotals } from '../../../contracts/shown-cart.ts';
import type { Company } from '../../showing/company.ts';
import { type Language, textIn } from '../../showing/language.ts';
import type { Asked } from '../asked.ts';
import type { Dialect } from '../dialect.ts';
import { NoPrice, noPriceOf, Price, priceOf } from '../prices.ts';

const NoText = Type.Union([Type.String(), Type.Null()]);

export const TotalsView = Type.Object(
  { lines: Price, shipping: Price, discount: Price, tax: Price, total: Price },
  { title: 'Totals' },
);

/** A cart as an app shows it. */
export function cartSchema({ Picture, Time }: Dialect) {
  const Line = Type.Object(
    {
      sku: Type.String(),
      quantity: Type.Integer(),
      productId: NoText,
      title: NoText,
      picture: Type.Union([Picture, Type.Null()]),
      options: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
      availability: Availability,
      unitPrice: NoPrice,
      lineTotal: NoPrice,
      priceBefore: Type.Union(NoPrice.anyOf, {
        description: 'What one cost when it was put into the cart; null while it costs the same.',
      }),
    },
    { title: 'CartLine' },
  );
  return Type.Object(
    {
      cartId: Type.String(),
      state: Type.Union([Type.Literal('open'), Type.Literal('bought')], {
        description: '`bought`: its order is placed; open a new cart for what comes next.',
      }),
      orderId: NoText,
      currency: Type.String(),
      count: Type.Integer({ description: 'Pieces, of all lines.' }),
      parcels: Type.Array(
        Type.Object({
          sellerId: Type.String(),
          seller: NoText,
          lines: Type.Array(Line),
          shipping: NoPrice,
          total: NoPrice,
          pricesIncludeTax: Type.Boolean(),
        }),
        { description: 'One for each seller.' },
      ),
      gone: Type.Array(Line, { description: 'Lines that are no longer sold: they must go before checkout.' }),
      totals: Type.Union([TotalsView, Type.Null()], { description: 'Null when one order may not cost as much.' }),
      expiresAt: Type.Union([Time, Type.Null()]),
    },
    { title: 'Cart' },
  );
}
export type CartView = Static<ReturnType<typeof cartSchema>>;

/** A cart in an app: its lines by parcel, what is no longer sold apart. What the company does not tell is null. */
export function presentCart(
  cart: ShownCart,
  { sellers, products }: Company,
  asked: Pick<Asked, 'language' | 'device'>,
  dialect: Dialect,
): CartView {
  const { language, device } = asked;
  const line = (each: ShownCartLine): CartView['gone'][number] => {
    const { sku, quantity, productId, title, options = {}, unitPrice, lineTotal, priceWhenAdded: before } = each;
    const source = products.find((product) => product.productId === productId)?.images[0];
    const hasChanged = before !== undefined && unitPrice !== undefined && before.amount !== unitPrice.amount;
    return {
      ...{ sku, quantity, productId: productId ?? null, title: title === undefined ? null : textIn(title, language) },
      picture: source === undefined ? null : dialect.picture(source, 'line', device),
      options: Object.entries(options).map(([name, value]) => ({ name, value })),
      availability: each.availability ?? 'out_of_stock',
      unitPrice: noPriceOf(unitPrice, language),
      lineTotal: noPriceOf(lineTotal, language),
      priceBefore: hasChanged ? priceOf(before, language) : null,
    };
  };
  const onSale = Map.groupBy(
    cart.lines.filter((each) => each.onSale),
    ({ sellerId = '' }) => sellerId,
  );
  return {
    cartId: cart.cartId,
    state: cart.status === 'buying' ? 'bought' : 'open',
    orderId: cart.orderId ?? null,
    currency: cart.currency,
    count: cart.lines.reduce((count, { quantity }) => count + quantity, 0),
    parcels: [...onSale].map(([sellerId, lines]) => {
      const seller = sellers.find((each) => each.sellerId === sellerId);
      const parcel = cart.parcels.find((each) => each.sellerId === sellerId);
      return {
        sellerId,
        seller: seller === undefined ? null : textIn(seller.name, language),
        lines: lines.map(line),
        shipping: noPriceOf(parcel?.totals.shipping, language),
        total: noPriceOf(parcel?.totals.total, language),
        pricesIncludeTax: parcel?.pricesIncludeTax ?? true,
      };
    }),
    gone: cart.lines.filter((each) => !each.onSale).map(line),
    totals: cart.totals && totalsView(cart.totals, language),
    expiresAt: cart.expiresAt === undefined ? null : dialect.time(cart.expiresAt),
  };
}

/** What all of it costs, formatted. */
export function totalsView(
  { lines, shipping, discount, tax, total }: ShownTotals,
  language: Language,
): Static<typeof TotalsView> {
  return {
    lines: priceOf(lines, language),
    shipping: priceOf(shipping, language),
    discount: priceOf(discount, language),
    tax: priceOf(tax, language),
    total: priceOf(total, language),
  };
}
