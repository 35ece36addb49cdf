import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Category } from '../../contracts/catalog.ts';
import { given } from '../../kernel/decider-spec.ts';
import { categoryDecider, misplacement } from './category.ts';
import { cups, pottery } from './fixtures.ts';
import { sellerDecider } from './seller.ts';

test('categories and sellers are put once', () => {
  const options = { redelivery: 'nothing' } as const;
  given(categoryDecider, [], options)
    .when({ kind: 'put', category: cups })
    .then([{ type: 'CategoryChanged', data: { category: cups } }]);
  given(sellerDecider, [], options)
    .when({ kind: 'put', seller: pottery })
    .then([{ type: 'SellerChanged', data: { seller: pottery } }]);
});

test('a category stands below a known one and never below itself', () => {
  const known = new Map<string, Category>([
    ['home', { categoryId: 'home', name: {} }],
    ['kitchen', { categoryId: 'kitchen', parentId: 'home', name: {} }],
  ]);
  const parentOf = (id: string) => known.get(id);
  assert.equal(misplacement({ ...cups, parentId: 'kitchen' }, parentOf), undefined);
  assert.equal(misplacement({ ...cups, parentId: 'attic' }, parentOf)?.code, 'unknown_category');
  assert.equal(misplacement({ categoryId: 'home', parentId: 'kitchen', name: {} }, parentOf)?.code, 'category_cycle');
  assert.equal(misplacement({ categoryId: 'home', parentId: 'home', name: {} }, parentOf)?.code, 'category_cycle');
});
