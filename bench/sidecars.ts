import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { Pool } from 'undici';
import { twoBehindSidecars } from '../src/composition/sidecars/sidecars-harness.ts';
import { LINK_PROTOCOL } from '../src/platform/calls/link.ts';

/**
 * What proxies beside processes cost: the same small process, asked directly, through two proxies, and through two proxies with mTLS, by
 * turns in one run. `node bench/sidecars.ts [rounds]`; needs Envoy (`npx jangteo engines install envoy`).
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const EACH = 400;
const WARM_UP = 100;

interface Way {
  readonly name: string;
  readonly ask: () => Promise<void>;
  readonly times: number[];
  /** Of both proxies, in ms. */
  cpuMs: number;
}

type Two = Awaited<ReturnType<typeof twoBehindSidecars>>;

const plain = await twoBehindSidecars({ mtls: false });
const mtls = await twoBehindSidecars();
const closing: (() => void)[] = [];
try {
  const direct = `http://127.0.0.1:${plain.processes.answerer.port}`;
  const origins = { direct, 'two proxies': plain.ask, 'two proxies, mTLS': mtls.ask };
  const ways: Way[] = [];
  for (const [name, origin] of Object.entries(origins)) {
    ways.push({ name: `request, ${name}`, ask: requests(origin), times: [], cpuMs: 0 });
    ways.push({ name: `call over a link, ${name}`, ask: await overLink(origin), times: [], cpuMs: 0 });
  }
  for (const { ask } of ways) for (let count = 0; count < WARM_UP; count++) await ask();
  for (let round = 0; round < ROUNDS; round++)
    for (const way of ways) {
      const before = cpuOf(plain) + cpuOf(mtls);
      for (let count = 0; count < EACH; count++) {
        const started = performance.now();
        await way.ask();
        way.times.push(performance.now() - started);
      }
      way.cpuMs += cpuOf(plain) + cpuOf(mtls) - before;
    }
  const base = new Map(ways.slice(0, 2).map(({ name, times }) => [name.split(',')[0], median(times)]));
  for (const { name, times, cpuMs } of ways) {
    const own = median(times);
    const than = base.get(name.split(',')[0]) ?? own;
    const cpu = (cpuMs * 1_000) / times.length;
    const told = `p50 ${own.toFixed(3)} ms  × ${(own / than).toFixed(2)}  + ${(own - than).toFixed(3)} ms`;
    console.log(`${name.padEnd(40)}${told}, ${cpu.toFixed(0)} µs of CPU in both proxies`);
  }
} finally {
  for (const close of closing) close();
  await Promise.all([plain.stop(), mtls.stop()]);
}

/** One after the other over one kept connection. */
function requests(origin: string): () => Promise<void> {
  const pool = new Pool(origin, { connections: 1 });
  closing.push(() => void pool.destroy());
  return async () => {
    const { body } = await pool.request({ method: 'GET', path: '/who' });
    await body.text();
  };
}

/** Over a connection that became another protocol, as processes call each other; the other side says back what it hears. */
async function overLink(origin: string): Promise<() => Promise<void>> {
  const asking = request(`${origin}/link`, {
    headers: { connection: 'Upgrade', upgrade: LINK_PROTOCOL },
    agent: false,
  });
  asking.end();
  const [, socket] = (await once(asking, 'upgrade')) as [unknown, Duplex];
  closing.push(() => void socket.destroy());
  const payload = Buffer.alloc(600, 'x');
  let heard = 0;
  let answered = () => {};
  socket.on('data', (part: Buffer) => {
    heard += part.length;
    if (heard < payload.length) return;
    heard = 0;
    answered();
  });
  return () =>
    new Promise<void>((resolve) => {
      answered = resolve;
      socket.write(payload);
    });
}

/** On-CPU time of the proxies' threads, in ms, as Linux counts it; 0 elsewhere. */
function cpuOf({ sidecars }: Two): number {
  const pids = [sidecars.asker, sidecars.answerer].flatMap(({ engine }) => engine.processes().map(({ pid }) => pid));
  try {
    const threads = pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`),
    );
    return (
      threads.reduce((sum, thread) => sum + Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6
    );
  } catch {
    return 0;
  }
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0;
}
