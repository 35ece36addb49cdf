import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Counters } from './process-facts.ts';
import { type Layout, topologyOf } from './topology.ts';

const layout: Layout = {
  name: 'laptop',
  services: [
    { name: 'orders', ok: true, tells: ['OrderPlaced'], hears: [] },
    { name: 'inventory', ok: false, tells: [], hears: [{ source: 'orders', behind: 4 }] },
  ],
  partners: [{ name: 'card-processor', simulated: true }],
  edges: ['storefront'],
  breakers: new Map([['card-processor', 'open']]),
};

const before: Counters = { requests: [], bounds: [1], calls: [], heard: [], committed: [], commits: [] };
const after: Counters = {
  ...before,
  requests: [
    { method: 'GET', route: '/v1/orders', status: 200, service: 'orders', buckets: [30, 0] },
    { method: 'GET', route: '/v1/orders', status: 503, service: 'orders', buckets: [0, 10] },
    { method: 'POST', route: '/v1/webhooks', status: 200, service: 'card-processor', buckets: [70, 0] },
    { method: 'GET', route: '/console/api/views', status: 200, buckets: [500, 0] },
  ],
  calls: [
    { from: 'orders', to: 'inventory', asked: 20, unknown: 5, rejected: 2 },
    { from: 'orders', to: 'card-processor', asked: 10, unknown: 10, rejected: 0 },
    { from: 'orders', to: 'catalog', asked: 0, unknown: 0, rejected: 0 },
    { from: 'console', to: 'inventory', asked: 9, unknown: 0, rejected: 0 },
  ],
  heard: [{ source: 'orders', service: 'inventory', events: 50 }],
  committed: [
    { service: 'orders', type: 'OrderPlaced', events: 40 },
    { service: 'orders', type: 'Private', events: 999 },
  ],
  commits: [{ service: 'orders', commits: 100, works: 300 }],
};

test('the graph tells what went along each edge, how much of it failed, and whose breaker is open', () => {
  const { nodes, edges } = topologyOf(layout, { earlier: before, later: after, seconds: 10 });
  const edge = (from: string, to: string) => edges.find((each) => each.from === from && each.to === to);
  const { perSecond, errorShare, total } = edge('clients', 'gateway') ?? {};
  assert.deepEqual({ perSecond, errorShare, total }, { perSecond: 4, errorShare: 0.25, total: 40 });
  assert.equal(edge('gateway', 'orders')?.perSecond, 4);
  assert.equal(edge('gateway', 'inventory'), undefined, 'nobody asks it from outside');
  assert.equal(edge('card-processor', 'gateway')?.perSecond, 7, 'other companies call at the gateway');
  assert.equal(edge('orders', 'inventory')?.errorShare, 0.25);
  assert.equal(edge('orders', 'card-processor')?.breaker, 'open');
  assert.equal(edge('orders', 'bus')?.perSecond, 4, 'only what its contract tells');
  assert.deepEqual([edge('bus', 'inventory')?.perSecond, edge('bus', 'inventory')?.behind], [5, 4]);
  assert.equal(edge('orders', 'db:orders')?.perSecond, 10);
  assert.equal(edge('console', 'inventory'), undefined);
  const unwell = nodes.filter(({ ok }) => !ok).map(({ id }) => id);
  assert.deepEqual(unwell, ['inventory', 'db:inventory', 'card-processor']);
  for (const { from, to } of edges)
    for (const id of [from, to])
      assert.ok(
        nodes.some((node) => node.id === id),
        id,
      );
});
