import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mug } from './fixtures.ts';
import { isKnown, listOf, pageOf, publicProduct } from './product-page.ts';

const state = { product: mug(), onSale: true, addedAt: 1, changedAt: 2, revision: 1 };

test('a page shows prices as money and availability by SKU', () => {
  const page = publicProduct(state, (sku) => (sku === 'MUG-B' ? 'low_stock' : undefined));
  assert.equal(page.availability, 'low_stock');
  assert.deepEqual(page.variants, [
    {
      sku: 'MUG-W',
      options: { colour: 'white' },
      prices: [
        { amount: 1_200, currency: 'GBP' },
        { amount: 18_000, currency: 'KRW' },
      ],
      availability: 'out_of_stock',
    },
    {
      sku: 'MUG-B',
      options: { colour: 'blue' },
      prices: [{ amount: 1_300, currency: 'GBP' }],
      availability: 'low_stock',
    },
  ]);
});

test('the entity tag changes with the page', () => {
  const one = pageOf(publicProduct(state, () => 'in_stock'));
  assert.equal(pageOf(publicProduct(state, () => 'in_stock')).etag, one.etag);
  assert.notEqual(pageOf(publicProduct(state, () => 'low_stock')).etag, one.etag);
});

test('If-None-Match knows a tag among others, weak ones and any', () => {
  assert.ok(isKnown('"a"', '"b", W/"a"'));
  assert.ok(isKnown('"a"', '*'));
  assert.ok(!isKnown('"a"', '"b"'));
  assert.ok(!isKnown('"a"', undefined));
});

test('a list is made of the texts of its pages', () => {
  assert.deepEqual(JSON.parse(listOf(['{"a":1}', '{"b":2}'], 'next')), {
    items: [{ a: 1 }, { b: 2 }],
    nextCursor: 'next',
  });
  assert.deepEqual(JSON.parse(listOf([], null)), { items: [], nextCursor: null });
});
