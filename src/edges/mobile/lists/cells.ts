import { type Static, Type } from 'typebox';
import { Availability, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import type { Hit } from '../../../contracts/search.ts';
import { type Currency, priceIn } from '../../showing/currency.ts';
import { textIn } from '../../showing/language.ts';
import type { Asked } from '../asked.ts';
import type { Dialect } from '../dialect.ts';
import { NoPrice, noPriceOf } from '../prices.ts';

/** A product as lists show it: what a cell has room for. */
export function cellSchema({ Picture }: Dialect) {
  return Type.Object(
    {
      productId: Type.String(),
      title: Type.String(),
      picture: Type.Union([Picture, Type.Null()]),
      price: Type.Union(NoPrice.anyOf, {
        description: 'The lowest of its variants; null where it is not sold in the asked currency.',
      }),
      hasDearer: Type.Boolean({ description: 'Some of its variants cost more.' }),
      availability: Availability,
      seller: Type.Union([Type.String(), Type.Null()]),
    },
    { title: 'Cell' },
  );
}
export type Cell = Static<ReturnType<typeof cellSchema>>;

type Shown = Pick<Asked, 'language' | 'currency' | 'device'>;

/** A product of the catalogue as a cell. */
export function cellOf(product: ProductOnSale, sellers: readonly Seller[], asked: Shown, dialect: Dialect): Cell {
  const { language, currency, device } = asked;
  const { productId, title, images, availability, sellerId } = product;
  const amounts = product.variants.flatMap(({ prices }) => prices[currency] ?? []);
  const lowest = Math.min(...amounts);
  return {
    productId,
    title: textIn(title, language),
    picture: images[0] === undefined ? null : dialect.picture(images[0], 'cell', device),
    price: noPriceOf(amounts.length === 0 ? null : { amount: lowest, currency }, language),
    hasDearer: amounts.some((amount) => amount > lowest),
    availability,
    seller: sellerName(sellerId, sellers, asked),
  };
}

/** What the search knows of a product, for when the catalogue is late. */
export function cellOfHit(hit: Static<typeof Hit>, sellers: readonly Seller[], asked: Shown, dialect: Dialect): Cell {
  const { language, currency, device } = asked;
  const { productId, title, image, prices, availability, sellerId } = hit;
  return {
    productId,
    title: textIn(title, language),
    picture: image === undefined ? null : dialect.picture(image, 'cell', device),
    price: noPriceOf(priceIn(prices, currency as Currency), language),
    hasDearer: false,
    availability,
    seller: sellerName(sellerId, sellers, asked),
  };
}

function sellerName(sellerId: string, sellers: readonly Seller[], { language }: Shown): string | null {
  const seller = sellers.find((each) => each.sellerId === sellerId);
  return seller === undefined ? null : textIn(seller.name, language);
}
