import { isDeepStrictEqual } from 'node:util';
import type { CallContext } from '../../kernel/contract.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import {
  nextSagaState,
  type SagaDefinition,
  type SagaHeard,
  type SagaState,
  sagaCall,
  startSaga,
  takenUp,
} from '../../kernel/saga.ts';
import type { Calls } from '../calls/port.ts';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { ConflictFault, type EventStore, type Work } from '../event-store/port.ts';
import type { Keyring } from '../keyring/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { Storage } from '../storage/port.ts';
import { isSampled, type Logger, type Tracing } from '../telemetry/port.ts';
import type { RunInFlight, Sagas, SagaWiring, StepFailure } from './port.ts';
import { type RunDocument, runKey, sagaRuns, writeRun } from './run-document.ts';

const BACKOFF = { firstMs: 100, mostMs: 5_000 };
const LONGEST_WAIT_MS = 60_000;
const PAGE = 500;
const KEEP_ENDED_MS = 30 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;

export interface SagaRunnerOptions {
  readonly service: string;
  readonly store: EventStore;
  readonly documents: Pick<Storage, 'query' | 'documents'>;
  readonly calls: Pick<Calls, 'ask'>;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly tracing?: Tracing;
}

export interface SagaRunner extends Sagas {
  /** Makes a saga known. All are wired before `start`. */
  wire(wiring: SagaWiring<never>): void;
  /** Takes up the runs that an earlier process left. */
  start(): Promise<void>;
  /** How many runs this process drives now. */
  running(): number;
  /** Stops asking; what is under way goes on in the next process. */
  close(): Promise<void>;
}

interface Run {
  document: RunDocument;
  version: number;
  readonly secrets: JsonObject;
  lastFailure?: StepFailure | undefined;
  nextTryAt?: number | undefined;
}

/**
 * Drives sagas to their ends. The start of a run is committed with its cause, the turn to compensation before anything is
 * undone, and the end with its effects; steps in between are not recorded, for they are asked with a key fixed by run and
 * step, and a run that is taken up after a crash asks them again.
 */
