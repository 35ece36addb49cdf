import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readState } from '../../src/composition/home.ts';
import { known } from '../../src/composition/registry.ts';
import { readSettings, topologyFile } from '../../src/composition/settings.ts';
import type { StatusRow } from '../../src/composition/supervisor/status-table.ts';
import { superviseShop } from '../../src/composition/supervisor/supervised-shop.ts';
import { checkTopology } from '../../src/composition/topology/contradictions.ts';
import { readTopology, type Topology } from '../../src/composition/topology.ts';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { removeOutside, temporaryFolder } from '../crash/shop-process.ts';
import { dropDatabases } from '../shop.ts';

/** A shop of several processes, as `jangteo up` runs it. */
export interface SupervisedUnderTest {
  readonly url: string;
  readonly adminToken: string;
  readonly processorUrl: string;
  readonly databasePrefix: string;
  /** Its data folder. */
  readonly home: string;
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

export interface SupervisedOptions {
  readonly demo?: boolean;
  /** May change the topology before it is started. */
  readonly adapt?: (topology: Topology) => Topology;
  /** With a PostgreSQL of its own, which may be killed, instead of the one that the tests share. */
  readonly ownDatabase?: boolean;
  /** The program that a replica is. Default: the shop's. */
  readonly entry?: string;
  /** The tree that `verify` is run from: that of the newest release. Default: this one. */
  readonly release?: string;
  /** Beside what the processes are told anyway. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hears what every process says, as it says it. */
  readonly hear?: (line: string) => void;
}

/** Starts a topology on databases, a data folder and ports of its own. */
export async function startSupervised(
  name: string,
  { demo = false, adapt, ownDatabase = false, entry, ...more }: SupervisedOptions = {},
): Promise<SupervisedUnderTest> {
  const server = ownDatabase ? undefined : testServer(18);
  const asItIs = onTestGround(readTopology(topologyFile(name), known), server);
  const topology = adapt === undefined ? asItIs : adapt(asItIs);
  checkTopology(topology, known);
  const home = temporaryFolder('jangteo-topology-');
  // The processes read the file for themselves.
  const adapted = join(home, 'adapted.json');
  if (adapt !== undefined) writeFileSync(adapted, JSON.stringify(topology));
  const databasePrefix = `t_${randomBytes(5).toString('hex')}`;
  const env = {
    JANGTEO_HOME: home,
    JANGTEO_TOPOLOGY: adapt === undefined ? name : adapted,
    JANGTEO_ADMIN_TOKEN: ADMIN_TOKEN,
    JANGTEO_DATABASE_PREFIX: databasePrefix,
    PORT: '0',
    JANGTEO_DEMO: demo ? 'on' : 'off',
    LOG_LEVEL: 'info',
    ...(server !== undefined && { DATABASE_URL: server }),
    ...more.env,
  };
  const settings = readSettings(env);
  const said: string[] = [];
  const hear = (line: string) => {
    said.push(line);
    more.hear?.(line);
  };
  let rows: () => readonly StatusRow[] = () => [];
  const clean = async () => {
    if (server === undefined) removeOutside(home);
    else await dropDatabases(server, databasePrefix);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const shop = await superviseShop({
      ...{ settings, topology, say: hear, signal: NEVER, force: NEVER },
      ...(entry !== undefined && { entry }),
      heard: ({ program, text }) => hear(`${program} ${text}`),
      shown(asked) {
        rows = asked;
      },
      env: { ...process.env, ...env },
    });
    if (shop === undefined) throw new Error('the shop was told to stop while it started');
    const processorUrl = readState(home)?.simulators?.['card-processor'] ?? '';
    return {
      ...{
        url: shop.url,
        adminToken: ADMIN_TOKEN,
        processorUrl,
        databasePrefix,
        home,
        said,
        rows: () => rows(),
        verify: () => verify({ ...process.env, ...env }, more.release ?? CLONE),
      },
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
function onTestGround({ engines, processes = {}, ...topology }: Topology, server: string | undefined): Topology {
  const database = server === undefined ? ({ start: true } as const) : { url: server };
  const free = Object.entries(processes).map(([name, { port: _port, ...plan }]) => [name, plan] as const);
  return { ...topology, engines: { ...engines, database }, processes: Object.fromEntries(free) };
}

/** Asked by a program of its own, while this one goes on supervising. */
async function verify(env: NodeJS.ProcessEnv, release: string): Promise<void> {
  const args = ['src/main.ts', 'verify', '--json'];
  const { code, told } = await new Promise<{ code: unknown; told: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: release, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, told: stdout || stderr }),
    );
  });
  assert.ok(told.startsWith('{'), told);
  const { sound, verdicts } = JSON.parse(told);
  const violated = verdicts.filter(({ violations }: { violations: unknown[] }) => violations.length > 0);
  assert.deepEqual({ code, sound, violated }, { code: 0, sound: true, violated: [] });
}
