import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { known } from '../../src/composition/registry.ts';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { temporaryFolder } from '../crash/shop-process.ts';
import { eventually } from '../scenarios/api.ts';
import { type SupervisedUnderTest, startSupervised } from '../topologies/supervised.ts';
import { reads, writes } from './kit.ts';
import { makeRelease } from './release.ts';

/** `before` knows nothing of the change, `reads` understands it, `writes` makes it. */
export type Release = 'before' | 'reads' | 'writes';

/** A shop whose replicas may each be of another release. */
export interface Fleet {
  readonly shop: SupervisedUnderTest;
  /** Stops a replica gracefully and starts it again as another release; resolves when it answers. */
  install(replica: string, release: Release): Promise<void>;
  /** Who leads the service, as its process has said last. */
  leaderOf(service: string): string | undefined;
  /** Resolves when the replica leads the service. */
  untilLed(service: string, replica: string): Promise<void>;
  /** Events of a type in a service's log, by version. */
  written(service: string, type: string): Promise<Readonly<Record<number, number>>>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface FleetOptions {
  readonly first: Release;
  readonly bus?: 'log' | 'kafka';
}

const PROGRAM = join(import.meta.dirname, 'program.mjs');
const CLONE = join(import.meta.dirname, '../..');
const WITHIN_MS = 90_000;
/** Whose two replicas are upgraded; everybody else stays what it is. */
export const UPGRADED = ['orders', 'inventory'] as const;

/** Starts a shop whose orders and inventory run in two replicas, \`core-1\` and \`core-2\`, of the release \`first\`. */
export async function startFleet({ first, bus = 'log' }: FleetOptions): Promise<Fleet> {
  const folder = temporaryFolder('jangteo-releases-');
  const releases: Readonly<Record<Release, string>> = {
    before: CLONE,
    reads: makeRelease(join(folder, 'reads'), reads),
    writes: makeRelease(join(folder, 'writes'), [...reads, ...writes]),
  };
  const installed = join(folder, 'installed');
  mkdirSync(installed);
  const point = (replica: string, release: Release) => writeFileSync(join(installed, replica), releases[release]);
  for (const replica of ['door-1', 'rest-1']) point(replica, 'before');
  for (const replica of ['core-1', 'core-2']) point(replica, first);
  const topology = join(folder, 'upgrade.json');
  writeFileSync(topology, JSON.stringify(topologyOf(bus)));

  const shop = await startSupervised(topology, {
    ...{ entry: PROGRAM, release: releases.writes, env: { JANGTEO_TEST_RELEASES: installed } },
  });
  const stateOf = (replica: string) => shop.rows().find(({ name }) => name === replica);
  const leaderOf = (service: string) => {
    const turns = shop.said.filter(
      (line) => line.includes(`"service":"${service}"`) && /"msg":"leads( no more)?"/.test(line),
    );
    return turns.at(-1)?.includes('"msg":"leads"') === true ? turns.at(-1)?.split(' ')[0] : undefined;
  };

  return {
    shop,
    leaderOf,
    async install(replica, release) {
      point(replica, release);
      const before = stateOf(replica);
      if (before?.pid === undefined) throw new Error(`${replica} does not run`);
      process.kill(before.pid, 'SIGTERM');
      await eventually(
        async () => stateOf(replica),
        (now) => now?.state === 'running' && now.pid !== before.pid,
        WITHIN_MS,
      );
    },
    async untilLed(service, replica) {
      await eventually(
        async () => leaderOf(service),
        (leader) => leader === replica,
        WITHIN_MS,
      );
    },
    async written(service, type) {
      const url = Object.assign(new URL(testServer(18)), { pathname: `/${shop.databasePrefix}_${service}` });
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      try {
        const sql = 'select schema_version as version, count(*)::int as count from log where type = $1 group by 1';
        const { rows } = await client.query<{ version: number; count: number }>(sql, [type]);
        return Object.fromEntries(rows.map(({ version, count }) => [version, count]));
      } finally {
        await client.end();
      }
    },
    [Symbol.asyncDispose]: () => shop.stop(),
  };
}

function topologyOf(bus: 'log' | 'kafka') {
  const { services, integrations, ...rest } = JSON.parse(
    readFileSync(join(CLONE, 'topologies', 'scale-out.json'), 'utf8'),
  );
  const others = Object.keys(services).filter((service) => !UPGRADED.some((each) => each === service));
  const { 'seller-autopilot': _, ...partners } = integrations;
  return {
    ...{ name: 'upgrade', partitions: rest.partitions, connectionsPerService: 3 },
    ...{ services, integrations: partners, bus },
    engines: { database: { start: true }, ...(bus === 'kafka' && { kafka: { start: true } }) },
    processes: {
      door: { edges: known.edges },
      rest: { services: others, integrations: Object.keys(partners) },
      core: { replicas: 2, services: UPGRADED },
    },
  };
}
