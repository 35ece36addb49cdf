import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedLoop, type LoadResult, percentile } from './load/closed-loop.ts';
import { openConnection } from './load/connection.ts';

const READERS = 64;

/** Reads of one path per second by 64 readers. */
export function reads(port: number, path: string, seconds: number): Promise<LoadResult> {
  return closedLoop(port, READERS, seconds, async (connection) => {
    const { status } = await connection.ask('GET', path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  });
}

/** Reads per second of a bare Fastify route that returns `bytes`. */
export async function bareReads(bytes: string, seconds: number): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'jangteo-bare-'));
  const file = join(folder, 'bytes.json');
  await writeFile(file, bytes);
  const server = spawn(process.execPath, [join(import.meta.dirname, 'bare-route.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(server.stdout, 'data');
    return await reads(Number(String(port)), '/bytes', seconds);
  } finally {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

/** Latency of searches, asked one after another: exact, prefix, typo and Korean mid-word. Milliseconds. */
export async function searchLatency(
  port: number,
  queries: readonly string[],
  rounds: number,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const connection = await openConnection(port);
  const latencies: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const query of queries) {
      const from = performance.now();
      const { status } = await connection.ask('GET', `/v1/search?q=${encodeURIComponent(query)}`);
      if (status !== 200) throw new Error(`the search for ${query} answered ${status}`);
      latencies.push(performance.now() - from);
    }
  }
  connection.close();
  latencies.sort((a, b) => a - b);
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}
