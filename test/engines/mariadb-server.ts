import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import mysql from 'mysql2/promise';

/** A MariaDB server of our own on a folder, to be killed and started again. */
export interface MariadbServer {
  /** As root, without a database. */
  readonly url: string;
  /** SIGKILL, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and waits until it answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const SYSTEM_PATH = ['/usr/sbin', '/usr/local/sbin', '/usr/bin'];

/** The server's program, undefined where MariaDB is not installed. */
export function mariadbProgram(name = 'mariadbd'): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_PATH];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Makes a new database in `folder` and starts a server on it. Throws what the server says. */
export async function startMariadb(folder: string): Promise<MariadbServer> {
  const [program, installer] = [mariadbProgram(), mariadbProgram('mariadb-install-db')];
  if (program === undefined || installer === undefined) throw new Error('MariaDB is not installed');
  const account = process.getuid?.() === 0 ? userOf('mysql') : undefined;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  mkdirSync(data);
  if (account !== undefined) chownSync(data, account.uid, account.gid);
  const args = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  const made = spawnSync(installer, args, { ...account, cwd: '/', encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`MariaDB could not make its data folder: ${made.stdout}${made.stderr}`);
  const port = await freePort();
  const url = `mysql://root@127.0.0.1:${port}`;
  const log = join(folder, 'server.log');
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const output = openSync(log, 'a');
    const options = [
      ...['--no-defaults', `--datadir=${data}`, '--bind-address=127.0.0.1', `--port=${port}`, '--skip-name-resolve'],
      ...[`--socket=${join(data, 'sock')}`, `--pid-file=${join(data, 'pid')}`, '--innodb-buffer-pool-size=64M'],
    ];
    const started = spawn(program ?? '', options, { ...account, cwd: '/', stdio: ['ignore', output, output] });
    closeSync(output);
    child = started;
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await answers(url))) {
      if (started.exitCode !== null || performance.now() > deadline)
        throw new Error(`MariaDB did not start: ${readFileSync(log, 'utf8').slice(-2_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  await start();
  return { url, start, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

async function answers(url: string): Promise<boolean> {
  try {
    const connection = await mysql.createConnection(url);
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

function userOf(name: string): { readonly uid: number; readonly gid: number } {
  const [uid, gid] = ['-u', '-g'].map((what) => Number(spawnSync('id', [what, name], { encoding: 'utf8' }).stdout));
  if (!uid || !gid) throw new Error(`MariaDB cannot run as root, and there is no user ${name} to run it as`);
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
