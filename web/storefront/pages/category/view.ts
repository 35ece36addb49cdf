import type { Answer } from '../../contract.ts';

export type CategoryView = Answer<'/web/v1/{lang}/c/{categoryId}'>;
