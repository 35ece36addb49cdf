import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../src/composition/programs.ts';
import type { Topology } from '../../src/composition/topology.ts';
import { sells } from '../crash/shoppers.ts';
import { type OwnEngine, ownEngine } from '../engines/own-engine.ts';
import { call, eventually, stockShop } from '../scenarios/api.ts';
import { type SupervisedUnderTest, startSupervised } from './supervised.ts';

const WITHIN_MS = 120_000;
const SHOP = 'jangteo';

interface Registry {
  readonly kind: 'consul' | 'eureka' | 'dns';
  readonly start: () => Promise<OwnEngine>;
  /** As the topology names it. */
  readonly url: (engine: OwnEngine) => string;
}

const registries: readonly Registry[] = [
  { kind: 'consul', start: () => ownEngine('consul'), url: ({ url }) => url },
  { kind: 'eureka', start: () => ownEngine('eureka'), url: ({ url }) => url },
  // Consul answers as the zone's server; whoever runs the machines puts the processes in.
  {
    kind: 'dns',
    start: () => ownEngine('consul'),
    url: ({ ports }) => `dns://127.0.0.1:${ports.dns}/{name}.service.consul`,
  },
];

/** Two processes, each of which leads a part and must find the other by the registry alone. */
function apart({ kind, url }: Registry, engine: OwnEngine, port: number) {
  return ({ balancer: _, ...topology }: Topology): Topology => ({
    ...topology,
    engines: { ...topology.engines, [kind]: { url: url(engine) } },
    ...{ discovery: kind, connectionsPerService: 2 },
    leaders: 'spread',
    processes: { app: { ...topology.processes?.app, replicas: 2, port } },
  });
}

/** The first of two ports that follow each other and are free. */
async function twoPorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const next = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      next.once('error', () => resolve(false));
      next.listen(port + 1, '127.0.0.1', () => next.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

async function putIntoZone(engine: OwnEngine, name: string, port: number): Promise<void> {
  const body = { Name: SHOP, ID: name, Address: '127.0.0.1', Port: port };
  const answer = await fetch(`${engine.url}/v1/agent/service/register`, { method: 'PUT', body: JSON.stringify(body) });
  assert.equal(answer.status, 200, await answer.text());
}

for (const registry of registries)
  describe(`a shop whose processes find each other by ${registry.kind}`, { concurrency: false }, () => {
    let engine: OwnEngine;
    let shop: SupervisedUnderTest;
    before(async () => {
      engine = await registry.start();
      const port = await twoPorts();
      if (registry.kind === 'dns')
        for (const replica of [1, 2]) await putIntoZone(engine, `app-${replica}`, port + replica - 1);
      shop = await startSupervised('scale-out', { adapt: apart(registry, engine, port) });
      await stockShop(shop);
    });
    after(async () => {
      await shop?.stop();
      await engine?.remove();
    });

    const doorOf = (name: string) => ({
      ...shop,
      url: `http://127.0.0.1:${shop.rows().find((row) => row.name === name)?.port}`,
    });
    const bothSell = () =>
      eventually(
        async () => [await sells(doorOf('app-1')), await sells(doorOf('app-2'))],
        (sold) => sold.every(Boolean),
        WITHIN_MS,
      );

    it('sells at every door, wherever the services are led', async () => {
      await bothSell();
    });

    it('goes on with what it knew while the registry is dead', async () => {
      await engine.kill();
      await bothSell();
      const ready = await call(doorOf('app-2'), 'GET', '/readyz');
      assert.equal(ready.status, 200, JSON.stringify(ready.body));
    });

    it('finds a process that was started again once the registry is back', async () => {
      await engine.revive();
      const victim = shop.rows().find(({ name }) => name === 'app-2')?.pid;
      assert.ok(victim);
      process.kill(victim, 'SIGKILL');
      await eventually(
        async () => shop.rows().find(({ name }) => name === 'app-2'),
        (row) => row?.pid !== undefined && row.pid !== victim,
        WITHIN_MS,
      );
      await bothSell();
    });
  });
