import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../kernel/json.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

test('a cursor holds what was put in', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as Json;
      assert.deepEqual(decodeCursor(encodeCursor(plain, 'list'), 'list'), plain);
    }),
  );
});

test('no cursor is the start', () => assert.equal(decodeCursor(undefined), undefined));

test('any other text is invalid_cursor', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      assert.throws(() => decodeCursor(text), { code: 'invalid_cursor' });
    }),
  );
});

test('a cursor that was changed, cut or taken from another list is invalid_cursor', () => {
  const cursor = encodeCursor({ at: 12, key: 'abc' }, 'orders');
  for (let index = 0; index < cursor.length; index++) {
    const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
    assert.throws(() => decodeCursor(changed, 'orders'), { code: 'invalid_cursor' });
    assert.throws(() => decodeCursor(cursor.slice(0, index), 'orders'), { code: 'invalid_cursor' });
  }
  assert.throws(() => decodeCursor(cursor, 'products'), { code: 'invalid_cursor' });
  assert.throws(() => decodeCursor('x'.repeat(5_000)), { code: 'invalid_cursor' });
});
