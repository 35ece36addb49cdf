import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { known } from '../registry.ts';
import { cloneFolder } from '../settings.ts';
import type { GatewayEntry } from '../topology/growth.ts';
import { readTopology, type Topology } from '../topology.ts';
import { type Seat, seatsOf } from './seats.ts';

const laptop = readTopology(join(cloneFolder, 'topologies', 'laptop.json'), known);
const certificate = { certificateFile: 'gateway.pem', keyFile: 'gateway.key' };
const gateways = (more: Partial<GatewayEntry> = {}, rest: Partial<Topology> = {}): Topology => ({
  ...laptop,
  ...rest,
  processes: {
    door: { edges: ['web'] },
    'web-gateway': { gateway: { routes: 'microservices', ...more }, replicas: 2 },
    'mobile-gateway': { gateway: { routes: 'mobile' }, port: 8090 },
  },
});

async function seated(topology: Topology) {
  let next = 5_000;
  const { all, reserves, door, peers } = await seatsOf(topology, {
    ...{ host: '0.0.0.0', port: 8080, env: {}, freePort: async () => next++, freeRow: async () => 20_100 },
  });
  const urlsOf = (seats: readonly Seat[]) =>
    Object.fromEntries(seats.map(({ name, url, host }) => [name, `${url} at ${host}`]));
  return { urls: urlsOf(all), ...(reserves.length > 0 && { reserves: urlsOf(reserves) }), door, peers };
}

it('shoppers come to the first gateway; gateways listen where the shop does, and nobody is told of them', async () => {
  assert.deepEqual(await seated(gateways()), {
    urls: {
      'door-1': 'http://127.0.0.1:5000 at 127.0.0.1',
      'web-gateway-1': 'http://127.0.0.1:8080 at 0.0.0.0',
      'web-gateway-2': 'http://127.0.0.1:5001 at 0.0.0.0',
      'mobile-gateway-1': 'http://127.0.0.1:8090 at 0.0.0.0',
    },
    door: { url: 'http://localhost:8080', port: 8080 },
    peers: { 'door-1': 'http://127.0.0.1:5000' },
  });
});

it('where TLS ends at the gateways, the shop’s address says so, with and without a balancer in front', async () => {
  const { urls, door } = await seated(gateways({ certificate }));
  assert.deepEqual([urls['web-gateway-1'], door.url], ['https://127.0.0.1:8080 at 0.0.0.0', 'https://localhost:8080']);
  const balanced = await seated(
    gateways({ certificate }, { balancer: { engine: 'haproxy', layer: 4, to: 'web-gateway', port: 8443 } }),
  );
  assert.deepEqual(
    [balanced.urls['web-gateway-1'], balanced.door.url],
    ['https://127.0.0.1:5001 at 0.0.0.0', 'https://localhost:8443'],
  );
});

it('replicas that come later have ports that nobody else is given, named ones and others, and everybody is told of them', async () => {
  const grow = { max: 3, underWay: 8, growAfterMs: 3_000, shrinkAfterMs: 60_000, restMs: 5_000 };
  const { urls, reserves, peers } = await seated({
    ...laptop,
    processes: {
      search: { services: ['search'], grow },
      named: { services: ['search'], grow: { ...grow, max: 2 }, port: 20_100 },
      door: { edges: ['web'], port: 5_001 },
      other: { edges: ['web'], replicas: 2 },
    },
  });
  assert.deepEqual(reserves, {
    'search-2': 'http://127.0.0.1:20102 at 127.0.0.1',
    'search-3': 'http://127.0.0.1:20103 at 127.0.0.1',
    'named-2': 'http://127.0.0.1:20101 at 127.0.0.1',
  });
  const all = [...Object.values(urls), ...Object.values(reserves ?? {})];
  assert.equal(new Set(all).size, 8, 'nobody shares a port');
  assert.deepEqual(Object.keys(peers).sort(), [...Object.keys(urls), ...Object.keys(reserves ?? {})].sort());
});
