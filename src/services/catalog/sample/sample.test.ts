import assert from 'node:assert/strict';
import { test } from 'node:test';
import Schema from 'typebox/schema';
import { Category, Product, Seller } from '../../../contracts/catalog.ts';
import { refusalOf } from '../product.ts';
import { sampleCatalogue } from './sample.ts';

const { sellers, categories, products, stock } = sampleCatalogue();

test('everything in the sample fits its contract', () => {
  for (const [schema, items] of [
    [Seller, sellers],
    [Category, categories],
    [Product, products],
  ] as const)
    for (const item of items) assert.ok(Schema.Compile(schema).Check(item), JSON.stringify(item));
});

test('every product could be put: sellers and categories are known, SKUs are unique', () => {
  const holders = new Map<string, string>();
  for (const product of products) {
    const refusal = refusalOf(product, {
      hasSeller: (id) => sellers.some(({ sellerId }) => sellerId === id),
      hasCategory: (id) => categories.some(({ categoryId }) => categoryId === id),
      holderOf: (sku) => holders.get(sku),
    });
    assert.equal(refusal, undefined, JSON.stringify(refusal));
    for (const { sku } of product.variants) holders.set(sku, product.productId);
  }
  assert.deepEqual(new Set(stock.map(({ sku }) => sku)), new Set(holders.keys()));
});

test('every text is there in both languages and every price in four currencies', () => {
  for (const { title, description, variants } of products) {
    for (const text of [title, description]) {
      assert.match(text.en ?? '', /[a-z]/);
      assert.match(text.ko ?? '', /[가-힣]/);
    }
    for (const { prices } of variants) assert.deepEqual(Object.keys(prices).sort(), ['EUR', 'GBP', 'KRW', 'USD']);
  }
});
