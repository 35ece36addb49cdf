import { type Static, Type } from 'typebox';
import type { Category, Seller } from '../../../contracts/catalog.ts';
import type { SearchAnswer } from '../../../contracts/search.ts';
import { type Language, textIn } from '../../showing/language.ts';
import { NoPrice, noPriceOf } from '../prices.ts';

const Choice = Type.Object(
  { value: Type.String(), name: Type.String(), count: Type.Integer() },
  { title: 'FacetChoice' },
);

/** By what a list can be narrowed. */
export const Facets = Type.Object(
  {
    categories: Type.Array(Choice),
    sellers: Type.Array(Choice),
    available: Type.Integer({ description: 'How many of the list can be bought.' }),
    options: Type.Array(Type.Object({ name: Type.String(), values: Type.Array(Choice) })),
    lowest: NoPrice,
    highest: NoPrice,
  },
  { title: 'Facets' },
);
export type Facets = Static<typeof Facets>;

/** What a list can be narrowed by, named in a language; what has no name is shown by its id. */
export function presentFacets(
  facets: SearchAnswer['facets'],
  names: { readonly categories: readonly Category[]; readonly sellers: readonly Seller[] },
  language: Language,
): Facets {
  const category = new Map(names.categories.map(({ categoryId, name }) => [categoryId, textIn(name, language)]));
  const seller = new Map(names.sellers.map(({ sellerId, name }) => [sellerId, textIn(name, language)]));
  const { price } = facets;
  const money = (amount: number | undefined) =>
    noPriceOf(price === null || amount === undefined ? null : { amount, currency: price.currency }, language);
  return {
    categories: facets.category.map((each) => ({ ...each, name: category.get(each.value) ?? each.value })),
    sellers: facets.seller.map((each) => ({ ...each, name: seller.get(each.value) ?? each.value })),
    available: facets.availability.reduce((sum, { value, count }) => sum + (value === 'out_of_stock' ? 0 : count), 0),
    options: facets.options.map(({ name, values }) => ({
      name,
      values: values.map((each) => ({ ...each, name: each.value })),
    })),
    lowest: money(price?.lowest),
    highest: money(price?.highest),
  };
}
