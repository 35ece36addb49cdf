/**
 * What a hop costs: `node bench/gateway.ts [seconds]`. A bare Fastify route of 1 kB, asked directly and through our hop, and through
 * nginx and HAProxy where they are installed, in short turns. A proxy's CPU is told as a multiple of the CPU that the upstream
 * used for the very same requests; the time that a hop adds is the difference of the medians of one user alone.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listening } from './child.ts';
import { type Figure, judged, tableOf } from './figures.ts';
import { closedLoop } from './load/closed-loop.ts';
import { median } from './load/latencies.ts';
import { OTHERS } from './other-proxies.ts';

const seconds = Number(process.argv[2] ?? 2);
const ROUNDS = 5;
const USERS = 64;
const MS_PER_TICK = 10;
/** The hop alone, and the whole gateway around it. */
const OURS = ['hop', 'gateway'] as const;
const isOurs = (name: string) => OURS.some((each) => each === name);

interface Turn {
  /** The proxy's CPU over the upstream's, for the same requests. */
  readonly ratio: number;
  readonly cpuMs: number;
  readonly p50: number;
  readonly perSecond: number;
}

const folder = mkdtempSync(join(tmpdir(), 'jangteo-bench-'));
const upstream = await listening('bare-upstream.ts', []);
const doors = new Map<string, Listening>();
const turns = new Map<string, Turn[]>([['direct', []]]);
try {
  for (const own of OURS) doors.set(own, await listening(`bare-${own}.ts`, [String(upstream.port)]));
  for (const [name, start] of Object.entries(OTHERS)) {
    const started = await start(join(folder, name), upstream.port);
    if (started !== undefined) doors.set(name, started);
  }
  for (const each of [upstream, ...doors.values()]) await load(each.port, USERS, 3);
  for (let round = 0; round < ROUNDS; round++) {
    turns.get('direct')?.push(await turn(upstream));
    for (const [name, door] of doors) turns.set(name, [...(turns.get(name) ?? []), await turn(door)]);
  }
} finally {
  for (const each of [upstream, ...doors.values()]) await each.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${tableOf(figures().map((each) => judged('gateway', each)))}\n`);

async function turn(door: Listening): Promise<Turn> {
  const before = { door: cpuMs(door.pid), upstream: cpuMs(upstream.pid) };
  const { all, perSecond } = await load(door.port, USERS, seconds);
  const used = { door: cpuMs(door.pid) - before.door, upstream: cpuMs(upstream.pid) - before.upstream };
  const { latencies } = await load(door.port, 1, seconds / 2);
  return { ratio: used.door / used.upstream, cpuMs: used.door / all, p50: latencies.p50, perSecond };
}

async function load(port: number, users: number, forSeconds: number) {
  const result = await closedLoop({
    port,
    users,
    seconds: forSeconds,
    journey: (connection) => connection.ask('GET', '/'),
  });
  if (result.failed > 0) throw new Error(`${result.failed} requests failed: ${result.firstFailure}`);
  return result;
}

/** User and system time of a process. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
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
        name: `${name}: CPU, times the upstream's`,
        value: of(name, ({ ratio }) => ratio),
        unit: '',
        ...(isOurs(name) && { bar: { atMost: 2.3 } }),
        note: `${of(name, ({ cpuMs }) => cpuMs).toFixed(3)} ms, ${Math.round(of(name, ({ perSecond }) => perSecond))}/s`,
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
