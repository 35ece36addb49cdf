import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { problems } from '../../contracts/problems.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import { localCalls } from '../../platform/calls/local.ts';
import type { Calls } from '../../platform/calls/port.ts';
import { sleep } from '../../platform/clock/port.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import { serviceUnderTest } from '../../platform/service/service-harness.ts';
import { noMetrics, silentLogger } from '../../platform/telemetry/silent.ts';
import { cups, mug, pottery } from '../../services/catalog/fixtures.ts';
import { catalogService } from '../../services/catalog/service.ts';
import { readStorefront } from './storefront.ts';
import { openWeb } from './web.ts';

const storefront = await readStorefront(join(import.meta.dirname, '..', '..', '..', 'web', 'dist'));
const ORIGIN = 'https://shop.example';

/** The storefront before a real catalogue, with nothing else behind it. */
async function opened() {
  const catalogue = await serviceUnderTest(catalogService);
  const { running, kit, invalidations, capabilities } = catalogue;
  await running.handlers.putSeller(pottery, {});
  await running.handlers.putCategory(cups, {});
  await running.handlers.putProduct(mug(), {});
  let isBroken = false;
  const unreachable = localCalls(silentLogger);
  const client: Calls['client'] = (contract) => {
    const whole = kit.client(contract);
    const none = unreachable.client(contract);
    const call = (name: string | symbol) => (isBroken ? none : whole)[name as keyof typeof whole];
    return new Proxy(whole, {
      get: (_target, name) => (request: never, context: never) => call(name)(request, context),
    });
  };
  const web = openWeb({
    ...{ storefront, origin: ORIGIN, version: '1', problems, capabilities, invalidations },
    ...{ client, clock: kit.clock, random: kit.random, logger: silentLogger, metrics: noMetrics },
  });
  const http = await serverUnderTest({ problemPage: web.problemPage });
  await http.register(async (scope) => web.routes(scope as HttpServer));
  const get = (url: string, headers: Record<string, string> = {}) => {
    return http.inject({ url, headers } satisfies InjectOptions);
  };
  return {
    ...{ get, handlers: running.handlers },
    /** The page once it is kept: not before the lists behind it have caught up. */
    async getKept(url: string) {
      for (;;) {
        const page = await get(url);
        if (page.headers['cache-control'] === 'no-cache') return page;
        await sleep(kit.clock, 5);
      }
    },
    breakCatalogue() {
      isBroken = true;
    },
    async stockOf(sku: string, availability: string) {
      const event = { type: 'AvailabilityChanged', data: { sku, availability } } as unknown as HeardEvent;
      for (const { on } of running.subscriptions ?? []) {
        const effects = await on.AvailabilityChanged?.(event);
        if (effects !== undefined) await kit.store.decide(effects);
      }
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await catalogue[Symbol.asyncDispose]();
    },
  };
}

const linkOf = (html: string, attributes: string) => new RegExp(`<link ${attributes} href="([^"]+)"`).exec(html)?.[1];
const dataIn = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((match) =>
    JSON.parse(match[1] ?? ''),
  );

describe('the first address', () => {
  it('leads to the language that was chosen, else to the one that the browser likes best', async () => {
    await using shop = await opened();
    const to = async (headers: Record<string, string>) => {
      const answer = await shop.get('/', headers);
      assert.equal(answer.statusCode, 302);
      assert.match(String(answer.headers.vary), /accept-language.*cookie/);
      return answer.headers.location;
    };
    assert.equal(await to({}), '/en/');
    assert.equal(await to({ 'accept-language': 'fr,ko-KR;q=0.8,en;q=0.5' }), '/ko/');
    assert.equal(await to({ 'accept-language': 'ko;q=0.2, en-GB' }), '/en/');
    assert.equal(await to({ 'accept-language': 'ko', cookie: 'lang=en' }), '/en/');
    assert.equal(await to({ 'accept-language': 'ko', cookie: 'lang=../x' }), '/ko/');
  });
});

