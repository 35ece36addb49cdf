import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Contract } from '../src/kernel/contract.ts';
import type { Decider } from '../src/kernel/decider.ts';
import { makeId } from '../src/kernel/ids.ts';
import { done, rejected } from '../src/kernel/outcome.ts';
import { accept, nothingToDo } from '../src/kernel/rejection.ts';
import type { SagaDefinition } from '../src/kernel/saga.ts';
import { localCalls } from '../src/platform/calls/local.ts';
import { systemClock, systemRandom } from '../src/platform/clock/system.ts';
import { type Aggregate, idOf, intent } from '../src/platform/event-store/aggregate.ts';
import { eventStoreCollections, openEventStore } from '../src/platform/event-store/open.ts';
import type { EventStore } from '../src/platform/event-store/port.ts';
import type { Keyring } from '../src/platform/keyring/port.ts';
import { databaseUrl } from '../src/platform/postgres/test-database.ts';
import { sagaCollections } from '../src/platform/sagas/run-document.ts';
import { sagaRunner } from '../src/platform/sagas/runner.ts';
import { postgresStorage } from '../src/platform/storage/postgres.ts';
import { silentLogger } from '../src/platform/telemetry/silent.ts';

export interface SagaFigures {
  readonly runsPerSecond: number;
  /** Of this process and the sessions that it has with PostgreSQL. */
  readonly cpuMsPerRun: number;
  /** From the wish to start to the end of the run. */
  readonly p99Ms: number;
}

type DoneEvent = { readonly type: 'Done'; readonly data: { readonly step: string } };

/** A stream that every step and every end of a run writes one event to. */
const decider: Decider<readonly string[], string, DoneEvent, never> = {
  initial: [],
  decide: (step, done) => (done.includes(step) ? nothingToDo : accept({ type: 'Done', data: { step } })),
  evolve: (done, { data }) => [...done, data.step],
};
const deeds: Aggregate<readonly string[], string, DoneEvent, never> = {
  name: 'deeds',
  decider,
  events: { Done: { version: 1 } },
};

const STEPS = ['one', 'two', 'three', 'four'] as const;
const definition: SagaDefinition<{ readonly id: string }> = {
  name: 'bench',
  version: 1,
  steps: STEPS.map((name) => ({
    name,
    ask: ({ id }) => ({ service: 'steps', call: name, request: { id } }),
    undo: ({ id }) => ({ service: 'steps', call: name, request: { id } }),
    giveUpAfterMs: 60_000,
  })),
};
const contract: Contract = {
  service: 'steps',
  calls: Object.fromEntries(STEPS.map((name) => [name, { kind: 'command', request: {}, answer: {}, rejections: [] }])),
  events: {},
};

const RUNS_AT_ONCE = 256;
const CONNECTIONS = 4;
/** This saga keeps no secrets. */
const keyring = {} as Keyring;

/**
 * The saga runner alone: runs of four steps, each of which commits in a service and a database of its own kind, over the durable
 * runner. Six commits a run: the start, the four steps, the end with its event. Takes a superuser's URL, works in two
 * databases of its own and drops them.
 */
export async function measureSagas(postgresUrl: string, seconds: number): Promise<SagaFigures> {
  const names = ['runner', 'steps'].map((part) => `bench_${part}_${randomBytes(4).toString('hex')}`);
  await onServer(postgresUrl, ...names.map((name) => `CREATE DATABASE ${name}`));
  const pools = names.map(
    (name) =>
      new pg.Pool({ connectionString: databaseUrl(postgresUrl, name), max: CONNECTIONS, application_name: name }),
  );
  try {
    const [runnerPool, stepsPool] = pools as [pg.Pool, pg.Pool];
    const [runner, steps] = await Promise.all([opened(runnerPool, 'runner'), opened(stepsPool, 'steps')]);
    const figures = await measured(runner, steps, seconds, () => sessionsCpuMs(postgresUrl, names));
    await Promise.all([runner.store.close(), steps.store.close()]);
    return figures;
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await onServer(postgresUrl, ...names.map((name) => `DROP DATABASE ${name} WITH (FORCE)`));
  }
}

type Opened = Awaited<ReturnType<typeof opened>>;

async function opened(pool: pg.Pool, name: string) {
  const storage = await postgresStorage({ pool, name, collections: [...eventStoreCollections, ...sagaCollections] });
  const common = { clock: systemClock, random: systemRandom, logger: silentLogger };
  const store = await openEventStore({ storage, aggregates: [deeds], owner: 'bench', ...common });
  return { storage, store, common };
}

async function measured(
  { store, storage, common }: Opened,
  steps: Opened,
  seconds: number,
  sessionsMs: () => Promise<number>,
): Promise<SagaFigures> {
  const calls = localCalls(silentLogger);
  calls.serve(contract, handlers(steps.store) as never);
  const sagas = sagaRunner({ service: 'runner', store, documents: storage, calls, keyring, ...common });
  sagas.wire({
    definition,
    ended: ({ id, state }) => ({ intents: [intent(deeds, id, state.phase, { fresh: true })] }),
  });
  const waiting = new Map<string, () => void>();
  store.onCommitted((events) => {
    for (const { stream } of events) waiting.get(idOf(stream))?.();
  });

  const times: number[] = [];
  const run = async () => {
    const id = makeId(
      { kind: 'run', cell: 0, bucket: times.length % 1024, timeMs: Date.now() },
      systemRandom.bytes(10),
    );
    const startedAt = performance.now();
    const ended = new Promise<void>((resolve) => waiting.set(id, resolve));
    await store.decide({ intents: [], ...(await sagas.starting(definition.name, id, { id })) });
    await ended;
    waiting.delete(id);
    times.push(performance.now() - startedAt);
  };
  const load = async (ms: number) => {
    const until = performance.now() + ms;
    const shopper = async () => {
      while (performance.now() < until) await run();
    };
    await Promise.all(Array.from({ length: RUNS_AT_ONCE }, shopper));
  };

  await load(500);
  times.length = 0;
  const cpu = process.cpuUsage();
  const sessionsBefore = await sessionsMs();
  const startedAt = performance.now();
  await load(seconds * 1_000);
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1_000 + (await sessionsMs()) - sessionsBefore;
  await sagas.close();
  times.sort((a, b) => a - b);
  return {
    runsPerSecond: (times.length / elapsedMs) * 1_000,
    cpuMsPerRun: cpuMs / times.length,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

function handlers(store: EventStore) {
  return Object.fromEntries(
    STEPS.map((name) => [
      name,
      async ({ id }: { readonly id: string }) => {
        const decided = await store.decide({ intents: [intent(deeds, id, name, { fresh: name === 'one' })] });
        return decided.ok ? done({}) : rejected(decided.rejection);
      },
    ]),
  );
}

const MS_PER_TICK = 10;

/** What the sessions on these databases have used so far; 0 where the server is not on this machine. */
async function sessionsCpuMs(url: string, databases: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE datname = ANY($1)', [
      databases,
    ]);
    return rows.reduce((total, { pid }) => total + cpuMsOf(pid), 0);
  } finally {
    await client.end();
  }
}

function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return 0;
  }
}

async function onServer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
