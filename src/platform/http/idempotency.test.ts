import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idempotencyOf, type RepeatableRequest, requiredIdempotency } from './idempotency.ts';

const request = (changes: Partial<RepeatableRequest> = {}): RepeatableRequest => ({
  method: 'POST',
  url: '/v1/carts/crt_1/checkout',
  routeOptions: { url: '/v1/carts/:cartId/checkout' },
  headers: { 'idempotency-key': 'abc' },
  body: { a: 1, b: [{ c: null }] },
  ...changes,
});

test('the same wish has the same key and hash, however its body is spelt', () => {
  const once = idempotencyOf(request(), 'shp_1');
  const again = idempotencyOf(request({ body: { b: [{ c: null }], a: 1 } }), 'shp_1');
  assert.deepEqual(once, again);
  assert.equal(once?.key, 'shp_1 POST /v1/carts/:cartId/checkout abc');
});

test('another principal or route is another scope; another body, list order or address is another wish', () => {
  const { key, bodyHash } = requiredIdempotency(request(), 'shp_1');
  assert.notEqual(requiredIdempotency(request(), 'shp_2').key, key);
  assert.notEqual(requiredIdempotency(request({ routeOptions: { url: '/v1/carts' } }), 'shp_1').key, key);
  for (const changes of [
    { body: { a: 2, b: [{ c: null }] } },
    { body: { a: 1, b: [{ c: null }, 1] } },
    { body: { a: '1', b: [{ c: null }] } },
    { body: undefined },
    { url: '/v1/carts/crt_2/checkout' },
  ]) {
    const other = requiredIdempotency(request(changes), 'shp_1');
    assert.equal(other.key, key);
    assert.notEqual(other.bodyHash, bodyHash);
  }
});

test('a quoted key is the key', () => {
  const quoted = request({ headers: { 'idempotency-key': '"abc"' } });
  assert.deepEqual(idempotencyOf(quoted, 'x'), idempotencyOf(request(), 'x'));
});

test('no key is no idempotency, or a problem where money moves', () => {
  assert.equal(idempotencyOf(request({ headers: {} }), 'x'), undefined);
  assert.throws(() => requiredIdempotency(request({ headers: {} }), 'x'), { code: 'idempotency_key_required' });
});

test('a key that cannot be kept is refused', () => {
  for (const key of ['', 'a b', 'é', 'x'.repeat(256)]) {
    assert.throws(() => idempotencyOf(request({ headers: { 'idempotency-key': key } }), 'x'), {
      code: 'validation_failed',
    });
  }
});