describe('a product page', () => {
  it('shows the product without scripts, in both languages and in the currency of each', async () => {
    await using shop = await opened();
    await shop.stockOf('MUG-W', 'in_stock');
    const ko = await shop.get('/ko/p/mug');
    assert.equal(ko.statusCode, 200);
    assert.match(ko.body, /^<!doctype html><html lang="ko">/);
    assert.match(ko.body, /<h1[^>]*>머그컵<\/h1>/);
    assert.match(ko.body, /₩18,000/);
    assert.match(ko.body, /href="\/ko\/c\/cups"/);
    const en = await shop.get('/en/p/mug?currency=GBP');
    assert.match(en.body, /<html lang="en">.*<h1[^>]*>Mug<\/h1>.*£12\.00/s);
    assert.match(en.body, /href="\/ko\/p\/mug"/);
  });

  it('tells search engines and previews what it is', async () => {
    await using shop = await opened();
    await shop.stockOf('MUG-W', 'low_stock');
    const { body } = await shop.get('/ko/p/mug?utm_source=mail');
    assert.equal(linkOf(body, 'rel="canonical"'), `${ORIGIN}/ko/p/mug`);
    assert.equal(linkOf(body, 'rel="alternate" hrefLang="en"'), `${ORIGIN}/en/p/mug`);
    assert.match(body, /<meta property="og:title" content="머그컵"\/>/);
    assert.match(body, /<meta property="og:image" content="https:\/\/shop\.example\/images\/cups\/mug\.og\.jpg"\/>/);
    const [product, breadcrumbs] = dataIn(body);
    assert.equal(product['@type'], 'Product');
    const offers = [product.offers].flat().flatMap((offer) => offer.offers ?? offer);
    assert.ok(
      offers.some(({ price, priceCurrency }) => Number(price) === 18_000 && priceCurrency === 'KRW'),
      JSON.stringify(product),
    );
    assert.equal(breadcrumbs['@type'], 'BreadcrumbList');
  });

  it('shows its main picture first, in the format and width that suit the screen', async () => {
    await using shop = await opened();
    const { body } = await shop.get('/en/p/mug');
    const [early] = /<link [^>]*rel="preload"[^>]*as="image"[^>]*>/.exec(body) ?? [''];
    const [main] = /<picture[^>]*>.*?<\/picture>/s.exec(body) ?? [''];
    const avif = /<source type="image\/avif" srcSet="([^"]+)" sizes="([^"]+)"\/>/.exec(main);
    assert.match(avif?.[1] ?? '', /\/images\/cups\/mug\.640\.avif 640w/);
    assert.ok(early.includes(`imageSrcSet="${avif?.[1]}"`) && early.includes(`imageSizes="${avif?.[2]}"`), early);
    assert.match(early, /type="image\/avif"/);
    assert.match(main, /<source type="image\/webp" srcSet="[^"]*\.webp 160w/);
    assert.match(main, /<img [^>]*loading="eager" fetchPriority="high" decoding="async"/);
    assert.match(main, /width="1000" height="1000" src="\/images\/cups\/mug\.640\.jpg"/);
  });

  it('runs no script but our own files, whatever a seller writes', async () => {
    await using shop = await opened();
    const attack = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'';
    await shop.handlers.putProduct(mug({ title: { en: attack, ko: attack }, description: { en: attack } }), {});
    const { body, headers } = await shop.get('/en/p/mug');
    const scripts = [...body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    assert.ok(scripts.length >= 3);
    for (const tag of scripts)
      assert.match(
        tag,
        /^<script (id="state" )?type="application\/(ld\+)?json"[^>]*>$|^<script type="module" src="\/assets\/[^"]+"[^>]*>$/,
      );
    assert.doesNotMatch(body, /<img src=x/);
    assert.doesNotMatch(body, /<[^>]+ style=/);
    assert.equal(dataIn(body)[0].name, attack);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'self'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
  });

  it('is kept, compressed and told by its tag, until what it shows changes', async () => {
    await using shop = await opened();
    await shop.stockOf('MUG-W', 'in_stock');
    const first = await shop.getKept('/en/p/mug?currency=GBP');
    const etag = String(first.headers.etag);
    assert.equal(first.headers['cache-control'], 'no-cache');
    const cookie = 'lang=en; currency=GBP';
    const again = await shop.get('/en/p/mug', { cookie, 'if-none-match': etag });
    assert.equal(again.statusCode, 304);
    assert.equal(again.headers['set-cookie'], undefined);
    const small = await shop.get('/en/p/mug?utm_source=mail', { cookie, 'accept-encoding': 'gzip, br' });
    assert.equal(small.headers['content-encoding'], 'br');
    assert.equal(String(brotliDecompressSync(small.rawPayload)), first.body);

    const changes: [string, () => Promise<unknown>, RegExp][] = [
      ['stock', () => shop.stockOf('MUG-W', 'out_of_stock'), /"availability":"out_of_stock"/],
      ['price', () => shop.handlers.setPrice({ sku: 'MUG-W', currency: 'GBP', amount: 9_950 }, {}), /£99\.50/],
      ['seller', () => shop.handlers.putSeller({ ...pottery, name: { en: 'Kiln & Co' } }, {}), /Kiln &amp; Co/],
      ['category', () => shop.handlers.putCategory({ ...cups, name: { en: 'Beakers' } }, {}), /Beakers/],
    ];
    let known = etag;
    for (const [what, change, shows] of changes) {
      await change();
      const after = await shop.get('/en/p/mug', { cookie, 'if-none-match': known });
      assert.equal(after.statusCode, 200, what);
      assert.match(after.body, shows);
      known = String(after.headers.etag);
    }
    await shop.handlers.withdrawProduct({ productId: 'mug' }, {});
    assert.equal((await shop.get('/en/p/mug', { cookie, 'if-none-match': known })).statusCode, 404);
  });

  it('remembers language and currency, and takes no currency that there is not', async () => {
    await using shop = await opened();
    const { headers } = await shop.get('/en/p/mug?currency=GBP');
    const cookies = [headers['set-cookie']].flat().map(String);
    assert.deepEqual(
      cookies.map((each) => each.split(';')[0]),
      ['lang=en', 'currency=GBP'],
    );
    for (const each of cookies) assert.match(each, /Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    assert.match((await shop.get('/ko/p/mug', { cookie: 'currency=GBP' })).body, /£12\.00/);
    const odd = await shop.get('/ko/p/mug?currency=XXX');
    assert.equal(odd.statusCode, 200);
    assert.match(odd.body, /₩18,000/);
  });

  it('has its data under a contract of its own', async () => {
    await using shop = await opened();
    const answer = await shop.get('/web/v1/en/p/mug?currency=GBP');
    assert.equal(answer.json().title, 'Mug');
    assert.deepEqual(answer.json().variants[0].price, { amount: 1_200, currency: 'GBP' });
    assert.equal((await shop.get('/web/v1/en/p/none')).json().code, 'unknown_product');
    assert.equal((await shop.get('/web/v1/fr/p/mug')).json().code, 'validation_failed');
    const document = (await shop.get('/web/openapi.json')).json();
    assert.ok('/web/v1/{lang}/p/{productId}' in document.paths);
    assert.ok(!Object.keys((await shop.get('/openapi.json')).json().paths).some((path) => path.startsWith('/web')));
  });
});

