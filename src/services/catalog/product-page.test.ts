import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readyAnswer } from '../../platform/http/ready-answer.ts';
import { mug } from './fixtures.ts';
import { listOf, publicProduct } from './product-page.ts';

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

test('a list is made of its pages as they are sent', () => {
  const list = listOf([readyAnswer('{"en":"a cup"}'), readyAnswer('{"ko":"찻잔"}')], 'next');
  assert.deepEqual(list, readyAnswer('{"items":[{"en":"a cup"},{"ko":"찻잔"}],"nextCursor":"next"}'));
  assert.deepEqual(listOf([], null), readyAnswer('{"items":[],"nextCursor":null}'));
});
