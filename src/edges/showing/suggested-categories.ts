import type { Category } from '../../contracts/catalog.ts';
import type { SearchAnswer } from '../../contracts/search.ts';

const MOST_CATEGORIES = 3;

/** Those that are named so, then those that hold the most of what was found. */
export function suggestedCategories(
  q: string,
  categories: readonly Category[],
  { facets, total }: { readonly facets: Pick<SearchAnswer['facets'], 'category'>; readonly total: number },
): readonly Category[] {
  const words = q.trim().toLowerCase();
  const named = categories.filter(({ name }) =>
    [name.en, name.ko].some((each) => each?.toLowerCase().includes(words) === true),
  );
  const holding = facets.category
    .filter(({ count }) => count * 2 >= total)
    .flatMap(({ value }) => categories.find(({ categoryId }) => categoryId === value) ?? []);
  return [...new Set([...named, ...holding])].slice(0, MOST_CATEGORIES);
}
