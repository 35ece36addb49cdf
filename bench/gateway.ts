/**
 * What a hop costs: `node bench/gateway.ts [requests a turn] [turns]`. A bare Fastify route of 1 kB, asked directly and through our hop and our gateway,
 * through Fastify with undici's `dispatch`, and through nginx and HAProxy where they are installed, in short turns. The load comes from
 * this process. A proxy's CPU (all of its threads) is told as a multiple of what the upstream needs of its own: for as many requests when
 * it is asked directly, in the same round; beside it, as a multiple of what it used behind that proxy. The time that a hop adds is the
 * difference of the medians of one user alone.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listening } from './child.ts';
import { type Figure, judged, tableOf } from './figures.ts';
import { getRequest, openConnection } from './load/connection.ts';
import { median } from './load/latencies.ts';
import { OTHERS } from './other-proxies.ts';

const requests = Number(process.argv[2] ?? 5_000);
const rounds = Number(process.argv[3] ?? 9);
const ASKED = getRequest('/');
const USERS = 64;
const ALONE = 300;
/** Until then the machine's code is not compiled as it stays. */
const WARM = 25_000;
const NS_PER_MS = 1_000_000;
/** The hop alone, and the whole gateway around it. */
const OURS = ['hop', 'gateway'] as const;
const isOurs = (name: string) => OURS.some((each) => each === name);

interface Turn {
  readonly cpuMs: number;
  /** The proxy's CPU over the upstream's own, when that is asked directly; and over the upstream's behind the proxy. */
  readonly ratio: number;
  readonly ratioBehind: number;
  readonly p50: number;
  readonly perSecond: number;
}

const folder = mkdtempSync(join(tmpdir(), 'jangteo-bench-'));
const upstream = await listening('bare-upstream.ts', []);
const doors = new Map<string, Listening>();
const turns = new Map<string, Turn[]>([['direct', []]]);
try {
  for (const own of OURS) doors.set(own, await listening(`bare-${own}.ts`, [String(upstream.port)]));
  doors.set('fastify and dispatch', await listening('bare-dispatch.ts', [String(upstream.port)]));
  for (const [name, start] of Object.entries(OTHERS)) {
    const started = await start(join(folder, name), upstream.port);
    if (started !== undefined) doors.set(name, started);
  }
  for (const each of [upstream, ...doors.values()]) await load(each.port, USERS, WARM);
  for (let round = 0; round < rounds; round++) {
    const direct = await turn(upstream);
    turns.get('direct')?.push(direct);
    for (const [name, door] of doors) turns.set(name, [...(turns.get(name) ?? []), await turn(door, direct.cpuMs)]);
  }
} finally {
  for (const each of [upstream, ...doors.values()]) await each.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${tableOf(figures().map((each) => judged('gateway', each)))}\n`);

/** `own`: the CPU that a request takes of an upstream that is asked directly, in ms; where that is what is measured, it is not known yet. */
async function turn(door: Listening, own = Number.NaN): Promise<Turn> {
  const before = { door: cpuMs(door.pid), upstream: cpuMs(upstream.pid) };
  const { all, perSecond } = await load(door.port, USERS, requests);
  const used = { door: cpuMs(door.pid) - before.door, upstream: cpuMs(upstream.pid) - before.upstream };
  const { p50 } = await load(door.port, 1, ALONE);
  const each = used.door / all;
  return { cpuMs: each, ratio: each / own, ratioBehind: used.door / used.upstream, p50, perSecond };
}

/** So many requests by so many users, each on a connection of its own that asks again as soon as it is answered. */
async function load(port: number, users: number, all: number) {
  const times: number[] = [];
  let begun = 0;
  const from = performance.now();
  const one = async () => {
    const connection = await openConnection(port);
    while (begun < all) {
      begun++;
      const since = performance.now();
      const status = await connection.statusOf(ASKED);
      if (status !== 200) throw new Error(`a request was answered ${status}`);
      times.push(performance.now() - since);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: users }, one));
  return { all, p50: median(times), perSecond: (all / (performance.now() - from)) * 1_000 };
}

/** The time that all threads of a process have run for. */
function cpuMs(pid: number): number {
  const of = (thread: string) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + of(thread), 0) / NS_PER_MS;
}

function figures(): Figure[] {
  const of = (name: string, pick: (turn: Turn) => number) => median((turns.get(name) ?? []).map(pick));
  const direct = of('direct', ({ p50 }) => p50);
  const upstreamAlone: Figure = {
    name: 'upstream alone: CPU of a request',
    value: of('direct', ({ cpuMs }) => cpuMs),
    unit: 'ms',
    note: `${Math.round(of('direct', ({ perSecond }) => perSecond))}/s`,
  };
  return [
    upstreamAlone,
    ...[...doors.keys()].flatMap((name): Figure[] => [
      {
        name: `${name}: CPU, times the upstream's own`,
        value: of(name, ({ ratio }) => ratio),
        unit: '',
        ...(isOurs(name) && { bar: { atMost: 2.3 } }),
        note: `${of(name, ({ ratioBehind }) => ratioBehind).toFixed(2)} times what the upstream used behind it; ${of(name, ({ cpuMs }) => cpuMs).toFixed(3)} ms, ${Math.round(of(name, ({ perSecond }) => perSecond))}/s`,
      },
      {
        name: `${name}: time added at p50, one user`,
        value: of(name, ({ p50 }) => p50) - direct,
        unit: 'ms',
        ...(isOurs(name) && { bar: { atMost: 0.5 } }),
      },
    ]),
  ];
}
