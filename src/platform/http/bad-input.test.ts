import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { InjectOptions } from 'fastify';
import { Type } from 'typebox';
import { problems } from '../../contracts/problems.ts';
import { decodeCursor } from './cursor.ts';
import type { HttpServer } from './port.ts';
import { serverUnderTest } from './server-harness.ts';

let http: HttpServer;
before(async () => {
  http = await serverUnderTest({ bodyLimit: 10_000 });
  const Line = Type.Object(
    {
      sku: Type.String({ minLength: 1, maxLength: 10, pattern: '^[\\x21-\\x7E]*$' }),
      quantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
      gift: Type.Optional(Type.Union([Type.Literal('box'), Type.Literal('bag')])),
      notes: Type.Optional(Type.Array(Type.Unknown())),
    },
    { additionalProperties: false },
  );
  http.post('/carts/:cartId/lines', { schema: { body: Line } }, async ({ body }) => body);
  http.delete('/carts/:cartId/lines', async () => ({ deleted: true }));
  http.get(
    '/things',
    {
      schema: {
        querystring: Type.Object(
          {
            limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
            q: Type.Optional(Type.String({ maxLength: 10 })),
            exact: Type.Optional(Type.Boolean()),
            cursor: Type.Optional(Type.String()),
          },
          { additionalProperties: false },
        ),
      },
    },
    async ({ query }) => ({ ...query, after: decodeCursor(query.cursor) ?? null }),
  );
  http.get('/things/:thing', async ({ params }) => params);
  await http.listen({ port: 0, host: '127.0.0.1' });
});
after(() => http.close());

const json = { 'content-type': 'application/json' };
const line = (payload: string | Buffer | object): InjectOptions => ({
  method: 'POST',
  url: '/carts/c/lines',
  headers: json,
  payload,
});
const get = (url: string): InjectOptions => ({ method: 'GET', url });

