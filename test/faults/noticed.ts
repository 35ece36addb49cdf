import type { Noticed } from './fault.ts';

/** Where a purchase, or the look at an order, may have to be asked for again. */
export const SALES: Noticed = { checkout: ['waits', 'unavailable', 'nothing'], order: ['unavailable', 'nothing'] };
/** Where purchases are what suffers. */
export const CHECKOUT: Noticed = { checkout: ['waits', 'unavailable', 'nothing'] };
/** Where nobody may be there to answer. */
export const EVERYTHING: Noticed = {
  ...SALES,
  browse: ['unavailable', 'nothing'],
  search: ['unavailable', 'nothing'],
  page: ['unavailable', 'nothing'],
  console: ['unavailable', 'nothing'],
};
