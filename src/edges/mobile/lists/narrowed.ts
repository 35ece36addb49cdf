import { type Static, Type } from 'typebox';
import type { SearchRequest } from '../../../contracts/search.ts';
import { Id } from '../../../contracts/shapes.ts';
import type { Currency } from '../../showing/currency.ts';
import { optionsIn } from '../../showing/options.ts';

const Amount = Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 }));

/** By what a list can be narrowed and sorted. */
export const NARROWING = {
  sort: Type.Optional(
    Type.Enum(['newest', 'relevance', 'price_asc', 'price_desc'], {
      description: 'Default: newest; with words to look for, relevance.',
    }),
  ),
  seller: Type.Optional(Id),
  available: Type.Optional(Type.Boolean({ description: 'Leaves out what is sold out.' })),
  priceFrom: Amount,
  priceTo: Amount,
  option: Type.Optional(
    Type.Array(Type.String({ pattern: '^[^:]{1,100}:.{1,200}$' }), {
      ...{ maxItems: 20, description: '`name:value`, as often as there are, e.g. `option=colour:red`.' },
    }),
  ),
};
const Narrowing = Type.Object(NARROWING);
export type Narrowing = Static<typeof Narrowing>;

/** What is asked of a list, whatever answers it. */
export interface Wanted {
  readonly q: string;
  readonly category: string | undefined;
  readonly narrowing: Narrowing;
  readonly currency: Currency;
}

/** Whether the catalogue's own list is the answer: nothing but category and seller, newest first. */
export function isPlain({ q, narrowing }: Wanted): boolean {
  const { sort = 'newest', available, priceFrom, priceTo, option = [] } = narrowing;
  return (
    q === '' &&
    sort === 'newest' &&
    !available &&
    priceFrom === undefined &&
    priceTo === undefined &&
    option.length === 0
  );
}

/** What the search is asked for it. */
export function searchFor(
  { q, category, narrowing, currency }: Wanted,
  page: { readonly offset: number; readonly limit: number },
): SearchRequest {
  const { sort = q === '' ? 'newest' : 'relevance', seller, available, priceFrom, priceTo, option = [] } = narrowing;
  return {
    ...{ q, currency, sort, ...page },
    ...(category !== undefined && { category }),
    ...(seller !== undefined && { seller }),
    ...(available && { available }),
    ...(priceFrom !== undefined && { priceFrom }),
    ...(priceTo !== undefined && { priceTo }),
    ...(option.length > 0 && { options: optionsIn(option) }),
  };
}

/** Names the list that its keys are for: a key of another list is refused. */
export function nameOfList({ q, category, narrowing, currency }: Wanted): string {
  return JSON.stringify([
    q,
    category ?? null,
    currency,
    Object.entries(narrowing).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

/** What of a query narrows, without what pages and shows. */
export function narrowingOf(query: Narrowing): Narrowing {
  const names = Object.keys(NARROWING) as (keyof Narrowing)[];
  return Object.fromEntries(names.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])));
}
