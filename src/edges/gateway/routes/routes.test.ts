import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { routeMatcher } from './match.ts';
import { RouteTableFault, readRouteTable } from './read.ts';
import type { Route } from './schema.ts';

const FILE = join(import.meta.dirname, '../../../../topologies/routes/microservices.json');
const route = (name: string, path: string, more: Partial<Route> = {}): Route => ({
  name,
  path,
  service: name,
  ...more,
});
const reasonsOf = (routes: readonly object[], more = {}) => {
  try {
    readRouteTable(JSON.stringify({ name: 'test', routes, ...more }));
    return [];
  } catch (error) {
    assert.ok(error instanceof RouteTableFault, String(error));
    return error.reasons;
  }
};

describe('a route table', () => {
  it('of the topologies can be used, and leads each address to its owner', () => {
    const match = routeMatcher(readRouteTable(readFileSync(FILE, 'utf8')).routes);
    const ownerOf = (method: string, path: string) => {
      const found = match(method, path);
      return found.kind === 'route' ? `${found.route.service} ${found.route.name}` : found.kind;
    };
    assert.deepEqual(
      [
        ['GET', '/v1/products'],
        ['HEAD', '/v1/products/prd_1'],
        ['POST', '/v1/carts/crt_1/checkout'],
        ['GET', '/v1/carts/crt_1'],
        ['GET', '/v1/orders/ord_1/events'],
        ['POST', '/v1/admin/orders/ord_1/refunds'],
        ['GET', '/v1/admin/views'],
        ['PUT', '/v1/admin/products/prd_1'],
        ['GET', '/ko/p/prd_1'],
        ['GET', '/'],
        ['DELETE', '/v1/products/prd_1'],
      ].map(([method = '', path = '']) => ownerOf(method, path)),
      [
        'catalog products',
        'catalog products',
        'cart checkout',
        'cart carts',
        'orders order-events',
        'orders admin-orders',
        'console admin',
        'catalog admin-products',
        'web pages',
        'web pages',
        'method',
      ],
    );
  });

  it('that contradicts itself is refused with every reason', () => {
    assert.deepEqual(
      reasonsOf([
        { name: 'a', path: '/a/{x}', service: 's' },
        { name: 'a', path: '/a/{y}', service: 's' },
        { name: 'b', path: '/b' },
        { name: 'c', path: '/c', targets: [{ service: 's', weight: 0 }] },
        { name: 'd', path: '/d', service: 's', version: 'v9' },
        { name: 'e', path: '/e', service: 's', streams: true, hedge: { afterMs: 5 } },
        { name: 'f', path: '/f', service: 's', faults: [{}] },
      ]),
      [
        'Two routes are named a.',
        'a and a stand at the same address.',
        'b needs either `service` or `targets`.',
        'c leads nowhere: all weights are 0.',
        'd of v9 belongs to a version that `versions` does not name.',
        'e streams, so it cannot be hedged.',
        'A fault of f needs `header` or `percent`.',
        'A fault of f needs `delayMs` or `status`.',
      ],
    );
  });

  it('that has not the form is refused, and says where', () => {
    assert.match(reasonsOf([{ name: 'a', path: 'a', service: 's' }]).join(), /\/routes\/0\/path/);
    assert.match(reasonsOf([{ name: 'a', path: '/a', service: 's', retries: 9 }]).join(), /\/routes\/0\/retries/);
    assert.match(reasonsOf([{ name: 'a', path: '/a', service: 's', typo: 1 }]).join(), /\/routes\/0/);
    assert.throws(() => readRouteTable('{'), /It is not JSON/);
  });
});

describe('an address', () => {
  const match = routeMatcher([
    route('one', '/a/{id}'),
    route('literal', '/a/b', { methods: ['GET'] }),
    route('rest', '/a/*'),
    route('deep', '/a/{id}/c'),
    route('old', '/x/y', { version: 'v1', methods: ['GET'] }),
    route('new', '/x/y', { version: 'v2' }),
    route('all', '/*'),
  ]);
  const nameOf = (path: string, method = 'GET') => {
    const found = match(method, path);
    return found.kind === 'route' ? found.route.name : found.kind;
  };

  it('leads to the most specific route that takes the method', () => {
    assert.deepEqual(
      ['/a/b', '/a/q', '/a/q/c', '/a/q/d', '/a', '/b', '/', '/v1/x/y', '/v2/x/y'].map((path) => nameOf(path)),
      ['literal', 'one', 'deep', 'rest', 'rest', 'all', 'all', 'old', 'new'],
    );
    assert.equal(nameOf('/a/b', 'POST'), 'one');
    assert.equal(nameOf('/a/b', 'HEAD'), 'literal');
    assert.deepEqual(match('POST', '/v1/x/y'), { kind: 'method', allowed: ['GET'] });
  });

  it('is read as a service reads it, so nobody gets past a route by spelling it otherwise', () => {
    assert.equal(nameOf('/%61/b'), 'literal');
    assert.equal(nameOf('/a/b%2Fc'), 'one');
    for (const path of ['/a/../b', '/a/%2e%2E/b', '/./a', '/a/%', '/a/%ff'])
      assert.equal(nameOf(path), 'malformed', path);
  });

  it('of any form leads somewhere or nowhere, but never throws', () => {
    fc.assert(
      fc.property(fc.string(), (path) => assert.ok(nameOf(`/${path}`) !== undefined)),
      { numRuns: 300 },
    );
  });
});