describe('each bad input has its own code', () => {
  const cases: readonly (readonly [string, InjectOptions, string, string?])[] = [
    ['malformed JSON', line('{"sku": '), 'malformed_request'],
    ['a poisoned prototype', line('{"__proto__": {"x": 1}, "sku": "a", "quantity": 1}'), 'malformed_request'],
    ['a poisoned constructor', line('{"constructor": {"prototype": {"x": 1}}}'), 'malformed_request'],
    ['an escaped NUL', line('{"sku": "a\\u0000", "quantity": 1}'), 'invalid_text', 'body/sku'],
    ['a NUL in a name', line('{"a\\u0000": 1}'), 'invalid_text'],
    ['a raw NUL', line('{"sku": "a\0", "quantity": 1}'), 'invalid_text'],
    ['half a surrogate pair', line('{"sku": "\\ud83d", "quantity": 1}'), 'invalid_text', 'body/sku'],
    ['a pair the wrong way round', line('{"notes": [["\\ude00\\ud83d"]]}'), 'invalid_text', 'body/notes/0/0'],
    ['broken UTF-8', line(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 'invalid_text'],
    ['UTF-8 of a surrogate', line(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), 'invalid_text'],
    ['a NUL in the query', get('/things?q=a%00'), 'invalid_text'],
    ['a NUL in the path', get('/things/a%00b'), 'invalid_text'],
    ['broken UTF-8 in the query', get('/things?q=%ff%fe'), 'invalid_text'],
    ['broken UTF-8 in the path', get('/things/%ff'), 'invalid_text'],
    ['a stray percent sign in the query', get('/things?q=50%'), 'malformed_request'],
    ['a stray percent sign in the path', get('/things/50%zz'), 'malformed_request'],
    ['another content type', { ...line('<a/>'), headers: { 'content-type': 'text/xml' } }, 'unsupported_media_type'],
    ['text for JSON', { ...line('{}'), headers: { 'content-type': 'text/plain' } }, 'unsupported_media_type'],
    ['no content type', { ...line('{}'), headers: {} }, 'unsupported_media_type'],
    ['a content type that is none', { ...line('{}'), headers: { 'content-type': '///' } }, 'unsupported_media_type'],
    ['an oversized body', line(`{"sku": "${'x'.repeat(10_000)}"}`), 'payload_too_large'],
    ['zero', line({ sku: 'a', quantity: 0 }), 'validation_failed', 'body/quantity must be at least 1'],
    ['negative', line({ sku: 'a', quantity: -1 }), 'validation_failed', 'body/quantity must be at least 1'],
    ['fractional', line({ sku: 'a', quantity: 1.5 }), 'validation_failed', 'body/quantity must be a whole number'],
    ['huge', line({ sku: 'a', quantity: 1e15 }), 'validation_failed', 'body/quantity must be at most 10000'],
    [
      'beyond all',
      line('{"sku": "a", "quantity": 1e999}'),
      'validation_failed',
      'body/quantity must be a whole number',
    ],
    [
      'a number as text',
      line({ sku: 'a', quantity: '1' }),
      'validation_failed',
      'body/quantity must be a whole number',
    ],
    ['a field missing', line({ sku: 'a' }), 'validation_failed', 'body/quantity is required'],
    ['a field too many', line({ sku: 'a', quantity: 1, price: 1 }), 'validation_failed', 'body/price is not a field'],
    [
      'none of the choices',
      line({ sku: 'a', quantity: 1, gift: 'x' }),
      'validation_failed',
      'must be one of "box", "bag"',
    ],
    ['too long', line({ sku: 'a'.repeat(11), quantity: 1 }), 'validation_failed', 'at most 10 characters'],
    ['another alphabet', line({ sku: '가', quantity: 1 }), 'validation_failed', 'body/sku does not have the form'],
    ['a list for an object', line('[]'), 'validation_failed', 'body must be an object'],
    ['no body', { method: 'POST', url: '/carts/c/lines' }, 'validation_failed', 'body must be an object'],
    ['a fraction in the query', get('/things?limit=1.5'), 'validation_failed', 'query/limit must be a whole number'],
    [
      'text for a number in the query',
      get('/things?limit=ten'),
      'validation_failed',
      'query/limit must be a whole number',
    ],
    ['over the cap', get('/things?limit=101'), 'validation_failed', 'query/limit must be at most 100'],
    ['a parameter twice', get('/things?limit=1&limit=2'), 'validation_failed', 'query/limit must be a whole number'],
    ['an unknown parameter', get('/things?offset=1'), 'validation_failed', 'query/offset is not a field'],
    ['a bad cursor', get('/things?cursor=rubbish'), 'invalid_cursor'],
    ['an unknown route', get('/nothing'), 'not_found'],
    ['an unknown route with a bad body', { ...line('{'), url: '/nothing' }, 'not_found'],
    ['a path beyond measure', get(`/things/${'x'.repeat(600)}`), 'not_found'],
    ['a wrong method', { method: 'PUT', url: '/carts/c/lines' }, 'method_not_allowed'],
  ];
  for (const [name, request, code, told] of cases) {
    it(`${name}: ${code}`, async () => {
      const answer = await http.inject(request);
      const problem = answer.json();
      assert.equal(problem.code, code, answer.body);
      const kind = problems[code as keyof typeof problems];
      assert.equal(answer.statusCode, kind.status);
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
      assert.deepEqual([problem.type, problem.title, problem.status], [`/problems/${code}`, kind.title, kind.status]);
      assert.equal(problem.requestId, answer.headers['x-request-id']);
      assert.ok(!String(problem.instance).includes('?'), 'an instance repeats no query');
      if (told !== undefined)
        assert.ok(JSON.stringify(problem).includes(JSON.stringify(told).slice(1, -1)), answer.body);
    });
  }
});

it('a wrong method is told the right ones', async () => {
  const answer = await http.inject({ method: 'PUT', url: '/carts/c/lines' });
  assert.equal(answer.headers.allow, 'DELETE, POST');
});

it('several mistakes are told one by one, and no value is repeated', async () => {
  const answer = await http.inject(line({ sku: 'the secret words', quantity: 0, price: 'secret' }));
  assert.deepEqual(
    new Set(answer.json().errors.map(({ path }: { path: string }) => path)),
    new Set(['body/sku', 'body/quantity', 'body/price']),
  );
  assert.ok(!answer.body.includes('secret'));
});

it('good text passes untouched: escapes, pairs, Korean, percent signs', async () => {
  const sent = '{"sku": "a", "quantity": 1, "notes": ["\\u0041\\ud83d\\ude00", "찻잔", "\\\\u0000"]}';
  assert.deepEqual((await http.inject(line(sent))).json().notes, ['A😀', '찻잔', '\\u0000']);
  assert.equal((await http.inject(get('/things?q=%EC%B0%BB%20100%25'))).json().q, '찻 100%');
  assert.equal((await http.inject(get('/things/%EC%B0%BB'))).json().thing, '찻');
});

it('a query is read as its schema says', async () => {
  assert.deepEqual((await http.inject(get('/things?limit=7&exact=true'))).json(), {
    limit: 7,
    exact: true,
    after: null,
  });
  assert.deepEqual((await http.inject(get('/things'))).json(), { limit: 20, after: null });
});

it('a body that nests deeper than calls may is answered like any other', async () => {
  const deep = `{"sku": "\\u0041", "quantity": 1, "notes": ${'['.repeat(4_000)}${']'.repeat(4_000)}}`;
  assert.equal((await http.inject(line(deep))).statusCode, 200);
});

it('a delete that says JSON and sends nothing is a delete', async () => {
  const answer = await http.inject({ method: 'DELETE', url: '/carts/c/lines', headers: json });
  assert.deepEqual(answer.json(), { deleted: true });
});

describe('on a real socket', () => {
  const raw = async (request: string | Buffer) => {
    const { port } = http.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(request);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 300))]);
    socket.destroy();
    return answer;
  };

  it('what is not HTTP is malformed_request', async () => {
    const answer = await raw('hello\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /"code":"malformed_request"/);
  });

  it('a request that says JSON and sends nothing is answered, not waited for', async () => {
    const head = (method: string) =>
      `${method} /carts/c/lines HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n`;
    assert.match(await raw(head('DELETE')), /"deleted":true/);
    assert.match(await raw(head('POST')), /"code":"validation_failed"/);
  });

  it('raw Korean in an address is told how to be sent', async () => {
    const answer = await raw(Buffer.from('GET /things?q=찻잔 HTTP/1.1\r\nHost: x\r\n\r\n'));
    assert.match(answer, /"code":"malformed_request"/);
    assert.match(answer, /percent-encode/);
  });

  it('a body that never ends in time is cut at its limit', async () => {
    const head =
      'POST /carts/c/lines HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await raw(`${head}4e20\r\n${'x'.repeat(20_000)}\r\n`);
    assert.match(answer, /"code":"payload_too_large"/);
  });

  it('a whole client that sends far too much reads why', async () => {
    const { port } = http.server.address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${port}/carts/c/lines`, {
      method: 'POST',
      headers: json,
      body: 'x'.repeat(3_000_000),
    });
    assert.equal(((await answer.json()) as { code: string }).code, 'payload_too_large');
  });
});
