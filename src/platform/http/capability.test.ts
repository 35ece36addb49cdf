import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearerOf, capabilities } from './capability.ts';

const SHOPPER = 'shp_0001abcdefghjk0123456789abcdef';
const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test('a token speaks for its shopper, in another process too', () => {
  const token = capabilities('secret').issue(SHOPPER);
  assert.ok(token.startsWith(`${SHOPPER}.`));
  const elsewhere = capabilities('secret');
  assert.equal(elsewhere.shopperOf(withToken(token)), SHOPPER);
  assert.equal(elsewhere.shopperOf(withToken(token)), SHOPPER, 'remembered');
  assert.equal(elsewhere.shopperOf({ headers: { authorization: `bearer ${token}` } }), SHOPPER);
});

test('no token is nobody', () => assert.equal(capabilities('secret').shopperOf({ headers: {} }), undefined));

test('a token that is not ours is unauthorized', () => {
  const ours = capabilities('secret');
  const token = ours.issue(SHOPPER);
  const [shopper = '', mac = ''] = token.split('.');
  const forged = [
    `${token}x`,
    token.slice(0, -1),
    `shp_other.${mac}`,
    `${shopper}.`,
    `.${mac}`,
    shopper,
    '',
    `${shopper}.${'é'.repeat(mac.length)}`,
    capabilities('another secret').issue(SHOPPER),
    'x'.repeat(10_000),
  ];
  for (const each of forged) assert.throws(() => ours.shopperOf(withToken(each)), { code: 'unauthorized' }, each);
  assert.throws(() => ours.shopperOf({ headers: { authorization: 'Basic abc' } }), { code: 'unauthorized' });
});

test('the bearer token of a header', () => {
  assert.equal(bearerOf('Bearer  abc '), 'abc');
  assert.equal(bearerOf('Basic abc'), undefined);
  assert.equal(bearerOf(undefined), undefined);
});
