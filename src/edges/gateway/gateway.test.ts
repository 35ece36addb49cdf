import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Type } from 'typebox';
import { done, rejected } from '../../kernel/outcome.ts';
import { systemRandom } from '../../platform/clock/system.ts';
import type { Case, Hospital } from '../../platform/hospital/port.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { readiness } from '../../platform/http/readiness.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import { createTracing } from '../../platform/telemetry/tracing.ts';
import type { ViewStatus } from '../../platform/views/port.ts';
import { gateway } from './gateway.ts';

const ADMIN = 'the-admin-token';
const admin = { authorization: `Bearer ${ADMIN}` };
const view = (service: string, name: string): ViewStatus => ({
  service,
  name,
  version: 1,
  generation: 1,
  lagEvents: 2,
  lagMs: 5,
});

const sick: Case = {
  id: 'stock-0-7',
  subscription: 'stock',
  source: 'orders',
  subject: 'ord_1',
  status: 'open',
  openedAt: 1_000,
  event: {
    source: 'orders',
    type: 'OrderConfirmed',
    data: { orderId: 'ord_1' },
    subject: 'ord_1',
    version: 2,
    at: 900,
    partition: 0,
    position: 7,
    metadata: {},
    schemaVersion: 1,
  },
  failure: {
    kind: 'rejected',
    code: 'reservation_lost',
    detail: 'Not held.',
    extra: { sku: 'a' },
    attempts: 5,
    at: 1_000,
  },
  waiting: 1,
  audit: [{ at: 1_000, by: 'stock', act: 'admitted' }],
};

let http: HttpServer;
let handled = 0;
const acts: string[] = [];
before(async () => {
  const state = readiness();
  state.enter('ready');
  state.addCheck('storage', () => ({ ok: true, detail: { database: 'orders' } }));
  const tracing = await createTracing({ random: systemRandom, ratio: 1 });
  http = await serverUnderTest({ readiness: state, tracing });
  const missing = rejected({ code: 'unknown_case', detail: 'There is no such case.' });
  const answering = (act: string) => async (id: string) => {
    if (id !== sick.id) return missing;
    acts.push(act);
    return act === 'retry' ? rejected({ code: 'case_closed', detail: 'Closed.' }) : done(sick);
  };
  const hospital: Hospital = {
    admit: () => Promise.reject(new Error('nobody admits here')),
    list: async () => [sick],
    show: async (id) => (id === sick.id ? done({ case: sick, waiting: [sick.event], notices: [] }) : missing),
    retry: answering('retry'),
    discharge: async (id, { by, why }) => answering(`discharge by ${by}: ${why}`)(id),
    edit: async (id, _act, data) => answering(`edit ${JSON.stringify(data)}`)(id),
    dryRun: async () =>
      done({
        ...{ wouldSucceed: true, verdict: 'would_succeed', said: 'It would change nothing.' },
        ...{ intents: [], documents: [], outward: [] },
      }),
    status: async () => ({ reported: {} }),
    close: async () => {},
  };
  await gateway({
    http,
    adminToken: ADMIN,
    hospitals: { inventory: hospital },
    routes: [
      (part) => {
        part.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
        part.put('/v1/admin/stock/:sku', { schema: { body: Type.Object({ onHand: Type.Integer() }) } }, async () => {
          handled++;
          return {};
        });
      },
      (part) => {
        part.post('/v1/carts', async () => ({}));
      },
    ],
    views: {
      status: async () => [view('orders', 'status'), view('orders', 'list'), view('catalog', 'list')],
      rebuild: async (service, name) =>
        done({ ...view(service, name), rebuilding: { generation: 2, appliedEvents: 0, totalEvents: 9 } }),
    },
    sagas: {
      orders: {
        inFlight: async () => [
          {
            saga: 'checkout',
            id: 'ord_1',
            input: { contact: 'must not be shown' },
            state: { phase: 'forward', step: 1, answers: {}, since: 5, attempts: 3 },
            startedAt: 5,
            ...{ step: 'authorise', driven: true, lastFailure: { reason: 'timeout', at: 8 }, nextTryAt: 9 },
          },
        ],
      },
    },
    readiness: state,
    traces: tracing.recent,
  });
});

