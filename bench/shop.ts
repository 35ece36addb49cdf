import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A shop of the bench's own, as `npm start` runs it, in a folder that goes with it. */
export interface BenchShop {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first answer of `/readyz`, in ms. */
  readonly startMs: number;
  /** Calls the admin API; throws what it answered when that is no success. */
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Imports products; throws when a row is rejected. */
  importCsv(csv: string): Promise<void>;
  /** Stops the shop; the folder stays, for a second start. */
  stop(): Promise<void>;
}

const ADMIN_TOKEN = 'bench-admin-token-0123456789';
const READY_WITHIN_MS = 120_000;

/** A new folder for a shop's data, removed by `discard`. */
export async function benchHome(): Promise<{ readonly path: string; discard(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'jangteo-bench-'));
  // Started by root, PostgreSQL runs as nobody and has to find its way in.
  await chmod(path, 0o711);
  return { path, discard: () => rm(path, { recursive: true, force: true }) };
}

/** Starts a shop on a free port. Throws with its last words when it is not ready in two minutes. */
export async function startBenchShop(home: string, environment: NodeJS.ProcessEnv = {}): Promise<BenchShop> {
  const port = await freePort();
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const from = performance.now();
  const shop = spawn(process.execPath, [main, 'up'], {
    env: {
      ...process.env,
      JANGTEO_HOME: home,
      PORT: String(port),
      JANGTEO_ADMIN_TOKEN: ADMIN_TOKEN,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  const keep = (chunk: Buffer) => {
    words.push(chunk.toString());
    if (words.length > 50) words.shift();
  };
  shop.stdout.on('data', keep);
  shop.stderr.on('data', keep);
  await ready(shop, port, words);
  return {
    port,
    pid: shop.pid ?? 0,
    startMs: performance.now() - from,
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