export function sagaRunner(options: SagaRunnerOptions): SagaRunner {
  const { store, documents, calls, keyring, clock, random, logger, tracing } = options;
  const wirings = new Map<string, SagaWiring>();
  const driven = new Map<string, { readonly run: Run; readonly finished: Promise<void> }>();
  const closing = new AbortController();
  let stopSweeping = () => {};

  const wiringOf = (saga: string): SagaWiring => {
    const wiring = wirings.get(saga);
    if (wiring === undefined) throw new Error(`no saga ${saga} is wired in ${options.service}`);
    return wiring;
  };

  function take(run: Run, from: typeof takenUp = asItStands): void {
    const key = runKey(run.document.saga, run.document.id);
    if (closing.signal.aborted || driven.has(key)) return;
    const definition = definitionOf(wiringOf(run.document.saga), run.document.definitionVersion);
    if (definition === undefined) {
      logger.error(
        { run: key, version: run.document.definitionVersion },
        'the definition this run pinned is gone; it waits',
      );
      return;
    }
    run.document = { ...run.document, state: from(definition, run.document.state) };
    const finished = drive(run, definition)
      .catch((error) => logger.error({ run: key, err: error }, 'a saga run stopped; it is taken up at the next start'))
      .finally(() => driven.delete(key));
    driven.set(key, { run, finished });
  }

  async function drive(run: Run, definition: SagaDefinition<JsonObject>): Promise<void> {
    while (!closing.signal.aborted) {
      const before = run.document.state;
      const heard = await ask(run, definition, before);
      if (closing.signal.aborted) return;
      const state = nextSagaState(definition, before, heard, clock.now());
      run.document = { ...run.document, state };
      if (state.phase === 'completed' || state.phase === 'failed') return end(run);
      if (heard.kind === 'unknown' && state.attempts > 0) {
        const mostMs = mostWaitMs(heard, state, definition, clock.now());
        const waitMs = Math.ceil(backoffMs(state.attempts, random, { ...BACKOFF, mostMs }));
        run.lastFailure = { reason: heard.reason, at: clock.now() };
        if (state.attempts === 1) await record(run, { wakeAt: clock.now(), lastFailure: run.lastFailure });
        run.nextTryAt = clock.now() + waitMs;
        await sleep(clock, waitMs, closing.signal);
        run.nextTryAt = undefined;
      } else {
        run.lastFailure = undefined;
        if (state.phase === 'compensating') await record(run, { wakeAt: clock.now() });
      }
    }
  }

  async function ask(run: Run, definition: SagaDefinition<JsonObject>, state: SagaState): Promise<SagaHeard> {
    const call = sagaCall(definition, state, run.document.input ?? {}, run.secrets);
    if (call === undefined) return { kind: 'done', answer: null };
    const { saga, id, traceparent } = run.document;
    const step = definition.steps[state.step]?.name;
    const idempotencyKey = `${saga}/${id}/${step}/${state.phase === 'forward' ? 'do' : 'undo'}`;
    const asking = (context: CallContext) => calls.ask(call.service, call.call, call.request, context);
    if (tracing === undefined || !isSampled(traceparent)) return heardOf(await asking({ idempotencyKey }));
    const attributes = {
      ...{ 'jangteo.service': options.service, 'jangteo.saga': saga, 'jangteo.run': id, 'jangteo.step': String(step) },
      ...{ 'jangteo.phase': state.phase, 'jangteo.attempts': state.attempts },
    };
    const within = (span = traceparent) => asking({ idempotencyKey, traceparent: span });
    return heardOf(await tracing.inSpan(`saga ${saga}: ${step}`, attributes, traceparent, within));
  }

  async function record(run: Run, change: Partial<RunDocument>): Promise<void> {
    run.document = { ...run.document, ...change };
    await commit(run, { intents: [] });
  }

  async function end(run: Run): Promise<void> {
    const { saga, id, input = {}, state } = run.document;
    const effects = wiringOf(saga).ended({ id, input, state });
    const { input: _forgotten, secrets: _secrets, ...kept } = run.document;
    run.document = { ...kept, status: 'ended', wakeAt: clock.now() };
    const decided = await commit(run, effects);
    if (decided.length > 0) {
      logger.error({ run: runKey(saga, id), codes: decided }, 'the end of a saga was refused in part');
      await record(run, { refusedEnd: decided.join(', ') });
    }
  }

  /** Writes the run with its effects; answers the codes of refused effects. Waits out an unavailable store. */
  async function commit(run: Run, effects: Pick<Work, 'intents' | 'documents'>): Promise<readonly string[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const decided = await store.decide({
          intents: effects.intents,
          whenRejected: 'skip',
          documents: [...(effects.documents ?? []), writeRun(run.document, run.version)],
          metadata: { causation: runKey(run.document.saga, run.document.id), actor: options.service, ...traceOf(run) },
        });
        run.version += 1;
        return decided.ok ? decided.skipped.map((each) => each.rejection.code) : [decided.rejection.code];
      } catch (error) {
        if (closing.signal.aborted) throw error;
        if (error instanceof ConflictFault) {
          if (attempt === 1 || !(await isWritten(run))) throw error;
          run.version += 1;
          return [];
        }
        if (attempt === 1) logger.warn({ run: run.document.id, err: error }, 'a saga waits for its store');
        await sleep(clock, backoffMs(attempt, random, BACKOFF), closing.signal);
      }
    }
  }

  /** Whether an earlier attempt to write the run, whose fate was unknown, has succeeded after all. */
  async function isWritten({ document, version }: Run): Promise<boolean> {
    const key = runKey(document.saga, document.id);
    const stored = (await documents.documents(sagaRuns, 0, [key])).get(key);
    return stored?.version === version + 1 && isDeepStrictEqual(stored.body, JSON.parse(JSON.stringify(document)));
  }

  async function resume(document: RunDocument, version: number): Promise<void> {
    const opened = document.secrets === undefined ? {} : await keyring.open(document.secrets);
    take({ document, version, secrets: opened ?? {} }, takenUp);
  }

  function inFlightNow(stored: RunDocument): RunInFlight {
    const { saga, id, definitionVersion, startedAt, input = {} } = stored;
    const run = driven.get(runKey(saga, id))?.run;
    const { state } = run?.document ?? stored;
    const wiring = wirings.get(saga);
    const step =
      (wiring && definitionOf(wiring, definitionVersion))?.steps[state.step]?.name ?? `step ${state.step + 1}`;
    const lastFailure = run === undefined ? stored.lastFailure : run.lastFailure;
    return {
      ...{ saga, id, input, state, startedAt, step, driven: run !== undefined },
      ...(lastFailure && { lastFailure }),
      ...(run?.nextTryAt !== undefined && { nextTryAt: run.nextTryAt }),
    };
  }

  /** Removes the ended runs that were kept long enough, a page at a time. */
  async function sweep(): Promise<void> {
    const range = { field: 'wakeAt', below: clock.now() - KEEP_ENDED_MS };
    const wanted = { collection: sagaRuns, generation: 0, where: { status: 'ended' }, range, limit: PAGE };
    for (let found = PAGE; found === PAGE && !closing.signal.aborted; ) {
      const ended = await documents.query(wanted);
      found = ended.length;
      if (found === 0) return;
      await store.decide({
        intents: [],
        documents: ended.map(({ key }) => ({ collection: sagaRuns, generation: 0, key, body: null })),
      });
    }
  }

  function sweepLater(): void {
    stopSweeping = clock.after(SWEEP_EVERY_MS, () => {
      sweep()
        .catch((error) => logger.warn({ err: error }, 'old saga runs could not be removed'))
        .finally(sweepLater);
    });
  }

  return {
    wire(wiring) {
      const known = wiring as unknown as SagaWiring;
      wirings.set(known.definition.name, known);
    },
    async start() {
      for await (const found of pages(documents)) await resume(found.body as unknown as RunDocument, found.version);
      sweepLater();
    },
    async starting(saga, id, input, secrets, traceparent) {
      const { definition } = wiringOf(saga);
      const now = clock.now();
      const document: RunDocument = {
        saga,
        id,
        definitionVersion: definition.version,
        status: 'running',
        wakeAt: now,
        startedAt: now,
        state: startSaga(now),
        input,
        ...(secrets === undefined ? {} : { secrets: await keyring.seal(secrets.person, secrets.values) }),
        ...(isSampled(traceparent) ? { traceparent } : {}),
      };
      return {
        documents: [writeRun(document, 0)],
        committed: () => take({ document, version: 1, secrets: secrets?.values ?? {} }),
      };
    },
    async inFlight(limit, waitingMs) {
      const since = waitingMs === undefined ? Number.POSITIVE_INFINITY : clock.now() - waitingMs;
      const range = waitingMs === undefined ? {} : { range: { field: 'wakeAt', below: since } };
      const found = await documents.query({ ...runningByWake, ...range, limit });
      const runs = found.map(({ body }) => inFlightNow(body as unknown as RunDocument));
      return runs.filter(({ state }) => state.since < since);
    },
    running: () => driven.size,
    async close() {
      closing.abort();
      stopSweeping();
      await Promise.all(Array.from(driven.values(), ({ finished }) => finished));
    },
  };
}

