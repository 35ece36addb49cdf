import type { Answer } from '../../contract.ts';

export type ProductView = Answer<'/web/v1/{lang}/p/{productId}'>;
export type VariantView = ProductView['variants'][number];
