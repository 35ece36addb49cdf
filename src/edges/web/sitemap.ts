import { Type } from 'typebox';
import { catalog, type ProductOnSale } from '../../contracts/catalog.ts';
import { LIMITS } from '../../contracts/shapes.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import type { WebParts } from './parts.ts';
import { type SitemapPage, sitemapIndex, sitemapOf } from './sitemap-xml.ts';

/** Products in one file. */
const PRODUCTS_A_FILE = 1_000;
/** A list of products newer than this is not made again. */
const LIST_AGE_MS = 600_000;
/** Of one answer of the catalogue; nobody waits in front of a sitemap. */
const TIMEOUT_MS = 5_000;

/** Where a file of products begins in the list of them all. */
interface Chapter {
  readonly cursor: string | undefined;
  readonly changedAt: number;
}

/** `/sitemap.xml`, the files that it names, and `/robots.txt`. */
export function sitemapRoutes(parts: WebParts, origin: string): HttpRoutes {
  const ask = parts.client(catalog);
  let listed: { readonly at: number; readonly chapters: Promise<readonly Chapter[]> } | undefined;

  async function* productsFrom(cursor: string | undefined): AsyncGenerator<Batch> {
    for (let at = cursor; ; ) {
      const query = { limit: LIMITS.pageSize, ...(at === undefined ? {} : { cursor: at }) };
      const { products, nextCursor } = answerOf(await ask.newest(query, { timeoutMs: TIMEOUT_MS }));
      yield { cursor: at, products };
      if (nextCursor === null) return;
      at = nextCursor;
    }
  }

  async function readChapters(): Promise<readonly Chapter[]> {
    const chapters: { cursor: string | undefined; changedAt: number }[] = [];
    let count = 0;
    for await (const { cursor, products } of productsFrom(undefined)) {
      if (count % PRODUCTS_A_FILE === 0) chapters.push({ cursor, changedAt: 0 });
      const chapter = chapters.at(-1);
      if (chapter !== undefined)
        chapter.changedAt = Math.max(chapter.changedAt, ...products.map((each) => each.changedAt));
      count += LIMITS.pageSize;
    }
    return chapters;
  }

  function chapters(): Promise<readonly Chapter[]> {
    const now = parts.clock.now();
    if (listed !== undefined && now - listed.at < LIST_AGE_MS) return listed.chapters;
    const reading = { at: now, chapters: readChapters() };
    listed = reading;
    reading.chapters.catch(() => {
      if (listed === reading) listed = undefined;
    });
    return reading.chapters;
  }

  async function pagesOf(name: string): Promise<readonly SitemapPage[]> {
    if (name === 'pages.xml') {
      const { categories } = answerOf(await ask.categories({}, { timeoutMs: TIMEOUT_MS }));
      return [{ path: '/' }, ...categories.map(({ categoryId }) => ({ path: `/c/${categoryId}` }))];
    }
    const chapter = (await chapters())[Number(/^products-(\d{1,6})\.xml$/.exec(name)?.[1] ?? 0) - 1];
    if (chapter === undefined) throw new Problem('not_found', 'There is no such sitemap.');
    const pages: SitemapPage[] = [];
    for await (const { products } of productsFrom(chapter.cursor)) {
      pages.push(...products.map(({ productId, changedAt }) => ({ path: `/p/${productId}`, changedAt })));
      if (pages.length >= PRODUCTS_A_FILE) break;
    }
    return pages;
  }

  return (http) => {
    http.get('/sitemap.xml', { schema: { hide: true } }, async (_request, reply) => {
      const files = (await chapters()).map(({ changedAt }, index) => ({
        path: `/sitemaps/products-${index + 1}.xml`,
        changedAt,
      }));
      reply.header('content-type', XML).header('cache-control', 'public, max-age=600');
      return sitemapIndex(origin, [{ path: '/sitemaps/pages.xml' }, ...files]);
    });
    http.get(
      '/sitemaps/:name',
      { schema: { hide: true, params: Type.Object({ name: Type.String({ maxLength: 40 }) }) } },
      async ({ params }, reply) => {
        const pages = await pagesOf(params.name);
        reply.header('content-type', XML).header('cache-control', 'public, max-age=600');
        return sitemapOf(origin, pages);
      },
    );
    http.get('/robots.txt', { schema: { hide: true } }, async (_request, reply) =>
      reply
        .header('content-type', 'text/plain; charset=utf-8')
        .header('cache-control', 'public, max-age=86400')
        .send(`${ROBOTS}Sitemap: ${origin}/sitemap.xml\n`),
    );
  };
}

interface Batch {
  readonly cursor: string | undefined;
  readonly products: readonly ProductOnSale[];
}

const XML = 'application/xml; charset=utf-8';
const PERSONAL = ['cart', 'checkout', 'orders', 'search'];
const ROBOTS = `User-agent: *
${['en', 'ko'].flatMap((language) => PERSONAL.map((page) => `Disallow: /${language}/${page}`)).join('\n')}
Disallow: /v1/
Disallow: /web/
Disallow: /console/

`;
