import { type Static, Type } from 'typebox';
import type { Category } from '../../../contracts/catalog.ts';
import { PriceSchema } from '../../showing/currency.ts';
import { textIn } from '../../showing/language.ts';
import { type Chosen, PAGE_SIZE } from './filters.ts';
import type { Listed, ListingParts } from './listing.ts';
import { optionGroups, withChosen } from './option-groups.ts';
import { cardOf, cardOfHit, ProductCard, type Shown } from './product-card.ts';

const Choice = Type.Object({
  value: Type.String(),
  name: Type.String(),
  count: Type.Integer(),
  isChosen: Type.Boolean(),
});

/** A list of products and what it can be narrowed by. */
export const ListingView = Type.Object({
  products: Type.Array(ProductCard),
  total: Type.Integer(),
  page: Type.Integer(),
  pages: Type.Integer(),
  sort: Type.String(),
  /** How many filters are chosen. */
  narrowed: Type.Integer(),
  available: Type.Boolean(),
  /** In minor units; null where nothing is asked. */
  from: PriceSchema,
  to: PriceSchema,
  /** Null while the search does not answer: the newest are shown, and cannot be narrowed. */
  facets: Type.Union([
    Type.Object({
      categories: Type.Array(Choice),
      sellers: Type.Array(Choice),
      /** How many of the list can be bought. */
      available: Type.Integer(),
      options: Type.Array(Type.Object({ name: Type.String(), values: Type.Array(Choice) })),
      price: Type.Union([
        Type.Object({ lowest: Type.Integer(), highest: Type.Integer(), currency: Type.String() }),
        Type.Null(),
      ]),
    }),
    Type.Null(),
  ]),
});
export type ListingView = Static<typeof ListingView>;

interface Found {
  readonly listed: Listed;
  readonly chosen: Chosen;
  readonly categories: readonly Category[];
}

/** Puts a list together. A product that the catalogue did not tell of in time is shown as the search knows it. */
export function presentListing(
  { listed, chosen, categories }: Found,
  { products, sellers }: ListingParts,
  shown: Shown,
): ListingView {
  const { hits, productIds, total, facets } = listed;
  const { page, sort, available, priceFrom, priceTo, options, seller } = chosen;
  const cards = productIds.flatMap((productId) => {
    const product = products.find((each) => each.productId === productId);
    if (product !== undefined) return [cardOf(product, sellers, shown)];
    const hit = hits.find((each) => each.productId === productId);
    return hit === undefined ? [] : [cardOfHit(hit, sellers, shown)];
  });
  const money = (amount: number | undefined) => (amount === undefined ? null : { amount, currency: shown.currency });
  const nameOf = (of: readonly { name: object; id: string }[], id: string) =>
    textIn(of.find((each) => each.id === id)?.name ?? {}, shown.language) || id;
  const sellerNames = sellers.map(({ sellerId, name }) => ({ id: sellerId, name }));
  const categoryNames = categories.map(({ categoryId, name }) => ({ id: categoryId, name }));
  return {
    products: cards,
    ...{ total, page, sort, available, from: money(priceFrom), to: money(priceTo) },
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    narrowed:
      Object.values(options).flat().length +
      [seller !== undefined, available, priceFrom !== undefined || priceTo !== undefined].filter(Boolean).length,
    facets: facets && {
      categories: facets.category.map(({ value, count }) => ({
        ...{ value, count, name: nameOf(categoryNames, value), isChosen: false },
      })),
      sellers: withChosen(facets.seller, seller === undefined ? [] : [seller]).map((each) => ({
        ...each,
        name: nameOf(sellerNames, each.value),
      })),
      available: facets.availability.reduce((sum, { value, count }) => sum + (value === 'out_of_stock' ? 0 : count), 0),
      options: optionGroups(facets.options, options),
      price: facets.price,
    },
  };
}
