import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeToken, encodeToken, positionsFor, tokenOf } from './token.ts';

const part = fc.record(
  { log: fc.string(), epoch: fc.string(), positions: fc.array(fc.nat(), { maxLength: 8 }) },
  { noNullPrototype: true },
);

test('a token comes back as it was, and is safe in a URL', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (token) => {
      const text = encodeToken(token);
      assert.match(text, /^[A-Za-z0-9_-]+$/);
      assert.deepEqual(decodeToken(text), { ok: true, token });
    }),
  );
});

test('text that is no token is an error value, whatever it is', () => {
  fc.assert(fc.property(fc.string(), (text) => void decodeToken(text)));
  const wrong = ['', '!', 'e30', encodeToken([]).slice(0, -1), Buffer.from('[["a","b",-1]]').toString('base64url')];
  for (const text of [...wrong, Buffer.from('[["a","b",1.5]]').toString('base64url'), 'A'.repeat(5_000)]) {
    assert.deepEqual(decodeToken(text), { ok: false }, text);
  }
});

test('a token of another log or another epoch says nothing', () => {
  const token = tokenOf({ name: 'orders', epoch: 'first' }, [1, 2]);
  assert.deepEqual(positionsFor(token, { name: 'orders', epoch: 'first' }), [1, 2]);
  assert.equal(positionsFor(token, { name: 'orders', epoch: 'restored' }), undefined);
  assert.equal(positionsFor(token, { name: 'cart', epoch: 'first' }), undefined);
});
