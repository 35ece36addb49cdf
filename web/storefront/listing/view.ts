import type { Answer } from '../contract.ts';

export type ListingView = Answer<'/web/v1/{lang}/c/{categoryId}'>['listing'];
export type ProductCardView = ListingView['products'][number];
export type FacetsView = NonNullable<ListingView['facets']>;
export type ChoiceView = FacetsView['sellers'][number];
