import type { Noticed } from './fault.ts';

/** Where purchases are what suffers. */
export const CHECKOUT: Noticed = { checkout: ['waits', 'unavailable', 'nothing'] };

/** Where a purchase, or the look at orders, may have to be asked for again. */
export const SALES: Noticed = {
  ...CHECKOUT,
  order: ['unavailable', 'nothing'],
  list: ['unavailable', 'nothing'],
  seller: ['unavailable', 'nothing'],
};

/** Where nobody can search. */
export const SEARCH: Noticed = { search: ['unavailable', 'nothing'] };

/** Where what only an index finds cannot be had: products by words, orders by their seller. */
export const INDEXES: Noticed = { ...SEARCH, seller: ['unavailable', 'nothing'] };

/** Where nobody may be there to answer. */
export const EVERYTHING: Noticed = {
  ...SALES,
  ...SEARCH,
  browse: ['unavailable', 'nothing'],
  page: ['unavailable', 'nothing'],
  console: ['unavailable', 'nothing'],
};