describe('what is not there', () => {
  const page = { accept: 'text/html,*/*' };

  it('is a page in the language of the address for people, and a problem for programs', async () => {
    await using shop = await opened();
    const ko = await shop.get('/ko/p/none', page);
    assert.equal(ko.statusCode, 404);
    assert.match(ko.body, /<html lang="ko">.*<h1>페이지를 찾을 수 없어요<\/h1>/s);
    assert.match(ko.body, /<meta name="robots" content="noindex"\/>/);
    assert.equal(ko.headers['cache-control'], 'no-store');
    assert.match((await shop.get('/nowhere', { ...page, 'accept-language': 'ko' })).body, /페이지를 찾을 수 없어요/);
    assert.equal((await shop.get('/en/p/!', page)).statusCode, 404);
    assert.equal((await shop.get('/en/p/none')).json().code, 'unknown_product');
    assert.equal((await shop.get('/web/v1/en/p/none', page)).json().code, 'unknown_product');
    assert.equal((await shop.get('/assets/none.js', page)).json().code, 'not_found');
  });
});

describe('without the catalogue', () => {
  it('a page says that the shop needs a moment, and one that is kept is still shown', async () => {
    await using shop = await opened();
    const kept = await shop.getKept('/en/p/mug');
    shop.breakCatalogue();
    const page = { accept: 'text/html' };
    assert.equal((await shop.get('/en/p/mug', page)).body, kept.body);
    const other = await shop.get('/ko/p/mug', page);
    assert.equal(other.statusCode, 503);
    assert.equal(other.headers['retry-after'], '1');
    assert.match(other.body, /<h1>잠시만 기다려 주세요<\/h1>/);
    assert.match(other.body, /href="\/ko\/p\/mug"/);
    assert.equal((await shop.get('/web/v1/ko/p/mug')).json().code, 'unavailable');
    assert.equal((await shop.get('/sitemap.xml')).json().code, 'unavailable');
  });
});

