import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkoutIn } from '../pages/checkout/kept.ts';
import { memoryIn } from './memory.ts';

test('what a browser remembers of its cart is read back, and nothing else', () => {
  const memory = { cartId: 'crt_1', count: 3, currency: 'KRW', lines: [{ sku: 'MUG', quantity: 3 }] };
  assert.deepEqual(memoryIn(JSON.stringify(memory)), memory);
  const odd = {
    ...memory,
    cartId: 7,
    lines: [
      { sku: 'MUG', quantity: 3 },
      { sku: 1, quantity: 'x' },
    ],
  };
  assert.deepEqual(memoryIn(JSON.stringify(odd)), { ...memory, cartId: null });
  for (const text of [null, '', 'null', '7', '{}', '[]', '{"count":"3"}'])
    assert.equal(memoryIn(text), undefined, `${text}`);
});

test('a checkout under way is read back with its key, and nothing else', () => {
  const wish = { key: 'one', body: { cartId: 'crt_1' } };
  const values = { email: 'sun@example.com', name: 'Sun' };
  assert.deepEqual(checkoutIn(JSON.stringify({ values, wish })), { values, wish });
  for (const text of [null, '', 'null', '7', '{"wish":{"key":1}}', '{"values":{"email":7}}', '{"wish":{"key":"one"}}'])
    assert.deepEqual(checkoutIn(text), {}, `${text}`);
});
