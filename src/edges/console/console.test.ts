import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Type } from 'typebox';
import { problems } from '../../contracts/problems.ts';
import { systemRandom } from '../../platform/clock/system.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import { guardAdmin } from '../gateway/admin-guard.ts';
import { consoleRoutes } from './console.ts';
import { SESSION_MS } from './session.ts';

const ADMIN = 'the-admin-token-of-the-test';
const clock = virtualClock();
const folder = mkdtempSync(join(tmpdir(), 'jangteo-console-'));
let http: HttpServer;
let written: unknown;

before(async () => {
  mkdirSync(join(folder, 'assets'));
  const nonced = '<script type="module" src="/console/assets/main-1.js" nonce="__CSP_NONCE__"></script>';
  writeFileSync(join(folder, 'index.html'), `<!doctype html>${nonced}`);
  writeFileSync(join(folder, 'assets', 'main-1.js'), 'export {};');
  http = await serverUnderTest();
  guardAdmin(http, ADMIN);
  http.post(
    '/v1/admin/things/:id',
    { schema: { params: Type.Object({ id: Type.String() }), body: Type.Object({ note: Type.String() }) } },
    async ({ params, body, headers }, reply) => {
      written = { id: params.id, ...body, by: headers['jangteo-operator'], key: headers['idempotency-key'] };
      return reply.code(201).send(written);
    },
  );
  http.get('/v1/admin/things', async (request) => ({ query: request.query }));
  const routes = consoleRoutes({
    ...{ adminToken: ADMIN, secret: 'secret', problems, version: '1', pagesFolder: folder, clock },
    routes: [(scope) => void scope.get('/console/api/hello', async () => ({ hello: true }))],
    random: systemRandom,
  });
  await http.register(async (scope) => routes(scope as HttpServer));
});
after(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

interface Asking {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Record<string, string>;
  readonly payload?: object;
}

const ask = (url: string, { method = 'GET', headers = {}, payload }: Asking = {}) =>
  http.inject({ method, url, headers, ...(payload && { payload }) });

async function signIn(operator = 'Kim') {
  const answer = await ask('/console/api/session', { method: 'POST', payload: { token: ADMIN, operator } });
  assert.equal(answer.statusCode, 201, answer.body);
  const cookie = String(answer.headers['set-cookie']);
  return { cookie: cookie.split(';')[0] ?? '', whole: cookie, csrf: answer.json().csrfToken as string };
}

describe('signing in', () => {
  it('needs the admin token, and answers a cookie that no script can read', async () => {
    const wrong = await ask('/console/api/session', { method: 'POST', payload: { token: `${ADMIN}x` } });
    assert.equal(wrong.json().code, 'forbidden');
    assert.equal(wrong.headers['set-cookie'], undefined);
    const { whole, cookie } = await signIn();
    assert.match(whole, /HttpOnly/);
    assert.match(whole, /SameSite=Strict/);
    assert.match(whole, /Path=\/console/);
    assert.doesNotMatch(whole, /Secure/);
    assert.ok(!whole.includes(ADMIN));
    const { session } = (await ask('/console/api/session', { headers: { cookie } })).json();
    assert.equal(session.operator, 'Kim');
  });

  it('tells a stranger that nobody is signed in', async () => {
    assert.deepEqual((await ask('/console/api/session')).json(), { session: null });
    assert.equal((await ask('/console/api/hello')).json().code, 'unauthorized');
  });

  it('takes no cookie that was changed, or made with another secret', async () => {
    const { cookie } = await signIn();
    const forged = Buffer.from(JSON.stringify({ id: 'x', operator: 'y', expiresAt: 9e15 })).toString('base64url');
    for (const bad of [
      `${cookie}x`,
      cookie.replace('=', '=A'),
      `jangteo_console=${forged}.${cookie.split('.')[1]}`,
      'x',
    ]) {
      assert.equal((await ask('/console/api/hello', { headers: { cookie: bad } })).statusCode, 401, bad);
    }
  });

  it('ends with its time, and with signing out wherever the cookie was copied to', async () => {
    const first = await signIn();
    await clock.advance(SESSION_MS - 1);
    assert.equal((await ask('/console/api/hello', { headers: { cookie: first.cookie } })).statusCode, 200);
    await clock.advance(1);
    assert.equal((await ask('/console/api/hello', { headers: { cookie: first.cookie } })).statusCode, 401);
    const second = await signIn();
    const out = await ask('/console/api/session', { method: 'DELETE', headers: { cookie: second.cookie } });
    assert.equal(out.statusCode, 204);
    assert.match(String(out.headers['set-cookie']), /jangteo_console=;.*Max-Age=0/);
    assert.equal((await ask('/console/api/hello', { headers: { cookie: second.cookie } })).statusCode, 401);
  });

  it('is refused to another site’s page', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      const answer = await ask('/console/api/session', { method: 'POST', headers, payload: { token: ADMIN } });
      assert.equal(answer.json().code, 'cross_site_request');
    }
  });

  it('lets nobody guess for long', async () => {
    const guess = (token: string) =>
      http.inject({ method: 'POST', url: '/console/api/session', payload: { token }, remoteAddress: '10.0.0.9' });
    for (let index = 0; index < 10; index++) assert.equal((await guess(`guess-${index}`)).statusCode, 403);
    assert.equal((await guess(ADMIN)).json().code, 'too_many_requests');
    assert.equal((await ask('/console/api/session', { method: 'POST', payload: { token: ADMIN } })).statusCode, 201);
    await clock.advance(60_000);
    assert.equal((await guess(ADMIN)).statusCode, 201);
  });
});

