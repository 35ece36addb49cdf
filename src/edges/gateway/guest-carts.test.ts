import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import { memoryRateLimits } from '../../platform/rate-limit/memory.ts';
import { guardGuestCarts, guestCartGate, networkOf } from './guest-carts.ts';

const clock = virtualClock();
let http: HttpServer;
before(async () => {
  http = await serverUnderTest();
  guardGuestCarts(http, guestCartGate(memoryRateLimits(clock), 3));
  http.post('/v1/carts', async (_request, reply) => reply.code(201).send({}));
  http.get('/v1/carts', async () => ({}));
});
after(() => http.close());

const open = (remoteAddress: string, headers: Record<string, string> = {}) =>
  http.inject({ method: 'POST', url: '/v1/carts', remoteAddress, headers });
const statuses = async (count: number, address: string, headers = {}) => {
  const answers: number[] = [];
  for (let asked = 0; asked < count; asked++) answers.push((await open(address, headers)).statusCode);
  return answers;
};

describe('carts of guests', () => {
  it('are limited for each address, and the refusal says how long to wait', async () => {
    assert.deepEqual(await statuses(4, '203.0.113.1'), [201, 201, 201, 429]);
    const refused = await open('203.0.113.1');
    assert.equal(refused.headers['retry-after'], '20');
    assert.match(String(refused.headers['content-type']), /^application\/problem\+json/);
    assert.deepEqual([refused.json().code, refused.json().status], ['too_many_requests', 429]);
    assert.deepEqual(await statuses(1, '203.0.113.2'), [201]);
    await clock.advance(20_000);
    assert.deepEqual(await statuses(2, '203.0.113.1'), [201, 429]);
  });

  it('count by networks of 64 bits, for whoever has one has all its addresses', async () => {
    assert.deepEqual(await statuses(2, '2001:db8:1:2::1'), [201, 201]);
    assert.deepEqual(await statuses(2, '2001:db8:1:2:ffff::9'), [201, 429]);
    assert.deepEqual(await statuses(1, '2001:db8:1:3::1'), [201]);
  });

  it('are not limited from this machine, nor for whoever shows a token, nor when they are read', async () => {
    assert.deepEqual(new Set(await statuses(10, '127.0.0.1')), new Set([201]));
    assert.deepEqual(new Set(await statuses(10, '203.0.113.9', { authorization: 'Bearer a.b' })), new Set([201]));
    for (let read = 0; read < 10; read++) {
      const answer = await http.inject({ method: 'GET', url: '/v1/carts', remoteAddress: '203.0.113.10' });
      assert.equal(answer.statusCode, 200);
    }
  });
});

describe('the network of an address', () => {
  it('is itself, or the first 64 bits, however it is written', () => {
    assert.deepEqual(
      [
        '203.0.113.1',
        '::ffff:203.0.113.1',
        '2001:db8::1',
        '2001:0DB8:0:0:1::',
        '::1',
        '2001:db8:a:b:c:d:e:f',
        'fe80::1%eth0',
      ].map(networkOf),
      ['203.0.113.1', '203.0.113.1', '2001:db8:0:0', '2001:db8:0:0', '0:0:0:0', '2001:db8:a:b', 'fe80:0:0:0'],
    );
  });
});
