import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../kernel/json.ts';
import { sameContent } from './same-content.ts';

test('a value says the same as its copy with the fields of every object turned round', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.ok(sameContent(value as Json, turned(value as Json)));
    }),
  );
});

test('what differs anywhere differs', () => {
  assert.ok(!sameContent({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }));
  assert.ok(!sameContent({ a: 1 }, { a: 1, b: null }));
  assert.ok(!sameContent([1, 2], [2, 1]));
  assert.ok(!sameContent([], {}));
  assert.ok(!sameContent(null, {}));
  assert.ok(sameContent({ a: 1, b: undefined }, { a: 1 }));
});

function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, each]) => [name, turned(each as Json)]),
  );
}