function asItStands<Input>(_: SagaDefinition<Input>, state: SagaState): SagaState {
  return state;
}

const runningByWake = {
  collection: sagaRuns,
  generation: 0,
  where: { status: 'running' },
  order: 'ascending',
} as const;

async function* pages(documents: Pick<Storage, 'query'>) {
  let after: { value: number; key: string } | undefined;
  for (;;) {
    const found = await documents.query({ ...runningByWake, limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return;
    after = { value: (last.body as unknown as RunDocument).wakeAt, key: last.key };
  }
}

function definitionOf(wiring: SagaWiring, version: number): SagaDefinition<JsonObject> | undefined {
  return [wiring.definition, ...(wiring.olderDefinitions ?? [])].find((each) => each.version === version);
}

/**
 * A short outage is over for a run within seconds. One whose question has been failing for long (a card that the processor
 * breaks at) asks ever more seldom, so that its failures neither open a circuit nor take its probes from the others.
 */
function mostWaitMs(
  heard: SagaHeard & { readonly kind: 'unknown' },
  { phase, step, since }: SagaState,
  { steps }: SagaDefinition<JsonObject>,
  now: number,
): number {
  if (heard.reason === 'circuit_open' || heard.reason === 'overloaded') return BACKOFF.mostMs;
  const deadline = phase === 'forward' ? since + (steps[step]?.giveUpAfterMs ?? 0) : Number.POSITIVE_INFINITY;
  return Math.max(BACKOFF.mostMs, Math.min(LONGEST_WAIT_MS, (now - since) / 4, deadline - now));
}

function heardOf(outcome: Outcome<unknown>): SagaHeard {
  if (outcome.kind === 'done') return { kind: 'done', answer: (outcome.answer ?? null) as JsonObject };
  return outcome;
}

function traceOf(run: Run): { traceparent?: string } {
  return run.document.traceparent === undefined ? {} : { traceparent: run.document.traceparent };
}
