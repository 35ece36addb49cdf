import assert from 'node:assert/strict';
import { test } from 'node:test';
import { known } from '../registry.ts';
import { contradictionsIn } from '../topology/contradictions.ts';
import { diffOf } from '../topology/diff.ts';
import type { Sidecars } from '../topology/sidecars.ts';
import { readTopology, type Topology } from '../topology.ts';
import { callersOf, peersBeside, placesFrom, portsWanted } from './places.ts';

const bare = readTopology('topologies/scale-out.json', known);
const app = bare.processes?.app ?? {};
const withSidecars = (sidecars: Sidecars, more: Partial<Topology> = {}): Topology => ({ ...bare, sidecars, ...more });

test('everybody has ports of their own, and asks each other at their own proxy', () => {
  const topology = withSidecars({ engine: 'envoy' }, { processes: { app, search: { ...app, replicas: 2 } } });
  const places = placesFrom(topology, 20_000, {});
  const names = ['app-1', 'app-2', 'search-1', 'search-2'];
  const plans = names.map((name) => places.planOf(name, 3_000));
  const ports = plans.flatMap(({ self, inbound, adminPort, peers }) => [
    ...[inbound.port, adminPort, places.agentPort(self)],
    ...peers.map(({ listen }) => listen),
  ]);
  assert.equal(new Set(ports).size, ports.length, 'no port is given twice');
  assert.ok(Math.max(...ports) < 20_000 + portsWanted(topology));
  for (const { self, peers } of plans) {
    assert.deepEqual(
      peers.map(({ name }) => name),
      names.filter((name) => name !== self),
    );
    for (const { name, port } of peers) assert.equal(port, plans.find((each) => each.self === name)?.inbound.port);
    const told = places.peersOf(self, 'http://127.0.0.1:3000');
    assert.equal(told[self], 'http://127.0.0.1:3000');
    for (const { name, listen } of peers) assert.equal(told[name], `http://127.0.0.1:${listen}`);
  }
  assert.deepEqual(callersOf(topology), ['spiffe://jangteo/app', 'spiffe://jangteo/search']);
});

test('a process on a machine of its own is told the same without a supervisor', () => {
  const hosts = ['one.internal', 'two.internal'];
  const topology = withSidecars(
    { engine: 'envoy', port: 15_000, trustDomain: 'shop.example' },
    { processes: { app: { ...app, port: 3_000, hosts } } },
  );
  const peers = { 'app-1': 'http://one.internal:3000', 'app-2': 'http://two.internal:3000' };
  const told = peersBeside(topology, 'app', 1, peers, {});
  const plan = placesFrom(topology, 15_000, {}).planOf('app-1', 3_000);
  assert.deepEqual(told, { 'app-1': 'http://127.0.0.1:3000', 'app-2': `http://127.0.0.1:${plan.peers[0]?.listen}` });
  assert.equal(plan.inbound.host, '0.0.0.0');
  assert.deepEqual(
    plan.peers.map(({ uri, host, port }) => ({ uri, host, port })),
    [{ uri: 'spiffe://shop.example/app', host: 'two.internal', port: 15_003 }],
  );
  assert.deepEqual(peersBeside(bare, 'app', 1, peers, {}), peers, 'without proxies nothing changes');
});

test('what contradicts itself is refused', () => {
  const told = (sidecars: Sidecars, more: Partial<Topology> = {}) =>
    contradictionsIn(withSidecars(sidecars, more), known)
      .filter(({ at }) => /sidecars|discovery/.test(at))
      .map(({ at }) => at);
  assert.deepEqual(told({ engine: 'envoy' }), []);
  assert.deepEqual(told({ metrics: true }), []);
  assert.deepEqual(told({ mtls: true }), ['/sidecars/mtls']);
  assert.deepEqual(told({ engine: 'envoy', mtls: false, trustDomain: 'x' }), ['/sidecars/mtls']);
  assert.deepEqual(told({ engine: 'envoy', certificates: '/c', certificateHours: 3 }), ['/sidecars/certificateHours']);
  assert.deepEqual(told({ logs: 'otelcol' }), ['/sidecars/logs']);
  assert.deepEqual(told({ logs: 'otelcol' }, { engines: { ...bare.engines, otelcol: { start: true } } }), []);
  assert.deepEqual(
    told({ engine: 'envoy' }, { discovery: 'consul', engines: { ...bare.engines, consul: { start: true } } }),
    ['/discovery'],
  );
  const far = { processes: { app: { ...app, port: 3_000, hosts: ['a.internal', 'b.internal'] } } };
  assert.deepEqual(told({ engine: 'envoy' }, far), ['/sidecars/port', '/sidecars/certificates']);
  const { processes: _none, balancer: _neither, ...alone } = bare;
  assert.deepEqual(
    contradictionsIn({ ...alone, sidecars: { metrics: true } }, known).map(({ at }) => at),
    ['/sidecars'],
  );
});

test('a step tells them', () => {
  const changes = diffOf(bare, withSidecars({ engine: 'envoy', metrics: true }), known);
  assert.deepEqual(changes, [{ area: 'choices', subject: 'sidecars', from: 'none', to: 'envoy with mTLS, metrics' }]);
});
