import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readState } from '../../src/composition/home.ts';
import { known } from '../../src/composition/registry.ts';
import { readSettings } from '../../src/composition/settings.ts';
import type { StatusRow } from '../../src/composition/supervisor/status-table.ts';
import { superviseShop } from '../../src/composition/supervisor/supervised-shop.ts';
import { checkTopology } from '../../src/composition/topology/contradictions.ts';
import { readTopology, type Topology } from '../../src/composition/topology.ts';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { dropDatabases } from '../shop.ts';

/** A shop of several processes, as `jangteo up` runs it. */
export interface SupervisedUnderTest {
  readonly url: string;
  readonly adminToken: string;
  readonly processorUrl: string;
  readonly databasePrefix: string;
  /** What runs now. */
  readonly rows: () => readonly StatusRow[];
  /** Everything that the processes have said, a line each. */
  readonly said: readonly string[];
  /** Fails unless `jangteo verify` finds every invariant kept. */
  verify(): Promise<void>;
  /** Stops the shop and removes its databases and its folder. */
  stop(): Promise<void>;
}

const CLONE = join(import.meta.dirname, '../..');
const NEVER = new AbortController().signal;
const ADMIN_TOKEN = 'admin-token-of-the-topologies';

/** Starts a topology on databases, a data folder and ports of its own; `adapt` may change it before. */
export async function startSupervised(
  name: string,
  { demo = false, adapt = (topology: Topology) => topology } = {},
): Promise<SupervisedUnderTest> {
  const server = testServer(18);
  const home = mkdtempSync(join(tmpdir(), 'jangteo-topology-'));
  chmodSync(home, 0o711);
  const databasePrefix = `t_${randomBytes(5).toString('hex')}`;
  const env = {
    JANGTEO_HOME: home,
    JANGTEO_TOPOLOGY: name,
    JANGTEO_ADMIN_TOKEN: ADMIN_TOKEN,
    JANGTEO_DATABASE_PREFIX: databasePrefix,
    PORT: '0',
    DATABASE_URL: server,
    JANGTEO_DEMO: demo ? 'on' : 'off',
    LOG_LEVEL: 'info',
  };
  const settings = readSettings(env);
  const topology = adapt(onTestGround(readTopology(settings.topology, known), server));
  checkTopology(topology, known);
  const said: string[] = [];
  let rows: () => readonly StatusRow[] = () => [];
  const clean = async () => {
    await dropDatabases(server, databasePrefix);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const shop = await superviseShop({
      ...{ settings, topology, say: (line: string) => said.push(line), signal: NEVER, force: NEVER },
      heard: ({ program, text }) => said.push(`${program} ${text}`),
      shown(asked) {
        rows = asked;
      },
      env: { ...process.env, ...env },
    });
    if (shop === undefined) throw new Error('the shop was told to stop while it started');
    const verify = async () => {
      const args = ['src/main.ts', 'verify', '--json'];
      const run = spawnSync(process.execPath, args, { cwd: CLONE, env: { ...process.env, ...env }, encoding: 'utf8' });
      const { sound, verdicts } = JSON.parse(run.stdout);
      const violated = verdicts.filter(({ violations }: { violations: unknown[] }) => violations.length > 0);
      assert.deepEqual({ code: run.status, sound, violated }, { code: 0, sound: true, violated: [] });
    };
    const processorUrl = readState(home)?.simulators?.['card-processor'] ?? '';
    return {
      ...{ url: shop.url, adminToken: ADMIN_TOKEN, processorUrl, databasePrefix, said, rows: () => rows(), verify },
      async stop() {
        await shop.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw new Error(`${(error as Error).message}\n${said.slice(-40).join('\n')}`, { cause: error });
  }
}

/** The same topology on any free ports, and on the database that the tests bring. */
function onTestGround({ engines, processes = {}, ...topology }: Topology, server: string): Topology {
  const free = Object.entries(processes).map(([name, { port: _port, ...plan }]) => [name, plan] as const);
  return { ...topology, engines: { ...engines, database: { url: server } }, processes: Object.fromEntries(free) };
}
