import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities } from '../../platform/http/capability.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import { shopperSessions } from './session.ts';
import { guardWrites } from './write-guard.ts';

async function opened(isSecure = false): Promise<HttpServer> {
  const sessions = shopperSessions(capabilities('secret'), isSecure);
  const http = await serverUnderTest();
  await http.register(async (scope) => {
    guardWrites(scope as HttpServer);
    scope.get('/web/v1/who', async (request) => sessions.of(request));
    scope.get('/web/v1/lost', async (request) => ({ lost: sessions.isLost(request) }));
    scope.post('/web/v1/begin', async (_request, reply) => {
      sessions.begin(reply, { shopperId: 'shp_1', cartId: 'crt_1' });
      return {};
    });
    scope.post('/en/begin', { config: { plainForm: true } }, async () => ({}));
    scope.post('/web/v1/leave', async (_request, reply) => {
      sessions.leaveCart(reply);
      return {};
    });
  });
  return http;
}

const ours = { 'x-jangteo': '1', 'sec-fetch-site': 'same-origin' };
const cookiesOf = (answer: { headers: Record<string, unknown> }) => [answer.headers['set-cookie']].flat().map(String);
const sent = (cookies: readonly string[]) => ({ cookie: cookies.map((each) => each.split(';')[0]).join('; ') });

test('a browser speaks for a shopper by a cookie that no script reads, and leaves its cart without losing its orders', async () => {
  const http = await opened();
  const begun = cookiesOf(await http.inject({ method: 'POST', url: '/web/v1/begin', headers: ours }));
  assert.equal(begun.length, 2);
  for (const cookie of begun) assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Lax$/);
  const who = async (headers: Record<string, string>) => (await http.inject({ url: '/web/v1/who', headers })).json();
  assert.deepEqual(await who(sent(begun)), { shopperId: 'shp_1', cartId: 'crt_1' });
  const left = cookiesOf(await http.inject({ method: 'POST', url: '/web/v1/leave', headers: ours }));
  assert.match(left[0] ?? '', /^cart=; Max-Age=0;/);
  assert.deepEqual(await who(sent(begun.slice(0, 1))), { shopperId: 'shp_1' });
});

test('a token that is not ours is no session, and neither is a cart without one', async () => {
  const http = await opened();
  const who = async (cookie: string) => (await http.inject({ url: '/web/v1/who', headers: { cookie } })).json();
  const other = capabilities('another secret').issue('shp_1');
  for (const cookie of ['', 'shopper=', 'shopper=shp_1.x', `shopper=${other}; cart=crt_1`, 'cart=crt_1', 'shopper=%'])
    assert.deepEqual(await who(cookie), {}, cookie);
  const lost = async (cookie: string) => (await http.inject({ url: '/web/v1/lost', headers: { cookie } })).json().lost;
  for (const cookie of [`shopper=${other}`, 'shopper=', 'cart=crt_1']) assert.equal(await lost(cookie), true, cookie);
  const own = capabilities('secret').issue('shp_1');
  for (const cookie of ['', `shopper=${own}`]) assert.equal(await lost(cookie), false, cookie);
  assert.deepEqual(await who(`shopper=${own}; cart=../../x`), { shopperId: 'shp_1' });
});

test('on https the cookies are Secure and bound to the host', async () => {
  const http = await opened(true);
  const begun = cookiesOf(await http.inject({ method: 'POST', url: '/web/v1/begin', headers: ours }));
  for (const cookie of begun) assert.match(cookie, /^__Host-.*; Secure(;|$)/);
  assert.equal((await http.inject({ url: '/web/v1/who', headers: sent(begun) })).json().shopperId, 'shp_1');
});

test('a write that does not come from our own pages is refused', async () => {
  const http = await opened();
  const write = async (headers: Record<string, string>) => {
    const answer = await http.inject({ method: 'POST', url: '/web/v1/begin', headers });
    return answer.statusCode === 200 ? 'taken' : answer.json().code;
  };
  const host = 'shop.example';
  assert.equal(await write(ours), 'taken');
  assert.equal(await write({ 'x-jangteo': '1', host, origin: 'https://shop.example' }), 'taken');
  for (const headers of [
    {},
    { 'sec-fetch-site': 'same-origin' },
    { ...ours, 'sec-fetch-site': 'cross-site' },
    { ...ours, 'sec-fetch-site': 'same-site' },
    { 'x-jangteo': '1', host, origin: 'https://evil.example' },
    { 'x-jangteo': '1', host, origin: 'null' },
  ])
    assert.equal(await write(headers as Record<string, string>), 'cross_site_request', JSON.stringify(headers));
  const form = async (headers: Record<string, string>) =>
    (await http.inject({ method: 'POST', url: '/en/begin', headers })).statusCode;
  assert.equal(await form({ 'sec-fetch-site': 'same-origin' }), 200);
  assert.equal(await form({ host, origin: 'https://shop.example' }), 200);
  assert.equal(await form({ host, origin: 'https://evil.example' }), 403);
  assert.equal(await form({ 'sec-fetch-site': 'cross-site', 'x-jangteo': '1' }), 403);
});
