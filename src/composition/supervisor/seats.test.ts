import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { known } from '../registry.ts';
import { cloneFolder } from '../settings.ts';
import type { GatewayEntry } from '../topology/growth.ts';
import { readTopology, type Topology } from '../topology.ts';
import { seatsOf } from './seats.ts';

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
  const { all, door, peers } = await seatsOf(topology, {
    ...{ host: '0.0.0.0', port: 8080, env: {}, freePort: async () => next++ },
  });
  return { urls: Object.fromEntries(all.map(({ name, url, host }) => [name, `${url} at ${host}`])), door, peers };
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
