import type { Answer } from '../contract.ts';

export type CartView = Answer<'/web/v1/{lang}/cart'>;
export type CartParcelView = CartView['parcels'][number];
export type CartLineView = CartParcelView['lines'][number];
export type TotalsView = NonNullable<CartView['totals']>;
