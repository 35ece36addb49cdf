import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventory } from '../contracts/inventory.ts';
import { done, rejected, unknown } from '../kernel/outcome.ts';
import { localCalls } from '../platform/calls/local.ts';
import type { HttpRoutes, HttpServer } from '../platform/http/port.ts';
import { serverUnderTest } from '../platform/http/server-harness.ts';
import type { StoredEvent } from '../platform/storage/port.ts';
import { silentLogger } from '../platform/telemetry/silent.ts';
import { traffic } from './traffic.ts';

test('calls are counted by who asks whom, and answered as they were', async () => {
  const counts = traffic();
  const calls = localCalls(silentLogger);
  const outcomes = [done({ levels: [] }), rejected({ code: 'no', detail: 'No.' }), unknown('timeout')];
  let next = 0;
  const handlers = { levels: async () => outcomes[next++] } as never;
  calls.serve(inventory, handlers);
  const { levels } = counts.callsFrom('cart', calls).client(inventory);
  for (const expected of outcomes) assert.equal(await levels({ skus: [] }), expected);
  const asked = await counts.callsFrom('orders', calls).ask('inventory', 'nothing', {}, {});
  assert.deepEqual(asked, unknown('unreachable'));
  assert.deepEqual(
    [...counts.calls],
    [
      { from: 'cart', to: 'inventory', asked: 3, unknown: 1, rejected: 1 },
      { from: 'orders', to: 'inventory', asked: 1, unknown: 1, rejected: 0 },
    ],
  );
});

test('events are counted where they are committed and where they are heard', () => {
  const counts = traffic();
  let commit: (events: readonly StoredEvent[], heads: readonly number[]) => void = () => {};
  counts.watchCommits('orders', {
    onCommitted(listener) {
      commit = listener;
      return () => {};
    },
  });
  commit([{ type: 'OrderPlaced' }, { type: 'OrderConfirmed' }, { type: 'OrderPlaced' }] as never, [3]);
  assert.deepEqual(
    [...(counts.events.get('orders') ?? [])],
    [
      ['OrderPlaced', 2],
      ['OrderConfirmed', 1],
    ],
  );
  const spec = counts.heardBy('inventory', { name: 'orders', source: 'orders', on: { OrderPlaced: () => undefined } });
  assert.equal(spec.on.OrderPlaced?.({} as never), undefined);
  assert.deepEqual([...counts.heard], [{ source: 'orders', service: 'inventory', events: 1 }]);
  counts.groupCommitted('orders', 7);
  counts.groupCommitted('orders', 1);
  assert.deepEqual(counts.commits.get('orders'), { commits: 2, works: 8 });
});

test('a route is known by its service', async () => {
  const counts = traffic();
  const http = await serverUnderTest();
  const routes: HttpRoutes = (own) => void own.get('/v1/orders/:orderId', async () => ({}));
  counts.ownRoutes('orders', routes);
  await http.register(async (scope) => counts.watchRoutes(routes)(scope as HttpServer));
  assert.equal(counts.routeOwners.get('/v1/orders/:orderId'), 'orders');
  assert.equal(counts.routeOwners.get('/openapi.json'), undefined);
  await http.close();
});