describe('the passage to the administration', () => {
  it('reads with the session alone', async () => {
    const { cookie } = await signIn();
    const answer = await ask('/console/api/admin/things?limit=3', { headers: { cookie } });
    assert.deepEqual(answer.json(), { query: { limit: '3' } });
    assert.equal(answer.headers['cache-control'], 'no-store');
  });

  it('writes in the operator’s name, with the session’s token from our own page', async () => {
    const { cookie, csrf } = await signIn('Lee Sun');
    const write = (headers: Record<string, string>) =>
      ask('/console/api/admin/things/7', {
        method: 'POST',
        headers: { cookie, ...headers },
        payload: { note: '안녕' },
      });
    written = undefined;
    for (const bad of [{}, { 'x-csrf-token': 'x' }, { 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' }]) {
      assert.equal((await write(bad as Record<string, string>)).json().code, 'cross_site_request');
    }
    assert.equal(written, undefined);
    const answer = await write({ 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin', 'idempotency-key': 'k1' });
    assert.equal(answer.statusCode, 201);
    assert.deepEqual(written, { id: '7', note: '안녕', by: 'Lee Sun', key: 'k1' });
    const other = await signIn();
    assert.equal((await write({ 'x-csrf-token': other.csrf })).json().code, 'cross_site_request');
  });

  it('hands problems back as they are', async () => {
    const { cookie, csrf } = await signIn();
    const answer = await ask('/console/api/admin/things/7', {
      method: 'POST',
      headers: { cookie, 'x-csrf-token': csrf },
      payload: { wrong: 1 },
    });
    assert.equal(answer.json().code, 'validation_failed');
    assert.match(String(answer.headers['content-type']), /problem\+json/);
    assert.equal((await ask('/console/api/admin/nothing', { headers: { cookie } })).json().code, 'not_found');
  });
});

describe('the pages', () => {
  it('are one document at every address, with a nonce of its own each time', async () => {
    const [first, second] = [await ask('/console/orders/ord_1?tab=2'), await ask('/console/')];
    const nonce = /nonce="([^"]+)"/.exec(first.body)?.[1] ?? '';
    assert.ok(nonce.length >= 22);
    assert.ok(String(first.headers['content-security-policy']).includes(`'nonce-${nonce}'`));
    assert.match(String(first.headers['content-security-policy']), /script-src 'self';/);
    assert.ok(!second.body.includes(nonce));
    assert.equal((await ask('/console')).headers.location, '/console/');
  });

  it('have files that are kept for good, and no document where a file or an answer should be', async () => {
    const file = await ask('/console/assets/main-1.js');
    assert.match(String(file.headers['cache-control']), /immutable/);
    assert.equal((await ask('/console/assets/main-2.js')).json().code, 'not_found');
    assert.equal((await ask('/console/assets/%2e%2e%2findex.html')).json().code, 'not_found');
    assert.equal((await ask('/console/api/nothing')).json().code, 'not_found');
  });

  it('have an API with a document of its own', async () => {
    const { paths } = (await ask('/console/openapi.json')).json();
    assert.ok(paths['/console/api/session'].post);
    assert.ok(!Object.keys(paths).some((path) => path.startsWith('/v1/')));
  });
});
