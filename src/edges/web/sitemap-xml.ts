import { LANGUAGES } from '../showing/language.ts';

/** A page in every language, by its address after `/{language}`; for an index, a file by its address. */
export interface SitemapPage {
  readonly path: string;
  /** In ms. */
  readonly changedAt?: number;
}

/** A sitemap (sitemaps.org): each page once in each language, with its other languages beside it. */
export function sitemapOf(origin: string, pages: readonly SitemapPage[]): string {
  const urls = pages.flatMap(({ path, changedAt }) => {
    const at = (language: string) => escapeXml(`${origin}/${language}${path}`);
    const others = LANGUAGES.map(
      (language) => `<xhtml:link rel="alternate" hreflang="${language}" href="${at(language)}"/>`,
    ).join('');
    return LANGUAGES.map((language) => `<url><loc>${at(language)}</loc>${lastChange(changedAt)}${others}</url>`);
  });
  return `${HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`;
}

/** The index of a shop's sitemaps. */
export function sitemapIndex(origin: string, files: readonly SitemapPage[]): string {
  const rows = files.map(
    ({ path, changedAt }) => `<sitemap><loc>${escapeXml(origin + path)}</loc>${lastChange(changedAt)}</sitemap>`,
  );
  return `${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${rows.join('\n')}
</sitemapindex>
`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

function lastChange(changedAt: number | undefined): string {
  return changedAt === undefined ? '' : `<lastmod>${new Date(changedAt).toISOString()}</lastmod>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
