import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, it } from 'node:test';
import { Type } from 'typebox';
import { problems } from '../../contracts/problems.ts';
import type { HttpServer } from './port.ts';
import { serverUnderTest } from './server-harness.ts';

interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object; readonly securitySchemes: object };
}

let http: HttpServer;
let document: Document;
before(async () => {
  http = await serverUnderTest();
  http.post(
    '/v1/carts/:cartId/checkout',
    {
      schema: {
        summary: 'Check out',
        params: Type.Object({ cartId: Type.String() }),
        body: Type.Object({ kind: Type.Literal('x') }),
        response: { 202: Type.Object({ orderId: Type.String() }) },
      },
      config: {
        problems: ['unauthorized', 'card_declined', 'out_of_stock', 'price_changed'],
        idempotencyKey: 'required',
        waits: true,
      },
    },
    async (_request, reply) => reply.code(202).send({ orderId: 'o' }),
  );
  http.get('/v1/admin/stock', { schema: { summary: 'Stock' } }, async () => ({}));
  document = (await http.inject('/openapi.json')).json();
});

it('is OpenAPI 3.1, and every operation has a summary, a tag and its problems', () => {
  assert.equal(document.openapi, '3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.ok(operations.length >= 6);
  for (const { summary, tags, responses } of operations) {
    assert.ok(summary);
    assert.ok(tags.length > 0);
    assert.ok('500' in responses && '503' in responses && '400' in responses, summary);
  }
});

it('an operation tells its problems by status, its headers and whose token it takes', () => {
  const operation = document.paths['/v1/carts/{cartId}/checkout']?.post;
  assert.ok(operation);
  assert.deepEqual(Object.keys(operation.responses), [
    '202',
    '400',
    '401',
    '402',
    '409',
    '413',
    '415',
    '422',
    '500',
    '503',
  ]);
  assert.match(operation.responses['409']?.description ?? '', /`out_of_stock`[\s\S]*`price_changed`/);
  assert.deepEqual(operation.responses['402']?.content, {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: { card_declined: { $ref: '#/components/examples/card_declined' } },
    },
  });
  assert.deepEqual(operation.security, [{ guest: [] }]);
  const headers = operation.parameters?.filter((parameter) => parameter.in === 'header');
  assert.deepEqual(
    headers?.map(({ name, required }) => [name, required]),
    [
      ['Idempotency-Key', true],
      ['Prefer', false],
    ],
  );
  assert.deepEqual(operation.tags, ['carts']);
});

it('what belongs to the administration says so', () => {
  const operation = document.paths['/v1/admin/stock']?.get;
  assert.deepEqual([operation?.tags, operation?.security], [['admin'], [{ admin: [] }]]);
  assert.ok(operation && '401' in operation.responses && '403' in operation.responses);
});

it('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  assert.ok(references.length > 0);
  for (const path of references) {
    const target = path
      .split('/')
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    assert.ok(target, path);
  }
});

it('the readable page and its assets come from here', async () => {
  const page = await http.inject('/docs');
  assert.equal(page.statusCode, 200);
  const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  assert.ok(assets.length >= 4);
  for (const address of assets) {
    assert.ok(address.startsWith('/'), address);
    if (address.startsWith('/docs')) assert.equal((await http.inject(address)).statusCode, 200, address);
  }
  assert.doesNotMatch(String(page.headers['content-security-policy']), /https?:/);
});

it('a path that climbs out of the page’s files leads nowhere', async (test) => {
  const listening = await serverUnderTest();
  test.after(() => listening.close());
  await listening.listen({ host: '127.0.0.1', port: 0 });
  const { port } = listening.server.address() as AddressInfo;
  for (const path of ['/docs/static/../../package.json', '/docs/static/%2e%2e/%2e%2e/package.json']) {
    // Not `inject` and not `fetch`: both tidy the path up before it is sent.
    const [answer] = (await once(get({ host: '127.0.0.1', port, path, agent: false }), 'response')) as [
      IncomingMessage,
    ];
    answer.resume();
    assert.equal(answer.statusCode, 404, path);
  }
});

it('problems are listed for people and for programs', async () => {
  const list = await http.inject('/problems');
  assert.equal(list.json().items.length, Object.keys(problems).length);
  const page = await http.inject({ url: '/problems', headers: { accept: 'text/html,*/*' } });
  assert.match(String(page.headers['content-type']), /text\/html/);
  for (const [code, { title }] of Object.entries(problems)) {
    assert.ok(page.body.includes(code), code);
    const one = await http.inject(`/problems/${code}`);
    assert.equal(one.json().title, title);
    assert.equal((await http.inject({ url: `/problems/${code}`, headers: { accept: 'text/html' } })).statusCode, 200);
  }
  assert.equal((await http.inject('/problems/toString')).json().code, 'not_found');
});
