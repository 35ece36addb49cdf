import type { Answer } from '../contract.ts';

export type Suggestions = Answer<'/web/v1/{lang}/suggestions'>;

/** A suggestion as the list shows it; `href` is an address after `/{language}`. */
export type Option =
  | { readonly kind: 'category'; readonly id: string; readonly href: string; readonly name: string }
  | {
      readonly kind: 'product';
      readonly id: string;
      readonly href: string;
      readonly product: Suggestions['products'][number];
    }
  | { readonly kind: 'all'; readonly id: string; readonly href: string; readonly total: number };

/** Categories, products and the way to all results, in the order in which the arrow keys go through them. */
export function optionsOf(q: string, { categories, products, total }: Suggestions): readonly Option[] {
  const options: Option[] = [
    ...categories.map(({ categoryId, name }) => ({
      ...({ kind: 'category', id: `suggestion-c-${categoryId}` } as const),
      ...{ href: `/c/${categoryId}`, name },
    })),
    ...products.map((product) => ({
      ...({ kind: 'product', id: `suggestion-p-${product.productId}` } as const),
      ...{ href: `/p/${product.productId}`, product },
    })),
  ];
  if (total > products.length)
    options.push({ kind: 'all', id: 'suggestion-all', href: `/search?q=${encodeURIComponent(q)}`, total });
  return options;
}

/** The next active option with the arrow keys: round and round, the field itself (-1) between the last and the first. */
export function moved(active: number, count: number, by: 1 | -1): number {
  const places = count + 1;
  return ((active + 1 + by + places) % places) - 1;
}

/** The parts of a title, those that were typed marked; where nothing was typed so, the title in one piece. */
export function marked(title: string, q: string): readonly { readonly text: string; readonly isTyped: boolean }[] {
  const typed = q.trim().toLowerCase();
  const at = typed === '' ? -1 : title.toLowerCase().indexOf(typed);
  if (at < 0) return [{ text: title, isTyped: false }];
  return [
    { text: title.slice(0, at), isTyped: false },
    { text: title.slice(at, at + typed.length), isTyped: true },
    { text: title.slice(at + typed.length), isTyped: false },
  ].filter(({ text }) => text !== '');
}
