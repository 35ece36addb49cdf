import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { sampleCatalogue } from '../sample.ts';
import { picture, pictureNames } from './picture.ts';

describe('the pictures of the sample catalogue', () => {
  it('show every product of its own: whole, near by, and its colours side by side where it has some', () => {
    const drawn = new Set<string>();
    for (const { productId, variants } of sampleCatalogue().products) {
      const names = pictureNames(productId);
      const colours = new Set(variants.flatMap(({ options }) => options.colour ?? []));
      assert.deepEqual(
        names,
        [productId, `${productId}-2`, ...(colours.size > 1 ? [`${productId}-3`] : [])],
        `${productId} comes in ${colours.size} colours`,
      );
      for (const name of names) drawn.add(picture(name)?.svg ?? assert.fail(`${name} is not drawn`));
    }
    assert.ok(drawn.size > 120 && !drawn.has(''), `${drawn.size} different pictures`);
  });

  it('are the same each time, and none for a name that is no product', () => {
    assert.equal(picture('bonsai-pine')?.svg, picture('bonsai-pine')?.svg);
    for (const name of ['mug', 'bonsai-pine-3', 'moon-jar-mug-4', 'constructor', ''])
      assert.equal(picture(name), undefined, name);
    assert.deepEqual(pictureNames('toString'), []);
  });

  it('are documents that can be read, as large as they say, on their paper', async () => {
    for (const name of ['celadon-bowl', 'wool-socks-2', 'letter-set-3', 'moss-terrarium']) {
      const { svg, width, height, colour } = picture(name) ?? assert.fail(name);
      const read = sharp(Buffer.from(svg));
      const metadata = await read.metadata();
      assert.deepEqual([metadata.width, metadata.height], [width, height], name);
      const { dominant } = await read.resize(64).stats();
      const paper = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      const far = [dominant.r, dominant.g, dominant.b].map((channel, at) => Math.abs(channel - (paper[at] ?? 0)));
      if (!name.endsWith('-2')) assert.ok(Math.max(...far) < 60, `${name}: ${colour} is not what one sees of it`);
    }
  });
});
