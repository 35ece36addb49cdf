import type { SearchAnswer } from '../../../contracts/search.ts';

const MOST_GROUPS = 4;
const FIRST = ['colour', 'color', 'size'];
const SIZES = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', 'XXXL'];

/** The options worth choosing by: the commonest and the chosen ones, in an order that stays while one chooses. */
export function optionGroups(
  facets: SearchAnswer['facets']['options'],
  chosen: Readonly<Record<string, readonly string[]>>,
) {
  const names = [...new Set([...Object.keys(chosen), ...facets.map(({ name }) => name)])].slice(
    0,
    Math.max(MOST_GROUPS, Object.keys(chosen).length),
  );
  return names
    .sort((a, b) => rank(a, FIRST) - rank(b, FIRST) || collator.compare(a, b))
    .map((name) => ({
      name,
      values: withChosen(facets.find((each) => each.name === name)?.values ?? [], chosen[name] ?? [])
        .map((each) => ({ ...each, name: each.value }))
        .sort((a, b) => rank(a.value, SIZES) - rank(b.value, SIZES) || collator.compare(a.value, b.value)),
    }))
    .filter(({ values }) => values.length > 1 || values.some(({ isChosen }) => isChosen));
}

const collator = new Intl.Collator('en', { numeric: true });

function rank(name: string, order: readonly string[]): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

/** What is chosen stays to be seen, also when nothing is left of it: so that it can be given up. */
export function withChosen(facet: readonly { value: string; count: number }[], chosen: readonly string[]) {
  const missing = chosen.filter((value) => !facet.some((each) => each.value === value));
  return [...facet, ...missing.map((value) => ({ value, count: 0 }))].map(({ value, count }) => ({
    ...{ value, count, isChosen: chosen.includes(value) },
  }));
}
