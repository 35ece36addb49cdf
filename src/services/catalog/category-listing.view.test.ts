import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { categoryListing } from './category-listing.view.ts';
import { mug } from './fixtures.ts';

function heard(type: string, data: JsonObject): HeardEvent {
  return { source: 'catalog', type, data, subject: 'mug', version: 1, at: 0, partition: 0, position: 1, metadata: {} };
}

function applied(event: HeardEvent) {
  return Object.fromEntries(
    categoryListing.keysOf(event).map((key) => [key, categoryListing.apply(undefined, event, key)]),
  );
}

test('a product is listed in each of its categories and leaves those it left', () => {
  const product = mug({ categoryIds: ['cups', 'gifts'] });
  const event = heard('ProductChanged', { product, addedAt: 5, changedAt: 9, leftCategoryIds: ['sale'] });
  const entry = { productId: 'mug', sellerId: 'pottery', addedAt: 5 };
  assert.deepEqual(applied(event), {
    'cups|mug': { ...entry, categoryId: 'cups' },
    'gifts|mug': { ...entry, categoryId: 'gifts' },
    'sale|mug': null,
  });
});

test('a withdrawn product leaves all its categories', () => {
  const event = heard('ProductWithdrawn', { productId: 'mug', leftCategoryIds: ['cups'] });
  assert.deepEqual(applied(event), { 'cups|mug': null });
});
