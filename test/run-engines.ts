import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagedBinaries } from '../src/platform/postgres-server/binaries.ts';
import { startPostgres } from '../src/platform/postgres-server/server.ts';
import { mariadbProgram, startMariadb } from './engines/mariadb-server.ts';

/**
 * `npm run test:engines`: the tests that need an engine beside PostgreSQL, each on its own servers in a temporary folder.
 * `--install` first installs Debian's packages where they are missing. Where an engine is not to be had, it says so and
 * leaves its tests out.
 */
const args = process.argv.slice(2);
const POLICY = '/usr/sbin/policy-rc.d';

if (mariadbProgram() === undefined && args.includes('--install')) installMariadb();

if (mariadbProgram() === undefined) {
  const how = 'install mariadb-server, or run this as root on Debian with --install';
  console.log(`The tests on MariaDB are left out, for it is not installed here: ${how}.`);
} else {
  process.exitCode = await withServers();
}

async function withServers(): Promise<number> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'jangteo-engines-'));
  chmodSync(folder, 0o711);
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort());
  const stops: (() => Promise<void>)[] = [];
  try {
    const postgres = await startPostgres({
      folder: join(folder, 'postgres'),
      binaries: packagedBinaries(),
      openFolder: join(folder, 'open'),
      settings: { max_connections: '200', shared_buffers: '128MB', max_prepared_transactions: '64' },
      say: () => undefined,
    });
    stops.push(() => postgres.stop('immediate'));
    const mariadb = await startMariadb(join(folder, 'mariadb'));
    stops.push(() => mariadb.kill());
    return await runTests({ JANGTEO_TEST_PG18: postgres.url, JANGTEO_TEST_MARIADB: mariadb.url }, ended.signal);
  } finally {
    await Promise.all(stops.map((stop) => stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The exit code of the test run. */
function runTests(urls: Record<string, string>, ended: AbortSignal): Promise<number> {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const files = named.length > 0 ? named : globSync('test/**/*.engines.ts').sort();
  const command = ['--test', '--test-concurrency=2', '--test-timeout=120000', ...files];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...urls } });
    ended.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Debian's package, without its service: we start servers of our own. */
function installMariadb(): void {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log('Installing MariaDB …');
  const kept = existsSync(POLICY);
  if (!kept) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const command of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'mariadb-server'],
    ]) {
      const { status, stderr } = spawnSync('apt-get', command, { env, encoding: 'utf8' });
      if (status !== 0) console.log(`apt-get ${command[0]} failed: ${stderr.trim().split('\n').at(-1)}`);
    }
  } finally {
    if (!kept) rmSync(POLICY, { force: true });
  }
}
