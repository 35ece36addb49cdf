import { type Static, Type } from 'typebox';
import { Availability, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import type { Hit } from '../../../contracts/search.ts';
import { type Currency, PriceSchema, priceIn } from '../../showing/currency.ts';
import { type Language, textIn } from '../../showing/language.ts';

/** A product as lists show it. */
export const ProductCard = Type.Object({
  productId: Type.String(),
  title: Type.String(),
  image: Type.Union([Type.String(), Type.Null()]),
  /** The lowest of its variants; null where it is not sold in the shopper's currency. */
  price: PriceSchema,
  /** Some of its variants cost more. */
  hasDearer: Type.Boolean(),
  availability: Availability,
  seller: Type.Union([Type.String(), Type.Null()]),
  /** The colours it comes in, as the catalogue names them. */
  colours: Type.Array(Type.String()),
});
export type ProductCard = Static<typeof ProductCard>;

export interface Shown {
  readonly language: Language;
  readonly currency: Currency;
}

/** A product of the catalogue as a card. */
export function cardOf(product: ProductOnSale, sellers: readonly Seller[], { language, currency }: Shown): ProductCard {
  const amounts = product.variants.flatMap(({ prices }) => prices[currency] ?? []);
  const lowest = Math.min(...amounts);
  return {
    productId: product.productId,
    title: textIn(product.title, language),
    image: product.images[0] ?? null,
    price: amounts.length === 0 ? null : { amount: lowest, currency },
    hasDearer: amounts.some((amount) => amount > lowest),
    availability: product.availability,
    seller: sellerName(product.sellerId, sellers, language),
    colours: [...new Set(product.variants.flatMap(({ options }) => options.colour ?? options.color ?? []))],
  };
}

/** What the search knows of a product, for when the catalogue is late. */
export function cardOfHit(
  hit: Static<typeof Hit>,
  sellers: readonly Seller[],
  { language, currency }: Shown,
): ProductCard {
  const { productId, title, image = null, prices, availability, sellerId } = hit;
  return {
    ...{ productId, title: textIn(title, language), image, price: priceIn(prices, currency), hasDearer: false },
    ...{ availability, seller: sellerName(sellerId, sellers, language), colours: [] },
  };
}

function sellerName(sellerId: string, sellers: readonly Seller[], language: Language): string | null {
  const seller = sellers.find((each) => each.sellerId === sellerId);
  return seller === undefined ? null : textIn(seller.name, language);
}