describe('the administration', () => {
  const put = (headers: Record<string, string>, url = '/v1/admin/stock/a', payload = '{"onHand": 1}') =>
    http.inject({ method: 'PUT', url, headers: { 'content-type': 'application/json', ...headers }, payload });

  it('opens with its token only', async () => {
    assert.equal((await put(admin)).statusCode, 200);
    assert.equal(handled, 1);
    for (const [headers, status, code] of [
      [{}, 401, 'unauthorized'],
      [{ authorization: 'Basic abc' }, 401, 'unauthorized'],
      [{ authorization: 'Bearer wrong' }, 403, 'forbidden'],
      [{ authorization: `Bearer ${ADMIN}x` }, 403, 'forbidden'],
      [{ authorization: 'Bearer ' }, 403, 'forbidden'],
    ] as const) {
      const answer = await put(headers);
      assert.deepEqual([answer.statusCode, answer.json().code], [status, code], JSON.stringify(headers));
    }
    assert.equal(handled, 1);
  });

  it('is guarded however its address is spelt, and before anything else is looked at', async () => {
    for (const url of ['/v1/%61dmin/stock/a', '/v1/admin/stock/%61', '/v1/admin/stock/a?x=1']) {
      assert.equal((await put({}, url)).statusCode, 401, url);
    }
    assert.equal((await put({}, '/v1/admin/stock/a', '{"broken')).statusCode, 401);
    assert.equal((await http.inject({ method: 'HEAD', url: '/v1/admin/views' })).statusCode, 401);
    for (const url of [
      '/v1/admin/hospital',
      '/v1/admin/views',
      '/v1/admin/sagas',
      '/v1/admin/health',
      `/v1/admin/traces/${'a'.repeat(32)}`,
    ]) {
      assert.equal((await http.inject(url)).statusCode, 401, url);
    }
  });

  it('leaves the rest open', async () => {
    assert.equal((await http.inject({ method: 'POST', url: '/v1/carts' })).statusCode, 200);
  });
});

