import type { Noticed } from './fault.ts';

/** Where purchases are what suffers. */
export const CHECKOUT: Noticed = { checkout: ['waits', 'unavailable', 'nothing'] };

/** Where a purchase, or the look at an order, may have to be asked for again. */
export const SALES: Noticed = { ...CHECKOUT, order: ['unavailable', 'nothing'] };

/** Where nobody can search. */
export const SEARCH: Noticed = { search: ['unavailable', 'nothing'] };

/** Where nobody may be there to answer. */
export const EVERYTHING: Noticed = {
  ...SALES,
  ...SEARCH,
  browse: ['unavailable', 'nothing'],
  page: ['unavailable', 'nothing'],
  console: ['unavailable', 'nothing'],
};
