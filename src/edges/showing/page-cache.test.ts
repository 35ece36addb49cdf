import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { localInvalidations } from '../../platform/invalidation/local.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { pageCache, type RenderedPage } from './page-cache.ts';

function opened(mostBytes?: number) {
  const invalidations = localInvalidations(silentLogger);
  let now = 1_000;
  const cache = pageCache(invalidations, { now: () => now }, mostBytes === undefined ? {} : { mostBytes });
  let rendered = 0;
  const page = (html: string, tags: string[] = [], keep: RenderedPage['keep'] = 'until_changed') => {
    return async () => {
      rendered++;
      return { text: html, tags, keep };
    };
  };
  const textOf = async (key: string, render: ReturnType<typeof page>) => String((await cache.get(key, render)).bytes);
  return {
    cache,
    publish: invalidations.publish,
    publishAll: invalidations.publishAll,
    page,
    textOf,
    rendered: () => rendered,
    pass: (ms: number) => (now += ms),
  };
}

describe('a page cache', () => {
  it('renders a page once and then has it at hand, with the same tag and both compressions', async () => {
    const { cache, page, rendered } = opened();
    const first = await cache.get('mug', page('<p>Mug, 머그컵</p>'));
    const again = cache.get('mug', page('another'));
    assert.ok(!(again instanceof Promise));
    assert.equal(again.etag, first.etag);
    assert.match(first.etag, /^W\/"[\w-]{22}"$/);
    assert.equal(String(brotliDecompressSync(await again.compressed('br'))), '<p>Mug, 머그컵</p>');
    assert.equal(String(gunzipSync(await again.compressed('gzip'))), '<p>Mug, 머그컵</p>');
    assert.ok(Buffer.isBuffer(again.compressed('br')), 'compressed a second time');
    assert.equal(rendered(), 1);
    assert.deepEqual({ ...cache.stats, bytes: 0 }, { pages: 1, bytes: 0, hits: 1, misses: 1 });
  });

  it('renders once for all who ask at the same time', async () => {
    const { page, textOf, rendered } = opened();
    const all = await Promise.all(Array.from({ length: 50 }, () => textOf('mug', page('mug'))));
    assert.deepEqual(new Set(all), new Set(['mug']));
    assert.equal(rendered(), 1);
  });

  it('drops the pages that show what has changed, and no others', async () => {
    const { publish, page, textOf } = opened();
    await textOf('mug', page('mug, 5 left', ['product:mug', 'sku:MUG-W']));
    await textOf('bowl', page('bowl', ['product:bowl']));
    publish(['sku:MUG-W', 'availability']);
    assert.equal(await textOf('mug', page('mug, sold out', ['product:mug', 'sku:MUG-W'])), 'mug, sold out');
    assert.equal(await textOf('bowl', page('another')), 'bowl');
  });

  it('drops every page when anything may have changed, also what is being rendered', async () => {
    const { publishAll, page, textOf, cache } = opened();
    await textOf('bowl', page('bowl', ['product:bowl']));
    const slow = Promise.withResolvers<RenderedPage>();
    const begun = Promise.withResolvers<void>();
    const rendering = cache.get('mug', () => {
      begun.resolve();
      return slow.promise;
    });
    await begun.promise;
    publishAll();
    slow.resolve({ text: 'mug of before', tags: ['product:mug'], keep: 'until_changed' });
    assert.equal(String((await rendering).bytes), 'mug of before');
    assert.equal(await textOf('bowl', page('bowl of now')), 'bowl of now');
    assert.equal(await textOf('mug', page('mug of now')), 'mug of now');
  });

  it('keeps nothing that changed while it was rendered, and gives it to nobody who asks after the change', async () => {
    const { cache, publish, page, textOf } = opened();
    const slow = Promise.withResolvers<{ text: string; tags: string[]; keep: 'until_changed' }>();
    const begun = Promise.withResolvers<void>();
    const before = cache.get('mug', () => {
      begun.resolve();
      return slow.promise;
    });
    await begun.promise;
    publish(['product:mug']);
    assert.equal(await textOf('mug', page('new', ['product:mug'])), 'new');
    slow.resolve({ text: 'old', tags: ['product:mug'], keep: 'until_changed' as const });
    assert.equal(String((await before).bytes), 'old');
    assert.equal((await before).kept, false);
    assert.equal(await textOf('mug', page('unused')), 'new');
  });

  it('lets those who ask join a rendering that a change has nothing to do with', async () => {
    const { cache, publish, page, textOf, rendered } = opened();
    await textOf('mug', page('mug', ['product:mug']));
    publish(['product:mug']);
    const slow = Promise.withResolvers<{ text: string; tags: string[]; keep: 'until_changed' }>();
    const first = cache.get('mug', () => slow.promise);
    publish(['order:ord_1']);
    const second = cache.get('mug', page('not rendered'));
    slow.resolve({ text: 'mug again', tags: ['product:mug'], keep: 'until_changed' as const });
    assert.equal(await second, await first);
    assert.equal(rendered(), 1);
    assert.equal(await textOf('mug', page('not rendered')), 'mug again');
  });

  it('keeps a page that misses a part for a second only, and lets nobody else keep it', async () => {
    const { cache, publish, pass, page, textOf } = opened();
    const first = await cache.get('mug', page('without reviews', ['product:mug'], 'briefly'));
    assert.equal(first.kept, false);
    pass(999);
    assert.equal(await textOf('mug', page('whole')), 'without reviews');
    pass(2);
    assert.equal(
      await textOf('mug', page('without reviews again', ['product:mug'], 'briefly')),
      'without reviews again',
    );
    publish(['product:mug']);
    assert.equal(await textOf('mug', page('whole')), 'whole');
    pass(1_000_000);
    assert.equal(await textOf('mug', page('another')), 'whole');
  });

  it('renders only so many pages at once; the others wait their turn, also after a failure', async () => {
    const { cache } = opened();
    let now = 0;
    let most = 0;
    const render = async (number: number) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      if (number % 3 === 0) throw new Error('no catalogue');
      return { text: `page ${number}`, tags: [], keep: 'until_changed' as const };
    };
    const asked = Array.from({ length: 40 }, async (_, number) => cache.get(`${number}`, () => render(number)));
    const made = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
    assert.deepEqual([made.length, most, cache.stats.pages], [26, 6, 26]);
  });

  it('keeps neither what must not be kept nor a failure', async () => {
    const { cache, page, textOf } = opened();
    assert.equal(await textOf('mug', page('without reviews', [], 'never')), 'without reviews');
    await assert.rejects(async () => {
      await cache.get('mug', () => Promise.reject(new Error('no catalogue')));
    }, /no catalogue/);
    assert.equal(await textOf('mug', page('whole')), 'whole');
    assert.equal(cache.stats.pages, 1);
  });

  it('stays within its bounds and forgets the tags of what it let go', async () => {
    const { cache, publish, page, textOf } = opened(10_000);
    for (let number = 0; number < 50; number++)
      await textOf(`page-${number}`, page('x'.repeat(1_000), ['categories', `product:${number}`]));
    assert.ok(cache.stats.pages > 2 && cache.stats.bytes <= 10_000, JSON.stringify(cache.stats));
    publish(['categories']);
    assert.equal(cache.stats.pages, 0);
    assert.equal(await textOf('large', page('y'.repeat(20_000), ['categories'])), 'y'.repeat(20_000));
    assert.equal(cache.stats.pages, 0, 'larger than the cache');
  });
});