const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const answer = await http.inject({ method, url, headers: admin, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
};

describe('the hospital', () => {
  it('lists and shows cases under one id', async () => {
    const { body } = await ask('GET', '/v1/admin/hospital?status=open');
    assert.equal(body.nextCursor, null);
    const [listed] = body.items;
    assert.equal(listed.caseId, 'inventory.stock-0-7');
    assert.deepEqual(listed.failure, sick.failure);
    const shown = await ask('GET', `/v1/admin/hospital/${listed.caseId}`);
    assert.deepEqual([shown.body.event, shown.body.behind.length], [JSON.parse(JSON.stringify(sick.event)), 1]);
  });

  it('acts on a case and tells what was refused', async () => {
    const at = '/v1/admin/hospital/inventory.stock-0-7';
    assert.equal((await ask('POST', `${at}/discharge`)).status, 200);
    assert.equal((await ask('POST', `${at}/discharge`, { note: 'sold twice' })).status, 200);
    assert.equal((await ask('PUT', `${at}/data`, { data: { orderId: 'ord_2' } })).status, 200);
    assert.equal((await ask('POST', `${at}/dry-run`)).body.wouldSucceed, true);
    assert.deepEqual((await ask('POST', `${at}/retry`)).body.code, 'case_closed');
    assert.equal((await ask('POST', '/v1/admin/hospital/inventory.other/retry')).body.code, 'unknown_case');
    assert.equal((await ask('POST', '/v1/admin/hospital/nobody.x/retry')).body.code, 'unknown_case');
    assert.equal((await ask('POST', `${at}/discharge`, { reason: 'x' })).body.code, 'validation_failed');
    assert.deepEqual(acts, [
      'discharge by admin: undefined',
      'discharge by admin: sold twice',
      'edit {"orderId":"ord_2"}',
      'retry',
    ]);
  });

  it('refuses a bad cursor', async () => {
    assert.equal((await ask('GET', '/v1/admin/hospital?cursor=abc')).body.code, 'invalid_cursor');
  });
});

describe('the rest of the administration', () => {
  it('views are listed and rebuilt by name', async () => {
    assert.equal((await ask('GET', '/v1/admin/views')).body.items.length, 3);
    const rebuilt = await ask('POST', '/v1/admin/views/status/rebuild');
    assert.deepEqual([rebuilt.status, rebuilt.body.service, rebuilt.body.rebuilding.totalEvents], [202, 'orders', 9]);
    assert.equal((await ask('POST', '/v1/admin/views/catalog.list/rebuild')).body.service, 'catalog');
    assert.match((await ask('POST', '/v1/admin/views/list/rebuild')).body.detail, /orders\.list, catalog\.list/);
    assert.equal((await ask('POST', '/v1/admin/views/none/rebuild')).body.code, 'unknown_view');
  });

  it('sagas are shown without what they were given', async () => {
    const { body } = await ask('GET', '/v1/admin/sagas');
    assert.deepEqual(body.items, [
      {
        service: 'orders',
        saga: 'checkout',
        id: 'ord_1',
        phase: 'forward',
        step: 'authorise',
        attempts: 3,
        startedAt: 5,
        waitingSince: 5,
        driven: true,
        lastFailure: { reason: 'timeout', at: 8 },
        nextTryAt: 9,
      },
    ]);
  });

  it('health tells every part with its detail', async () => {
    const { body } = await ask('GET', '/v1/admin/health');
    assert.deepEqual(body, {
      ready: true,
      phase: 'ready',
      parts: [{ part: 'storage', ok: true, detail: { database: 'orders' } }],
    });
  });

  it('a trace is found by the id of its request', async () => {
    const { headers } = await http.inject({ method: 'POST', url: '/v1/carts' });
    const { body } = await ask('GET', `/v1/admin/traces/${headers['x-request-id']}`);
    assert.equal(body.spans[0].name, 'POST /v1/carts');
    assert.equal((await ask('GET', `/v1/admin/traces/${'0'.repeat(32)}`)).body.code, 'not_found');
  });

  it('every operation is documented', async () => {
    const document = (await http.inject('/openapi.json')).json();
    const operations = Object.entries<Record<string, { summary?: string }>>(document.paths).filter(([path]) =>
      /hospital|views|sagas|health$|traces/.test(path),
    );
    assert.ok(operations.length >= 9);
    for (const [path, methods] of operations) {
      for (const operation of Object.values(methods)) assert.ok(operation.summary, path);
    }
  });
});

describe('the first page', () => {
  it('speaks the language of who asks', async () => {
    const page = async (headers: Record<string, string>, url = '/developers') =>
      (await http.inject({ url, headers })).body;
    assert.match(await page({}), /<html lang="en">/);
    assert.match(await page({ 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' }), /<html lang="ko">/);
    assert.match(await page({ 'accept-language': 'de,fr;q=0.5' }), /<html lang="en">/);
    assert.match(await page({ 'accept-language': 'ko' }, '/developers?lang=en'), /<html lang="en">/);
  });

  it('names the address it was asked at, and no other text of the asker', async () => {
    const at = async (host: string) => (await http.inject({ url: '/developers', headers: { host } })).body;
    assert.match(await at('shop.example:81'), /curl -X POST http:\/\/shop\.example:81\/v1\/carts/);
    const attack = await at('"><script>alert(1)</script>');
    assert.doesNotMatch(attack, /<script/);
    assert.match(attack, /localhost:8080/);
  });

  it('loads nothing from elsewhere and runs no script', async () => {
    const { body, headers } = await http.inject('/developers');
    assert.doesNotMatch(body, /<script|src=|@import|url\(/);
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/);
  });
});
