import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { routeMatcher } from '../routes/match.ts';
import { readRouteTable } from '../routes/read.ts';
import { type Route, type RouteTable, servicesOf } from '../routes/schema.ts';
import { awsOf } from './aws.ts';
import { kongOf } from './kong.ts';
import { nginxOf } from './nginx.ts';
import { idOf, methodsOf, placesOf } from './places.ts';
import type { Addresses } from './port.ts';

const FILE = join(import.meta.dirname, '../../../../topologies/routes/microservices.json');
const GOLDEN = join(import.meta.dirname, '../../../../test/golden/gateway');
const table = readRouteTable(readFileSync(FILE, 'utf8'));
const addresses: Addresses = Object.fromEntries(
  table.routes.flatMap(servicesOf).map((name) => [name, [`${name}:3000`]]),
);

/** Everything that a table can ask for, in one. */
const rich: RouteTable = {
  name: 'rich',
  versions: { v1: { deprecatedSince: '2026-11-01' } },
  load: { concurrent: 10, queued: 10, queueMs: 100 },
  routes: [
    {
      name: 'all',
      version: 'v1',
      path: '/{id}/*',
      targets: [
        { service: 'catalog', weight: 9 },
        { service: 'search', weight: 1 },
      ],
      sticky: true,
      mirror: { service: 'search', percent: 5 },
      timeoutMs: 60_000,
      maxBodyBytes: 20_000_000,
      rateLimit: { count: 5, perMs: 1_000, burst: 9, by: 'token' },
      retries: 2,
      hedge: { afterMs: 10 },
      faults: [{ percent: 1, status: 503 }],
    },
    { name: 'events', path: '/events', service: 'catalog', streams: true },
  ],
};

/** The file of what is expected; `JANGTEO_GOLDEN=write` writes it anew. */
function golden(name: string, text: string): void {
  const file = join(GOLDEN, name);
  if (process.env.JANGTEO_GOLDEN === 'write') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'), `${file} is another; if that is meant: JANGTEO_GOLDEN=write`);
}

describe('the route table written out', () => {
  it('is what it was', () => {
    golden('microservices.nginx.conf', nginxOf(table, addresses, '8080').text);
    golden('microservices.kong.json', kongOf(table, addresses).text);
    golden('microservices.aws.json', awsOf(table, addresses).text);
  });

  it('says what a product cannot do', () => {
    assert.equal(nginxOf(rich, addresses, '80').leftOut.length, 4);
    assert.equal(kongOf(rich, addresses).leftOut.length, 6);
    assert.equal(awsOf(rich, addresses).leftOut.length, 11);
    const plain: RouteTable = { name: 'plain', routes: [{ name: 'all', path: '/*', service: 'catalog' }] };
    assert.deepEqual(
      [nginxOf(plain, addresses, '80'), kongOf(plain, addresses), awsOf(plain, addresses)].flatMap(
        ({ leftOut }) => leftOut,
      ),
      [],
    );
  });

  it('needs an address for each service', () => {
    for (const write of [() => nginxOf(rich, {}, '80'), () => kongOf(rich, {}), () => awsOf(rich, {})])
      assert.throws(write, /there is no address of/);
  });

  it('leads requests where our own gateway leads them, the first regular expression that fits deciding', () => {
    const match = routeMatcher(table.routes);
    const places = placesOf(table.routes);
    for (const path of samplePaths(table.routes)) {
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
        const own = match(method, path);
        const place = places.find(({ regex }) => new RegExp(regex).test(path));
        const theirs = place?.routes.find((route) => methodsOf(route)?.includes(method) ?? true);
        assert.equal(theirs && idOf(theirs), own.kind === 'route' ? idOf(own.route) : undefined, `${method} ${path}`);
      }
    }
  });

  it('for Kong holds a regular expression, a higher priority for what is more specific, and known addresses only', () => {
    const file = JSON.parse(kongOf(table, addresses).text);
    const upstreams = new Set(file.upstreams.map(({ name }: { name: string }) => name));
    assert.equal(file._format_version, '3.0');
    for (const { host, routes, name } of file.services) {
      assert.ok(upstreams.has(host), name);
      assert.ok(routes[0].paths[0].startsWith('~^/'), name);
    }
    const priorityOf = (name: string) =>
      file.services.find((each: { name: string }) => each.name === name).routes[0].regex_priority;
    assert.ok(priorityOf('checkout-v1') > priorityOf('carts-v1'));
    assert.ok(priorityOf('carts-v1') > priorityOf('pages'));
  });

  it('for AWS has an integration of each operation, and names its parameters', () => {
    const { paths } = JSON.parse(awsOf(table, addresses).text);
    const ids = new Set<string>();
    for (const [path, item] of Object.entries<Record<string, unknown>>(paths)) {
      const { parameters = [], ...operations } = item;
      assert.deepEqual(
        (parameters as { name: string }[]).map(({ name }) => name),
        [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name),
      );
      for (const operation of Object.values(operations) as Operation[]) {
        assert.equal(ids.has(operation.operationId), false, operation.operationId);
        ids.add(operation.operationId);
        assert.equal(operation['x-amazon-apigateway-integration'].type, 'http_proxy');
      }
    }
    assert.ok(ids.size >= table.routes.length);
  });
});

interface Operation {
  readonly operationId: string;
  readonly 'x-amazon-apigateway-integration': { readonly type: string };
}

/** Addresses of every form in the table, and of some beside them. */
function samplePaths(routes: readonly Route[]): readonly string[] {
  return routes.flatMap(({ version, path }) => {
    const stem = (version === undefined ? '' : `/${version}`) + path.replaceAll(/\{[^}]*\}/g, 'x');
    return stem.endsWith('/*')
      ? [stem.slice(0, -2) || '/', `${stem.slice(0, -1)}a`, `${stem.slice(0, -1)}a/b`]
      : [stem, `${stem}/y`];
  });
}
