import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked, moved, optionsOf } from './options.ts';

const mug = { productId: 'mug', title: 'Mug', image: null, price: null };

test('categories come first, then products, then the way to the rest if there is one', () => {
  const found = { categories: [{ categoryId: 'tea', name: 'Tea' }], products: [mug], total: 9 };
  assert.deepEqual(
    optionsOf('머그 컵&', found).map(({ href }) => href),
    ['/c/tea', '/p/mug', '/search?q=%EB%A8%B8%EA%B7%B8%20%EC%BB%B5%26'],
  );
  assert.deepEqual(
    optionsOf('mug', { ...found, total: 1 }).map(({ kind }) => kind),
    ['category', 'product'],
  );
  const ids = optionsOf('mug', found).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test('arrows go round by way of the field', () => {
  assert.equal(moved(-1, 3, 1), 0);
  assert.equal(moved(2, 3, 1), -1);
  assert.equal(moved(-1, 3, -1), 2);
  assert.equal(moved(0, 3, -1), -1);
  assert.equal(moved(-1, 0, 1), -1);
});

test('what was typed is marked where it stands, whatever its case', () => {
  assert.deepEqual(marked('Moon jar mug', 'JAR'), [
    { text: 'Moon ', isTyped: false },
    { text: 'jar', isTyped: true },
    { text: ' mug', isTyped: false },
  ]);
  assert.deepEqual(marked('달항아리 머그컵', '머그'), [
    { text: '달항아리 ', isTyped: false },
    { text: '머그', isTyped: true },
    { text: '컵', isTyped: false },
  ]);
  assert.deepEqual(marked('커피', '컾'), [{ text: '커피', isTyped: false }]);
  assert.deepEqual(marked('커피', ' '), [{ text: '커피', isTyped: false }]);
});
