import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given } from '../../kernel/decider-spec.ts';
import { mug } from './fixtures.ts';
import { type ProductEvent, productDecider, refusalOf } from './product.ts';

const changed = (product = mug(), changedAt = 100, leftCategoryIds: string[] = []): ProductEvent => ({
  type: 'ProductChanged',
  data: { product, addedAt: 100, changedAt, leftCategoryIds },
});
const withdrawn: ProductEvent = { type: 'ProductWithdrawn', data: { productId: 'mug', leftCategoryIds: ['cups'] } };
const nothingTwice = { redelivery: 'nothing' } as const;

test('a product is put', () => {
  given(productDecider, [], nothingTwice).when({ kind: 'put', product: mug(), seen: 0, now: 100 }).then([changed()]);
});

test('the same content changes nothing, in whatever order its fields come', () => {
  const { variants, ...rest } = mug();
  given(productDecider, [changed()])
    .when({ kind: 'put', product: { variants, ...rest }, seen: 1, now: 200 })
    .thenNothing();
});

test('a change tells which categories the product has left and keeps when it first came', () => {
  const moved = mug({ categoryIds: ['gifts'] });
  given(productDecider, [changed()], nothingTwice)
    .when({ kind: 'put', product: moved, seen: 1, now: 200 })
    .then([changed(moved, 200, ['cups'])]);
});

test('a put that rests on an older product is refused', () => {
  const other = mug({ title: { en: 'Cup' } });
  given(productDecider, [changed()])
    .when({ kind: 'put', product: other, seen: 0, now: 200 })
    .thenRejected('product_moved_on');
});

test('a withdrawn product is put again', () => {
  given(productDecider, [changed(), withdrawn], nothingTwice)
    .when({ kind: 'put', product: mug(), seen: 2, now: 300 })
    .then([changed(mug(), 300)]);
});

test('a product is withdrawn once', () => {
  given(productDecider, [changed()], nothingTwice).when({ kind: 'withdraw', seen: 1, now: 200 }).then([withdrawn]);
  given(productDecider, []).when({ kind: 'withdraw', seen: 0, now: 200 }).thenRejected('unknown_product');
});

test('one price of one SKU is set', () => {
  const [white, blue] = mug().variants;
  assert.ok(white && blue);
  const dearer = mug({ variants: [{ ...white, prices: { GBP: 1_500, KRW: 18_000 } }, blue] });
  given(productDecider, [changed()], nothingTwice)
    .when({ kind: 'setPrice', sku: 'MUG-W', currency: 'GBP', amount: 1_500, now: 200 })
    .then([changed(dearer, 200)]);
});

test('a price of a SKU that is not on sale is refused', () => {
  const command = { kind: 'setPrice', sku: 'MUG-W', currency: 'GBP', amount: 1_500, now: 200 } as const;
  given(productDecider, []).when(command).thenRejected('unknown_sku');
  given(productDecider, [changed(), withdrawn]).when(command).thenRejected('unknown_sku');
  given(productDecider, [changed()])
    .when({ ...command, sku: 'MUG-X' })
    .thenRejected('unknown_sku');
});

test('a product needs a title, a known seller, known categories, and SKUs of its own', () => {
  const shop = { hasSeller: () => true, hasCategory: () => true, holderOf: () => undefined };
  assert.equal(refusalOf(mug(), shop), undefined);
  assert.equal(refusalOf(mug(), { ...shop, holderOf: () => 'mug' }), undefined);
  assert.equal(refusalOf(mug({ title: { en: ' ' } }), shop)?.code, 'title_missing');
  assert.equal(refusalOf(mug(), { ...shop, hasSeller: () => false })?.code, 'unknown_seller');
  assert.equal(refusalOf(mug(), { ...shop, hasCategory: () => false })?.code, 'unknown_category');
  assert.equal(refusalOf(mug(), { ...shop, holderOf: () => 'other' })?.code, 'sku_taken');
  const twice = mug().variants.map((variant) => ({ ...variant, sku: 'MUG-W' }));
  assert.equal(refusalOf(mug({ variants: twice }), shop)?.code, 'sku_taken');
});
