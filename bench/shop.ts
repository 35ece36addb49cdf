import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseInUse } from '../src/composition/database.ts';
import { freePort } from '../src/composition/programs.ts';
import { readSettings } from '../src/composition/settings.ts';
import { requireDurable } from './postgres-counters.ts';

/** A shop of the bench's own, as `npm start` runs it, in a folder that goes with it. */
export interface BenchShop {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first answer of `/readyz`, in ms. */
  readonly startMs: number;
  /** The superuser's, of its own PostgreSQL. */
  readonly postgresUrl: string;
  /** What `/metrics` says now, by name with its labels. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  /** Runs `jangteo verify` beside the open shop; answers what is violated. */
  verify(): Promise<readonly string[]>;
  /** Calls the admin API; throws what it answered when that is no success. */
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Imports products; throws when a row is rejected. */
  importCsv(csv: string): Promise<void>;
  /** Stops the shop; the folder stays, for a second start. */
  stop(): Promise<void>;
}

const ADMIN_TOKEN = 'bench-admin-token-0123456789';
const READY_WITHIN_MS = 300_000;
const TMPFS = 0x01021994;
const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts');

/** A new folder for a shop's data, removed by `discard`. Throws when it would lie in memory. */
export async function benchHome(): Promise<{ readonly path: string; discard(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'jangteo-bench-'));
  if ((await statfs(path)).type === TMPFS) {
    await rm(path, { recursive: true });
    throw new Error(`${tmpdir()} is memory, where nothing is durable: set TMPDIR to a folder on a disk`);
  }
  // Started by root, PostgreSQL runs as nobody and has to find its way in.
  await chmod(path, 0o711);
  return { path, discard: () => rm(path, { recursive: true, force: true }) };
}

/**
 * Starts a shop (of one process, or of a topology) on a free port, with the settings that everybody has and those given. Throws with its last words when it is not
 * ready in five minutes, and when its PostgreSQL is not durable.
 */
export async function startBenchShop(
  home: string,
  settings: NodeJS.ProcessEnv = {},
  topology = 'laptop',
): Promise<BenchShop> {
  const port = await freePort();
  const env = {
    ...withoutSettings(process.env),
    ...{ JANGTEO_HOME: home, PORT: String(port), JANGTEO_ADMIN_TOKEN: ADMIN_TOKEN },
    ...settings,
  };
  const from = performance.now();
  // The open channel tells the shop when this process has gone, however it went.
  const shop = spawn(process.execPath, [MAIN, 'up', topology], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const words: string[] = [];
  const keep = (chunk: Buffer) => {
    words.push(chunk.toString());
    if (words.length > 50) words.shift();
  };
  shop.stdout?.on('data', keep);
  shop.stderr?.on('data', keep);
  await ready(shop, port, words);
  const startMs = performance.now() - from;
  const postgresUrl = (await databaseInUse(readSettings(env))) ?? '';
  await requireDurable(postgresUrl).catch(async (error) => {
    shop.kill('SIGTERM');
    throw error;
  });
  return {
    port,
    pid: shop.pid ?? 0,
    startMs,
    postgresUrl,
    async admin(method, path, body) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${ADMIN_TOKEN}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async importCsv(csv) {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/admin/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'text/csv' },
        body: csv,
      });
      const report = (await answer.json()) as { rejected?: unknown[] };
      if (!answer.ok || report.rejected?.length !== 0)
        throw new Error(`the import was refused: ${JSON.stringify(report).slice(0, 500)}`);
    },
    async metrics() {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const readings = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return new Map(readings.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
    },
    async verify() {
      const said = await outputOf(spawn(process.execPath, [MAIN, 'verify', '--json'], { env }));
      const { verdicts } = JSON.parse(said) as { verdicts: { check: string; violations: string[] }[] };
      return verdicts.flatMap(({ check, violations }) => violations.map((violation) => `${check}: ${violation}`));
    },
    async stop() {
      if (shop.exitCode !== null) return;
      const exit = once(shop, 'exit');
      shop.kill('SIGTERM');
      await exit;
    },
  };
}

async function ready(shop: ChildProcess, port: number, words: readonly string[]): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (shop.exitCode !== null) break;
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      await answer.arrayBuffer();
      if (answer.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  shop.kill('SIGKILL');
  throw new Error(`the shop did not become ready:\n${words.join('')}`);
}

/** The environment without what would make this shop another than everybody's. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = /^(JANGTEO_|OTEL_|LOG_LEVEL$|DATABASE_URL$|PORT$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !settings.test(name)));
}

async function outputOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, 'close');
  return said;
}
