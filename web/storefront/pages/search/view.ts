import type { Answer } from '../../contract.ts';

export type SearchView = Answer<'/web/v1/{lang}/search'>;
