import type { Page } from './page-context.tsx';

/** https://schema.org/BreadcrumbList, from the front page down; `path` is an address after `/{language}`. */
export function breadcrumbData(
  steps: readonly { readonly name: string; readonly path: string }[],
  { origin, href, words }: Pick<Page, 'origin' | 'href' | 'words'>,
): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: [{ name: words.shell.name, path: '/' }, ...steps].map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: `${origin}${href(path)}`,
    })),
  };
}
