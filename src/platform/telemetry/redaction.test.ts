import assert from 'node:assert/strict';
import { it } from 'node:test';
import { redacted, redactedText } from './redaction.ts';

it('telling names lose their values, at any depth', () => {
  const fields = {
    orderId: 'ord_1',
    request: { headers: { authorization: 'Bearer x', accept: '*/*' } },
    shippingAddress: { line1: '1 Market Road' },
    people: [{ email: 'kim@example.com', parcels: 2 }],
    paymentToken: 'abc',
    PostalCode: 'N1 9AG',
  };
  assert.deepEqual(redacted(fields), {
    orderId: 'ord_1',
    request: { headers: { authorization: '[redacted]', accept: '*/*' } },
    shippingAddress: '[redacted]',
    people: [{ email: '[redacted]', parcels: 2 }],
    paymentToken: '[redacted]',
    PostalCode: '[redacted]',
  });
});

it('what looks like a token or an e-mail address goes from texts', () => {
  const capability = `shp_${'0'.repeat(30)}.${'a'.repeat(43)}`;
  const text = redactedText(`sent Bearer abc.def-1 and ${capability} for kim.lee+x@shop.example.com with tok_visa`);
  assert.equal(text, `sent Bearer [redacted] and shp_${'0'.repeat(30)}.[redacted] for [redacted] with [redacted]`);
});

it('addresses lose who signs in there', () => {
  for (const address of ['postgres://shop:hunter2@db:5432/postgres', 'redis-sentinel://:hunter2@a:1,b:2/0#main'])
    assert.match(
      redactedText(`cannot reach "${address}"`),
      /^cannot reach "[a-z-]+:\/\/\[redacted\]@(db:5432|a:1,b:2)\//,
    );
  assert.equal(redactedText('GET http://127.0.0.1:80/@ko'), 'GET http://127.0.0.1:80/@ko');
});

it('errors keep their name and stack, and lose the same', () => {
  const error = new RangeError('no kim@example.com', { cause: new Error('tok_visa') });
  const text = JSON.stringify(redacted({ err: error }));
  assert.match(text, /RangeError/);
  assert.match(text, /redaction\.test\.ts/);
  assert.doesNotMatch(text, /kim@|tok_visa/);
});

it('a circle ends', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  assert.ok(JSON.stringify(redacted(circle)));
});
