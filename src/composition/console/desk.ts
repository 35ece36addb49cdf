import type { ReadStream } from '../../edges/console/order-log.ts';
import type { Run } from '../../edges/console/saga-routes.ts';
import type { Contract } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { Calls } from '../../platform/calls/port.ts';
import { UnavailableFault } from '../../platform/event-store/port.ts';
import type { Hospital } from '../../platform/hospital/port.ts';
import type { RunInFlight } from '../../platform/sagas/port.ts';
import type { ViewStatus } from '../../platform/views/port.ts';
import type { Part } from '../part.ts';
import { shownRun } from './console-sagas.ts';

/** What operators ask of one service. All of it is plain data, so that it can be asked from another process. */
export interface Desk {
  readonly service: string;
  readonly hospital: Hospital;
  inFlight(limit: number, waitingMs?: number): Promise<readonly RunInFlight[]>;
  /** Runs as the console shows them. */
  runs(limit: number, waitingMs?: number): Promise<readonly Run[]>;
  /** The sagas that the service has, with their steps. */
  sagas(): Promise<readonly { readonly saga: string; readonly steps: readonly string[] }[]>;
  views(): Promise<readonly ViewStatus[]>;
  rebuild(view: string): Promise<Outcome<ViewStatus>>;
  /** A stream of its log; a kind of stream that it does not have is empty. */
  stream(aggregate: string, id: string, newest?: number): ReturnType<ReadStream>;
  /** How many cases wait in its hospital. */
  cases(): Promise<{ readonly open: number; readonly oldestOpenedAt?: number }>;
  log(): Promise<{ readonly partitions: number; readonly epoch: string; readonly events: number }>;
  /** Where it hears from, and whether all of that goes on. */
  hearing(): Promise<{
    readonly ok: boolean;
    readonly hears: readonly { readonly source: string; readonly behind: number }[];
  }>;
}

/** The desk of a service that is at work in this process. */
export function deskOf(part: Part): Desk {
  const { name, hospital, sagas, running, views, definition, store, storage, subscriptions } = part;
  const statuses = () => subscriptions.map((each) => each.status());
  return {
    service: name,
    hospital,
    inFlight: (limit, waitingMs) => sagas.inFlight(limit, waitingMs),
    runs: async (limit, waitingMs) => (await sagas.inFlight(limit, waitingMs)).map((run) => shownRun(part, run)),
    sagas: async () =>
      (running.sagas ?? []).map((wiring) => ({
        saga: wiring.definition.name,
        steps: wiring.definition.steps.map((step) => step.name),
      })),
    views: async () => [...views.values()].map((view) => view.status()),
    async rebuild(wanted) {
      const view = views.get(wanted);
      if (view === undefined) return rejected({ code: 'unknown_view', detail: 'There is no such view.' });
      await view.rebuild();
      return done(view.status());
    },
    async stream(wanted, id, newest) {
      const aggregate = definition.aggregates.find((each) => each.name === wanted);
      if (aggregate === undefined) return { events: [], isWhole: true };
      if (newest === undefined) return { events: await store.history(aggregate, id), isWhole: true };
      const { version } = await store.load(aggregate, id);
      const after = Math.max(0, version - newest);
      return { events: await store.history(aggregate, id, after), isWhole: after === 0 };
    },
    async cases() {
      const { reported, oldestOpenedAt } = await hospital.status();
      const events = statuses().reduce((sum, { openCases }) => sum + openCases, 0);
      const open = events + Object.values(reported).reduce((sum, count) => sum + count, 0);
      return { open, ...(oldestOpenedAt !== undefined && { oldestOpenedAt }) };
    },
    async log() {
      const { partitions, epoch } = storage.log;
      return { partitions, epoch, events: (await storage.heads()).reduce((sum, head) => sum + head, 0) };
    },
    hearing: async () => ({
      ok: statuses().every(({ state }) => state !== 'halted'),
      hears: statuses().map(({ source, behind }) => ({ source, behind })),
    }),
  };
}

type AnyFunction = (...asked: never[]) => Promise<unknown>;

const OF_HOSPITAL = ['admit', 'list', 'show', 'retry', 'discharge', 'edit', 'dryRun', 'status'] as const;
const OWN = ['inFlight', 'runs', 'sagas', 'views', 'rebuild', 'stream', 'cases', 'log', 'hearing'] as const;
const WRITES: readonly string[] = ['admit', 'retry', 'discharge', 'edit', 'dryRun', 'rebuild'];

/** The calls by which a service's desk is asked from elsewhere: whoever leads the service answers them. */
export function deskContract(service: string): Contract {
  const calls = [...OF_HOSPITAL, ...OWN].map((name) => {
    const kind = WRITES.includes(name) ? ('command' as const) : ('query' as const);
    return [name, { kind, request: {}, answer: {}, rejections: [] }] as const;
  });
  return { service: `${service}.desk`, calls: Object.fromEntries(calls), events: {} };
}

/** Lets other processes ask the desk; the returned function ends it. */
export function serveDesk(calls: Pick<Calls, 'serve'>, desk: Desk): () => void {
  const functions: Record<string, AnyFunction> = {};
  for (const name of OF_HOSPITAL) functions[name] = desk.hospital[name] as AnyFunction;
  for (const name of OWN) functions[name] = desk[name] as AnyFunction;
  const handlers = Object.entries(functions).map(([name, answer]) => [
    name,
    async (asked: readonly unknown[]) => done(await answer(...(asked.map((each) => each ?? undefined) as never[]))),
  ]);
  return calls.serve(deskContract(desk.service), Object.fromEntries(handlers));
}

/** The desk of a service wherever it is led. Its functions throw an UnavailableFault when nobody answers. */
export function remoteDesk(service: string, ask: Calls['ask']): Desk {
  const asking =
    (name: string) =>
    async (...asked: unknown[]) => {
      const outcome = await ask(`${service}.desk`, name, asked, {});
      if (outcome.kind === 'done') return outcome.answer;
      throw new UnavailableFault(`${service} does not answer just now`);
    };
  const functions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, asking(name)]));
  // Whoever runs the hospital closes it.
  const hospital = { ...functions(OF_HOSPITAL), close: async () => undefined };
  return { service, hospital, ...functions(OWN) } as unknown as Desk;
}
