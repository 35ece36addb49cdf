import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askedFor, browseShop, caughtUp, productOf } from '../browse-harness.ts';
import { productPage } from './product.page.ts';

const goods = () => [
  productOf('mug', {}, [{ colour: 'white' }, { colour: 'ink' }]),
  productOf('bowl', { sellerId: 'weaver' }),
  productOf('towel', { categoryIds: ['cloth'] }),
];

describe('a product page', () => {
  it('shows what stands beside the product: of its category, and of its seller, nothing twice', async () => {
    await using shop = await browseShop(goods());
    const { gather } = productPage(shop.parts);
    const { view, tags } = await caughtUp(() => gather(askedFor({ productId: 'mug' }, {})));
    assert.deepEqual(
      view.related.map(({ productId }) => productId),
      ['bowl'],
    );
    assert.deepEqual(
      view.fromSeller.map(({ productId }) => productId),
      ['towel'],
    );
    assert.deepEqual(
      view.variants.map(({ options, price }) => [options[0]?.value, price?.amount]),
      [
        ['white', 1_000],
        ['ink', 1_500],
      ],
    );
    for (const tag of ['product:mug', 'sku:MUG-0', 'sku:MUG-1', 'seller:pottery', 'product:bowl', 'sku:TOWEL-0'])
      assert.ok(tags.includes(tag), tag);
  });

  it('has no price where it is not sold in the currency, and is not there when it is not on sale', async () => {
    await using shop = await browseShop(goods());
    const { gather } = productPage(shop.parts);
    const { view } = await gather(askedFor({ productId: 'mug' }, {}, 'ko', 'EUR'));
    assert.deepEqual(
      view.variants.map(({ price }) => price),
      [null, null],
    );
    await assert.rejects(gather(askedFor({ productId: 'unheard' }, {})), { code: 'unknown_product' });
    shop.fate('catalog', 'gone');
    await assert.rejects(gather(askedFor({ productId: 'mug' }, {})), { code: 'unavailable' });
  });
});
