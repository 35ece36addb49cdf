import { measuredAlone } from '../child.ts';
import type { Figure } from '../figures.ts';
import type { Part, Run } from '../part.ts';
import type { SagaFigures } from '../saga.ts';

const shortLoad = (seconds: number) => Math.max(2, Math.round(seconds / 6));

/** What `bench/event-store.ts` prints. */
interface Decisions {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly p99Ms: number;
}

/** The event store alone, on the shop's PostgreSQL. */
export const logPart: Part = {
  name: 'log',
  takes: ({ seconds }) => 3 * shortLoad(seconds) + 2,
  async measure(run) {
    const { oneStream, newStreams, appended } = (await onPostgres(run, 'event-store.ts')) as Record<string, Decisions>;
    return [
      decided('events appended, 64 writers, ten at a time', 'events/s', appended, 20_000),
      decided('decisions on one stream, 64 writers', '/s', oneStream, 3_000),
      decided('decisions on new streams, 256 writers', '/s', newStreams),
    ];
  },
};

/** The saga runner alone, on the shop's PostgreSQL. */
export const sagasPart: Part = {
  name: 'sagas',
  takes: ({ seconds }) => shortLoad(seconds) + 2,
  async measure(run) {
    const { runsPerSecond, cpuMsPerRun, p99Ms } = (await onPostgres(run, 'saga-alone.ts')) as SagaFigures;
    return [
      {
        name: 'four-step sagas, the runner alone',
        value: runsPerSecond,
        unit: 'runs/s',
        bar: { atLeast: 3_000 },
        note: `${cpuMsPerRun.toFixed(3)} ms of CPU each, PostgreSQL's too; p99 ${p99Ms.toFixed(0)} ms`,
      },
    ];
  },
};

/** One product with ten thousand open reservations against one with ten. */
export const reservationsPart: Part = {
  name: 'reservations',
  takes: ({ seconds }) => 2 * shortLoad(seconds) + 6,
  async measure(run) {
    const { few, many } = (await onPostgres(run, 'reservations.ts')) as Record<string, Decisions>;
    const micros = (each: Decisions | undefined) => each?.cpuMicros ?? Number.NaN;
    return [
      decided('events on a product with 10 open reservations', 'events/s', few),
      decided('events on a product with 10,000', 'events/s', many),
      {
        name: 'CPU per event, 10,000 against 10',
        value: micros(many) / micros(few),
        unit: '×',
        bar: { atMost: 1.1 },
        note: 'reserved and sold by 64 writers, slices by turns, snapshots included',
      },
    ];
  },
};

/** The search index alone. */
export const searchPart: Part = {
  name: 'search',
  takes: () => 45,
  async measure(run) {
    run.progress('search over 100,000 products, half of them Korean');
    const told = (await measuredAlone('search.ts', [])) as Record<'p50' | 'p99' | 'megabytes' | 'filledMs', number>;
    return [
      {
        name: 'search p50, 100,000 products',
        value: told.p50,
        unit: 'ms',
        bar: { atMost: 2 },
        note: 'all kinds of queries, with facets',
      },
      { name: 'search p99', value: told.p99, unit: 'ms', bar: { atMost: 30 } },
      {
        name: 'memory of the index',
        value: told.megabytes,
        unit: 'MB',
        bar: { atMost: 300 },
        note: `filled in ${(told.filledMs / 1_000).toFixed(1)} s`,
      },
    ];
  },
};

/** A program of its own beside the idle shop, in a database of its own. */
async function onPostgres(run: Run, program: string): Promise<unknown> {
  const shop = await run.shop();
  run.progress(`bench/${program}`);
  return measuredAlone(program, [String(shortLoad(run.seconds))], { JANGTEO_TEST_PG18: shop.postgresUrl });
}

function decided(name: string, unit: string, told: Decisions | undefined, atLeast?: number): Figure {
  const { perSecond, cpuMicros, p99Ms } = told ?? { perSecond: Number.NaN, cpuMicros: Number.NaN, p99Ms: Number.NaN };
  return {
    ...{ name, unit, value: perSecond, note: `${cpuMicros.toFixed(0)} µs of CPU each, p99 ${p99Ms.toFixed(1)} ms` },
    ...(atLeast === undefined ? {} : { bar: { atLeast } }),
  };
}
