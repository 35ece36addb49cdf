import type { Words } from '../../words/words.ts';
import type { SearchView } from './view.ts';

export function searchTitle({ q, seller }: Pick<SearchView, 'q' | 'seller'>, { browse }: Words): string {
  if (q !== '') return browse.resultsFor(q);
  return seller === null ? browse.everything : browse.bySeller(seller);
}
