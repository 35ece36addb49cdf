import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedRoutes } from '../../src/composition/gateway/routes.ts';
import { checkPort } from '../../src/composition/listen.ts';
import { nginxConfig } from '../../src/composition/local-engines/nginx.ts';
import { startEngine } from '../../src/composition/local-engines/start.ts';
import { processesOf } from '../../src/composition/topology/processes.ts';
import type { Topology } from '../../src/composition/topology.ts';
import { upstreamsOf } from '../../src/edges/gateway/routes/schema.ts';
import { type SupervisedUnderTest, startSupervised } from './supervised.ts';

const CLONE = join(import.meta.dirname, '../..');
const ROUTES = 'microservices';

/**
 * A topology with nginx where its own gateway or balancer would be, by the same route table as `jangteo gateway export nginx` writes
 * it out. Limits for each client are left out: everybody in the suite comes from one address.
 */
export async function startBehindNginx(name: string, { demo = false } = {}): Promise<SupervisedUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-nginx-'));
  const port = await quietPort();
  const url = `http://127.0.0.1:${port}`;
  const addresses: Record<string, readonly string[]> = {};
  const ports = await Promise.all(Array.from({ length: 32 }, quietPort));
  const free = [...new Set(ports)].filter((each) => each !== port);

  const adapt = ({ balancer: _, processes = {}, ...topology }: Topology): Topology => {
    const behind = Object.entries(processes).filter(([, { gateway }]) => gateway === undefined);
    // What nginx has written down does not grow.
    const placed = behind.map(
      ([process, { grow: _, ...entry }]) => [process, { ...entry, replicas: 1, port: free.pop() ?? 0 }] as const,
    );
    const adapted = { ...topology, processes: Object.fromEntries(placed) };
    for (const plan of processesOf(adapted))
      for (const part of [...plan.services, ...plan.edges]) addresses[part] = [`127.0.0.1:${plan.port}`];
    return adapted;
  };
  const shop = await startSupervised(name, { demo, adapt, env: { JANGTEO_PUBLIC_URL: url } });
  try {
    const nginx = await startEngine('nginx', {
      ...{ home: folder, instance: 'gateway', port, endsWithUs: true },
      config: () => crowded(nginxConfig(exported(folder, addresses, port))),
    });
    return {
      ...shop,
      url,
      async stop() {
        await nginx.stop();
        await shop.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await shop.stop();
    throw error;
  }
}

/** A free port that the system hands out to nobody: it is taken only once the shop has started. */
async function quietPort(): Promise<number> {
  const port = randomInt(12_000, 20_000);
  return checkPort('127.0.0.1', port).then(
    () => port,
    () => quietPort(),
  );
}

/** With room for a crowd: by itself nginx has 512 connections, and each request takes two. */
const crowded = (config: string) => config.replace('events {}', 'events { worker_connections 4096; }');

/** What the command line writes for nginx. */
function exported(folder: string, addresses: Readonly<Record<string, readonly string[]>>, port: number): string {
  const { rateLimit: _, ...defaults } = namedRoutes(ROUTES).defaults ?? {};
  const routes = namedRoutes(ROUTES).routes.map(({ rateLimit: _limit, ...route }) => route);
  const table = { ...namedRoutes(ROUTES), defaults, routes };
  const file = join(folder, 'routes.json');
  writeFileSync(file, JSON.stringify(table));
  const places = upstreamsOf(table).flatMap((each) => {
    assert.ok(addresses[each], `nobody has ${each}`);
    return ['--service', `${each}=${addresses[each].join(',')}`];
  });
  const args = ['gateway', 'export', 'nginx', '--routes', file, '--listen', `127.0.0.1:${port}`, ...places];
  return execFileSync(process.execPath, ['src/main.ts', ...args], {
    cwd: CLONE,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
