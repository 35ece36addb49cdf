import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './place.ts';
import { PostgresServerFault } from './port.ts';
import { isAlive, type Postmaster, readPostmaster } from './postmaster.ts';

const POLL_MS = 10;
const TELL_EVERY_MS = 3_000;
const LARGEST_LOG_BYTES = 16 * 1024 * 1024;

/** What an address of a socket may have, its file's name and the closing zero included, on macOS; elsewhere a little more. */
const LONGEST_SOCKET_BYTES = 104;

/** Fit for a laptop and for commits that many share; durability is PostgreSQL's own default and said here once more. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  wal_compression: 'on',
  jit: 'off',
  // At the default of 200 a vacuum takes half a core for as long as it lasts, which whoever waits for a commit feels on a small machine.
  autovacuum_vacuum_cost_limit: '50',
  log_min_messages: 'warning',
  // Who keeps the server alive starts it again. PostgreSQL 18 that recovers in place from the end of one of its processes waits for ever
  // when that recovery fails at once, as on a full disk.
  restart_after_crash: 'off',
  timezone: 'UTC',
  // After a crash everything is synced before it is recovered; file by file that takes seconds for many databases.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};

/** Starts a server of its own process group, so that the terminal's Ctrl-C never reaches it, and waits until it is ready. `spawned` hears of it before. */
export async function launch(
  place: Place,
  folder: string,
  settings: Readonly<Record<string, string>>,
  say: (line: string) => void,
  spawned: (pid: number) => void = () => undefined,
): Promise<Postmaster> {
  const port = await freePort(rememberedPort(folder));
  writeFileSync(join(folder, 'port'), `${port}\n`);
  const logFile = join(folder, 'server.log');
  const tooLong = existsSync(logFile) && statSync(logFile).size > LARGEST_LOG_BYTES;
  const log = openSync(logFile, tooLong ? 'w' : 'a');
  const from = tooLong ? 0 : statSync(logFile).size;
  // Beside the port, which anybody's tools use, a socket for the shop itself: a commit costs it half as much by that way.
  const sockets = { unix_socket_directories: socketFolderFor(place.data) };
  const chosen = Object.entries({ ...SETTINGS, ...sockets, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  removeSockets(place.data);
  const child = spawn(join(place.binaries, 'bin', 'postgres'), ['-D', place.data, '-p', String(port), ...chosen], {
    ...place.account,
    cwd: place.data,
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, TZ: 'UTC' },
  });
  closeSync(log);
  child.unref();
  if (child.pid !== undefined) spawned(child.pid);
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  await waitUntilReady(
    place.data,
    child.pid,
    say,
    () => failed ?? (child.exitCode !== null || child.signalCode !== null),
  );
  const ready = readPostmaster(place.data);
  if (ready?.status === 'ready' && ready.pid === child.pid) return ready;
  throw new PostgresServerFault(reasonFrom(readFileSync(logFile).subarray(from).toString('utf8'), logFile));
}

/** Waits until the server of a data folder is ready, or until `gaveUp`; a recovery may take a while and is told. */
export async function waitUntilReady(
  data: string,
  pid: number | undefined,
  say: (line: string) => void,
  gaveUp: () => unknown,
): Promise<void> {
  const start = performance.now();
  let nextTell = TELL_EVERY_MS;
  while (!gaveUp()) {
    const seen = readPostmaster(data);
    if (seen?.pid === pid && seen?.status === 'ready') return;
    const waited = performance.now() - start;
    if (waited > nextTell) {
      say(`PostgreSQL is recovering what an interrupted run left (${Math.round(waited / 1000)} s) …`);
      nextTell += TELL_EVERY_MS;
    }
    await pause(POLL_MS);
  }
}

/** Waits until a process is gone; answers false when it is still there after `atMostMs`. */
export async function waitUntilGone(pid: number, atMostMs: number): Promise<boolean> {
  const start = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - start > atMostMs) return false;
    await pause(POLL_MS);
  }
  return true;
}

/** Where the socket of a server goes: its data folder, which nobody else may enter, or nowhere (empty) when that cannot be its address. */
export function socketFolderFor(data: string): string {
  const fits = Buffer.byteLength(join(data, '.s.PGSQL.65535')) < LONGEST_SOCKET_BYTES;
  // A comma would part two folders.
  return fits && !data.includes(',') ? data : '';
}

/**
 * Sockets of a server that was killed are locked by a pid that may be somebody else's now, or a process that nobody has collected yet:
 * a new server would refuse to start. Two servers on one folder are kept apart by the folder's own lock.
 */
function removeSockets(data: string): void {
  for (const name of readdirSync(data)) if (name.startsWith('.s.PGSQL.')) rmSync(join(data, name), { force: true });
}

function rememberedPort(folder: string): number {
  const file = join(folder, 'port');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

/** The wanted port when it is free, else any free one. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      wanted !== 0 && error.code === 'EADDRINUSE' ? resolve(freePort(0)) : reject(error),
    );
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}

function reasonFrom(log: string, logFile: string): string {
  if (/No space left on device/.test(log)) return 'The disk is full: free some space and start again.';
  if (/could not locate a valid checkpoint record|invalid (primary )?checkpoint/.test(log))
    return `The database has lost data that it had safely written (a damaged or exchanged disk): restore JANGTEO_HOME from a backup; ${logFile} tells more.`;
  const fatal = log.split('\n').filter((line) => /FATAL|PANIC|ERROR/.test(line));
  const said = fatal.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ?? 'it ended without a word';
  return `PostgreSQL did not start: ${said} (${logFile} tells more).`;
}
