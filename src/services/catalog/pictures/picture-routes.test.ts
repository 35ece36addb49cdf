import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { memoryBlobCache } from '../../../platform/blob-cache/memory.ts';
import type { HttpServer } from '../../../platform/http/port.ts';
import { serverUnderTest } from '../../../platform/http/server-harness.ts';
import { silentLogger } from '../../../platform/telemetry/silent.ts';
import { drawing } from '../drawing.ts';
import { picture } from '../sample/studio/picture.ts';
import { drawingOf } from './drawing-of.ts';
import { pictureRoutes } from './picture-routes.ts';
import { createPictures } from './pictures.ts';

describe('pictures over HTTP', () => {
  it('are the drawing, and pixels of it in each format and width', async () => {
    await using http = await served();
    const svg = await http.get('/images/tableware/mug.svg');
    assert.match(String(svg.headers['content-type']), /^image\/svg\+xml/);
    assert.equal(svg.body, drawing('tableware', 'mug'));
    assert.equal((await http.get('/images/tableware/moon-jar-mug-2.svg')).body, picture('moon-jar-mug-2')?.svg);
    for (const [ending, type, format, size] of [
      ['160.avif', 'image/avif', 'heif', [160, 160]],
      ['640.avif', 'image/avif', 'heif', [640, 640]],
      ['480.webp', 'image/webp', 'webp', [480, 480]],
      ['1280.jpg', 'image/jpeg', 'jpeg', [1280, 1280]],
      ['og.jpg', 'image/jpeg', 'jpeg', [1200, 630]],
    ] as const) {
      const { statusCode, headers, rawPayload } = await http.get(`/images/tableware/moon-jar-mug.${ending}`);
      assert.equal(statusCode, 200, ending);
      assert.equal(headers['content-type'], type);
      const decoded = sharp(rawPayload);
      const { format: found, width, height, hasAlpha } = await decoded.metadata();
      assert.deepEqual({ found, size: [width, height], hasAlpha }, { found: format, size, hasAlpha: false });
      assert.ok((await decoded.stats()).entropy > 0.5, `${ending} shows something`);
    }
  });

  it('lie on the house’s paper in previews of links', async () => {
    await using http = await served();
    const { rawPayload } = await http.get('/images/tableware/moon-jar-mug.og.jpg');
    const { data, info } = await sharp(rawPayload).raw().toBuffer({ resolveWithObject: true });
    const corner = [...data.subarray(0, info.channels)];
    for (const [index, value] of [0xfa, 0xf8, 0xf4].entries())
      assert.ok(Math.abs((corner[index] ?? 0) - value) <= 2, `paper in the corner, not ${corner}`);
  });

  it('are kept by browsers for a day and asked for again by ETag', async () => {
    await using http = await served();
    for (const url of ['/images/tableware/mug.svg', '/images/tableware/mug.160.webp']) {
      const { headers } = await http.get(url);
      assert.equal(headers['cache-control'], 'public, max-age=86400, must-revalidate');
      const again = await http.get(url, { 'if-none-match': `"other", W/${headers.etag}` });
      assert.equal(again.statusCode, 304);
      assert.equal(again.body, '');
      assert.equal(again.headers.etag, headers.etag);
      assert.equal((await http.get(url, { 'if-none-match': '"other"' })).statusCode, 200);
    }
  });

  it('that are not there are a 404 problem', async () => {
    await using http = await served();
    for (const file of ['mug.641.avif', 'mug.640.png', 'mug', 'mug.og.webp', 'nothing.640.avif', 'nothing.svg']) {
      const answer = await http.get(`/images/tableware/${file}`);
      assert.equal(answer.statusCode, 404, file);
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
      assert.equal(answer.json().code, 'not_found');
      assert.equal(answer.headers['cache-control'], 'no-store');
    }
  });
});

async function served() {
  const pictures = createPictures({
    draw: (subject, name) => (name === 'nothing' ? undefined : drawingOf(subject, name)),
    ...{ blobs: memoryBlobCache(1_000_000), logger: silentLogger },
  });
  const http = await serverUnderTest();
  await http.register(async (scope) => pictureRoutes(pictures)(scope as HttpServer));
  return {
    get: (url: string, headers: Record<string, string> = {}) => http.inject({ url, headers }),
    [Symbol.asyncDispose]: () => http.close(),
  };
}
