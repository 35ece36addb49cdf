import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../src/composition/programs.ts';
import { isAlive, type Postmaster, readPostmaster } from '../../src/platform/postgres-server/postmaster.ts';
import type { ShopUnderTest } from '../scenarios/api.ts';

const clone = dirname(dirname(import.meta.dirname));
const OPEN_WITHIN_MS = 120_000;
const END_WITHIN_MS = 60_000;

/** What a command came to. */
export interface Told {
  readonly code: number | null;
  readonly said: string;
}

/** A shop as a user runs it: a process of its own with its own data folder, port and PostgreSQL, to be ended in every way. */
export interface ShopProcess extends ShopUnderTest {
  readonly home: string;
  /** Starts it and waits until it is open; answers what it said. */
  open(...options: readonly string[]): Promise<string>;
  /** Sends a signal and waits until the process is gone; answers its exit code (null when the signal ended it). */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Whether its process runs. */
  isOpen(): boolean;
  /** What it has said since it was opened. */
  said(): string;
  /** Runs a command of `jangteo` on its data folder. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Told>;
  /** Fails unless `jangteo verify` finds every invariant kept. */
  verify(): Promise<void>;
  /** Its PostgreSQL as it runs now, undefined when none does. */
  postmaster(): Postmaster | undefined;
  /** Where PostgreSQL keeps its data. */
  data(): string;
  /** The simulators beside it, as they run now. */
  simulators(): readonly number[];
  /** Kills whatever still runs and removes the data, whatever state they are in. */
  remove(): Promise<void>;
}

/** A shop on an empty folder (or on `home`, which its maker removes), not started yet. */
export async function shopProcess(options: { readonly home?: string } = {}): Promise<ShopProcess> {
  const root = options.home === undefined ? temporaryFolder() : undefined;
  const home = options.home ?? join(root ?? '', 'home');
  const port = await freePort();
  let child: ChildProcess | undefined;
  let said = '';

  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, ['src/main.ts', ...args], {
      cwd: clone,
      // The channel takes the shop down with a test that is killed itself.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...{ PATH: process.env.PATH, JANGTEO_HOME: home, PORT: String(port) },
        ...{ JANGTEO_DEMO: 'off', LOG_LEVEL: 'error', ...env },
      },
    });

  const data = () => dataOf(home);
  const postmaster = () => postmasterOf(home);

  const run = async (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Told> => {
    const command = start(args, env);
    let told = '';
    hear(command, (text) => {
      told += text;
    });
    const [code] = await once(command, 'close');
    return { code, said: told };
  };

  return {
    ...{ home, run, data, postmaster, url: `http://127.0.0.1:${port}` },
    get adminToken() {
      return JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')).adminToken as string;
    },
    isOpen: () => child?.exitCode === null && child.signalCode === null,
    said: () => said,
    simulators: () => (child?.pid === undefined ? [] : simulatorsOf(child.pid)),
    async open(...options) {
      said = '';
      const opened = start(['up', ...options]);
      child = opened;
      hear(opened, (text) => {
        said += text;
      });
      const deadline = Date.now() + OPEN_WITHIN_MS;
      while (!said.includes('is open at')) {
        assert.ok(opened.exitCode === null && Date.now() < deadline, `the shop did not open: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return said;
    },
    async end(signal) {
      const ended = child;
      assert.ok(ended !== undefined && ended.exitCode === null, `the shop had ended by itself: ${said}`);
      child = undefined;
      const closed = once(ended, 'close', { signal: AbortSignal.timeout(END_WITHIN_MS) });
      ended.kill(signal);
      const [code] = await closed.catch(() => {
        ended.kill('SIGKILL');
        assert.fail(`the shop does not end at ${signal}: ${said}`);
      });
      return code;
    },
    async verify() {
      const { code, said: told } = await run(['verify', '--json']);
      const { sound, verdicts } = JSON.parse(told);
      const violated = verdicts.filter(({ violations }: { violations: unknown[] }) => violations.length > 0);
      assert.deepEqual({ code, sound, violated }, { code: 0, sound: true, violated: [] });
    },
    async remove() {
      if (child?.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'close');
        child.kill('SIGKILL');
        await gone;
      }
      const left = postmaster();
      if (left !== undefined) killGroup(left.pid);
      removeOutside(home);
      if (root !== undefined) rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** Asks the shop's own PostgreSQL as its superuser, until `ask` is done or the server is gone. */
export async function asSuperuser(
  { home }: Pick<ShopProcess, 'home'>,
  database: string,
  ask: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const [port, password] = ['port', 'password'].map((name) =>
    readFileSync(join(home, 'postgres', name), 'utf8').trim(),
  );
  const client = new pg.Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/${database}` });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await ask(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The PostgreSQL of a shop's data folder as it runs now, undefined when none does. */
export function postmasterOf(home: string): Postmaster | undefined {
  const found = readPostmaster(dataOf(home));
  return found !== undefined && isAlive(found.pid) ? found : undefined;
}

function dataOf(home: string): string {
  return placeOf(home)?.data ?? join(home, 'postgres', 'data');
}

/** Removes what lies outside a shop's data folder. */
export function removeOutside(home: string): void {
  const open = placeOf(home)?.openFolder;
  if (open !== undefined) rmSync(open, { recursive: true, force: true });
}

/** Kills a PostgreSQL whole, as the machine's end would: its server process and every session. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The simulators that a process has started. PostgreSQL is not among them: its server has let go of who started it. */
export function simulatorsOf(pid: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, child, parent, args = ''] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    return Number(parent) === pid && args.includes('simulator/main.ts') ? [Number(child)] : [];
  });
}

/** A folder in memory where there is one: the data need not outlive the machine, only the processes. */
export function temporaryFolder(name = 'jangteo-crash-'): string {
  const memory = '/dev/shm';
  const root = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), name));
  chmodSync(root, 0o711);
  return root;
}

/** Where the server's data went, and the folder outside the home that was made for it, if one was. */
function placeOf(home: string): { readonly data: string; readonly openFolder?: string } | undefined {
  const file = join(home, 'postgres', 'place.json');
  if (!existsSync(file)) return undefined;
  const { data, binaries } = JSON.parse(readFileSync(file, 'utf8')) as { data: string; binaries: string };
  const outside = [data, binaries].map(dirname).find((folder) => basename(folder).startsWith('jangteo-'));
  return { data, ...(outside !== undefined && dirname(outside) === '/var/lib' ? { openFolder: outside } : {}) };
}

function hear(child: ChildProcess, listener: (text: string) => void): void {
  child.stdout?.on('data', (chunk: Buffer) => listener(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => listener(chunk.toString()));
}