describe('files', () => {
  it('whose names change with their content are kept for ever, and a page names only such that are there', async () => {
    await using shop = await opened();
    const { body } = await shop.get('/en/p/mug');
    const files = new Set(
      [...body.matchAll(/(?:src|href)="(\/(?:assets|icon|favicon|apple)[^"]*)"/g)].map((match) => match[1] ?? ''),
    );
    assert.ok(files.size >= 6, [...files].join());
    for (const file of files) {
      const answer = await shop.get(file, { 'accept-encoding': 'br' });
      assert.equal(answer.statusCode, 200, file);
      if (file.startsWith('/assets/')) assert.match(String(answer.headers['cache-control']), /immutable/);
      if (/\.(js|css)$/.test(file)) assert.equal(answer.headers['content-encoding'], 'br');
    }
    const manifest = (await shop.get('/ko/manifest.webmanifest')).json();
    assert.equal(manifest.name, '장터');
    for (const { src } of manifest.icons) assert.equal((await shop.get(src)).statusCode, 200, src);
  });

  it('of search engines list every page in both languages', async () => {
    await using shop = await opened();
    assert.match((await shop.get('/robots.txt')).body, /^Sitemap: https:\/\/shop\.example\/sitemap\.xml$/m);
    const index = (await shop.get('/sitemap.xml')).body;
    const files = [...index.matchAll(/<loc>https:\/\/shop\.example([^<]+)<\/loc>/g)].map((match) => match[1] ?? '');
    assert.deepEqual(files, ['/sitemaps/pages.xml', '/sitemaps/products-1.xml']);
    const all = (await Promise.all(files.map((file) => shop.get(file)))).map(({ body }) => body).join();
    for (const path of ['/', '/c/cups', '/p/mug'])
      for (const language of ['en', 'ko']) assert.ok(all.includes(`<loc>${ORIGIN}/${language}${path}</loc>`), path);
    assert.match(all, /<lastmod>\d{4}-\d\d-\d\dT[^<]+Z<\/lastmod>/);
    assert.equal((await shop.get('/sitemaps/products-2.xml')).json().code, 'not_found');
    assert.equal((await shop.get('/sitemaps/other.xml')).json().code, 'not_found');
  });
});
