import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mug } from './fixtures.ts';
import { planPuts, planWithdrawal, type Read } from './sku-claims.ts';

const shop = { hasSeller: () => true, hasCategory: () => true };
const empty: Read = { products: new Map(), claims: new Map() };
const held: Read = {
  products: new Map([['mug', { product: mug(), onSale: true, addedAt: 1, changedAt: 1, revision: 1 }]]),
  claims: new Map([
    ['MUG-W', { productId: 'mug', version: 3 }],
    ['MUG-B', { productId: 'mug', version: 1 }],
  ]),
};
const only = (sku: string, productId = 'mug') =>
  mug({ productId, variants: [{ sku, options: {}, prices: { GBP: 100 } }] });

test('a new product claims its SKUs, which must be free', () => {
  assert.deepEqual(planPuts([mug()], empty, shop).claims, [
    { sku: 'MUG-W', productId: 'mug', expectedVersion: 0 },
    { sku: 'MUG-B', productId: 'mug', expectedVersion: 0 },
  ]);
});

test('a change writes only the claims that change', () => {
  assert.deepEqual(planPuts([mug()], held, shop).claims, []);
  assert.deepEqual(planPuts([only('MUG-W')], held, shop).claims, [
    { sku: 'MUG-B', productId: null, expectedVersion: 1 },
  ]);
});

test('a SKU that one product gives up is taken by a later one, never by an earlier one', () => {
  const later = planPuts([only('MUG-W'), only('MUG-B', 'cup')], held, shop);
  assert.deepEqual(later.claims, [{ sku: 'MUG-B', productId: 'cup', expectedVersion: 1 }]);
  const earlier = planPuts([only('MUG-B', 'cup'), only('MUG-W')], held, shop);
  assert.equal(earlier.rejected.get('cup')?.code, 'sku_taken');
  assert.deepEqual(earlier.accepted, [only('MUG-W')]);
});

test('two products of one batch cannot hold the same SKU', () => {
  const plan = planPuts([only('NEW'), only('NEW', 'cup')], empty, shop);
  assert.equal(plan.rejected.get('cup')?.code, 'sku_taken');
});

test('a withdrawn product gives all its SKUs back', () => {
  assert.deepEqual(planWithdrawal('mug', held), [
    { sku: 'MUG-W', productId: null, expectedVersion: 3 },
    { sku: 'MUG-B', productId: null, expectedVersion: 1 },
  ]);
  assert.deepEqual(planWithdrawal('unknown', held), []);
});
