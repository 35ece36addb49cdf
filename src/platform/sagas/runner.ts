import { isDeepStrictEqual } from 'node:util';
import type { CallContext } from '../../kernel/contract.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import {
  latestOf,
  nextSagaState,
  type SagaDefinition,
  type SagaHeard,
  type SagaState,
  sagaCall,
  startSaga,
  stillCompleted,
  takenUp,
} from '../../kernel/saga.ts';
import type { Calls } from '../calls/port.ts';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { ConflictFault, type EventStore, type Work } from '../event-store/port.ts';
import type { Keyring } from '../keyring/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { Storage, StoredDocument } from '../storage/port.ts';
import { isSampled, type Logger, type Tracing } from '../telemetry/port.ts';
import { endedRuns } from './ended-runs.ts';
import type { RunInFlight, Sagas, SagaWiring, StepFailure } from './port.ts';
import { type RunDocument, runKey, sagaRuns, writeRun } from './run-document.ts';
import { runningByWake, undrivenRuns } from './undriven.ts';

const BACKOFF = { firstMs: 100, mostMs: 5_000 };
const LONGEST_WAIT_MS = 60_000;

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
  /** Takes up the runs that an earlier process left, and from then on those that nobody drives. */
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
  /** Definitions, by saga and version, of which it was said that their runs wait for another release. */
  const left = new Set<string>();
  const closing = new AbortController();
  const undriven = undrivenRuns({ documents, clock, logger, driven: () => driven.keys(), takeUp });
  const ended = endedRuns({ store, documents, clock, logger });

  const wiringOf = (saga: string): SagaWiring => {
    const wiring = wirings.get(saga);
    if (wiring === undefined) throw new Error(`no saga ${saga} is wired in ${options.service}`);
    return wiring;
  };

  /** The definition that the run pinned. A run of a release that knows one more is left to that release, or to one that has read of it. */
  function pinnedBy({ saga, id, definitionVersion: version }: RunDocument): SagaDefinition<JsonObject> | undefined {
    const wiring = wirings.get(saga);
    const definition = wiring && definitionOf(wiring, version);
    const pinned = `${saga} ${version}`;
    if (definition !== undefined || left.has(pinned)) return definition;
    left.add(pinned);
    logger.error(
      { run: runKey(saga, id), version },
      'this release does not have the definition that this run pinned: it waits with all others of it for one that has',
    );
    return undefined;
  }

  function take(run: Run): void {
    const key = runKey(run.document.saga, run.document.id);
    if (closing.signal.aborted || driven.has(key)) return;
    const definition = pinnedBy(run.document);
    if (definition === undefined) return;
    const finished = drive(run, definition)
      .catch((error) => logger.error({ run: key, err: error }, 'a saga run stopped; it is taken up again soon'))
      .finally(() => driven.delete(key));
    driven.set(key, { run, finished });
  }

  async function drive(run: Run, definition: SagaDefinition<JsonObject>): Promise<void> {
    while (!closing.signal.aborted) {
      const before = run.document.state;
      const heard = await ask(run, definition, before);
      if (closing.signal.aborted) return;
      const input = run.document.input ?? {};
      const state = nextSagaState(definition, before, heard, clock.now(), input);
      run.document = { ...run.document, state };
      if (state.phase === 'completed' || state.phase === 'failed') {
        if (await end(run, definition)) return;
        await record(run, { wakeAt: clock.now() });
      } else if (heard.kind === 'unknown' && state.attempts > 0) {
        const mostMs = mostWaitMs(heard, state, definition, clock.now(), input);
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
    await commit(run, run.document, { intents: [] }, isAlwaysDue);
  }

  /** Writes the end. False when it could not be written for so long that what was completed must be undone. */
  async function end(run: Run, definition: SagaDefinition<JsonObject>): Promise<boolean> {
    const { saga, id, input = {}, state } = run.document;
    const effects = wiringOf(saga).ended({ id, input, state });
    const { input: _forgotten, secrets: _secrets, ...kept } = run.document;
    const ended: RunDocument = { ...kept, status: 'ended', wakeAt: clock.now() };
    const decided = await commit(run, ended, effects, () => {
      return stillCompleted(definition, state, clock.now(), input) === state;
    });
    if (decided === undefined) {
      run.document = { ...run.document, state: stillCompleted(definition, state, clock.now(), input) };
      return false;
    }
    run.document = ended;
    if (decided.length > 0) {
      logger.error({ run: runKey(saga, id), codes: decided }, 'the end of a saga was refused in part');
      await record(run, { refusedEnd: decided.join(', ') });
    }
    return true;
  }

  /**
   * Writes the run with its effects; answers the codes of refused effects. Waits out an unavailable store as long as the writing
   * `isDue`, and answers undefined when it no longer is.
   */
  async function commit(
    run: Run,
    document: RunDocument,
    effects: Pick<Work, 'intents' | 'documents'>,
    isDue: () => boolean,
  ): Promise<readonly string[] | undefined> {
    for (let attempt = 1; isDue(); attempt++) {
      try {
        const decided = await store.decide({
          intents: effects.intents,
          whenRejected: 'skip',
          documents: [...(effects.documents ?? []), writeRun(document, run.version)],
          metadata: { causation: runKey(document.saga, document.id), actor: options.service, ...traceOf(document) },
        });
        run.version += 1;
        return decided.ok ? decided.skipped.map((each) => each.rejection.code) : [decided.rejection.code];
      } catch (error) {
        if (closing.signal.aborted) throw error;
        if (error instanceof ConflictFault) {
          if (attempt === 1 || !(await isWritten(document, run.version))) throw error;
          run.version += 1;
          return [];
        }
        if (attempt === 1) logger.warn({ run: document.id, err: error }, 'a saga waits for its store');
        await sleep(clock, backoffMs(attempt, random, BACKOFF), closing.signal);
      }
    }
    return undefined;
  }

  /** Whether an earlier attempt to write the run, whose fate was unknown, has succeeded after all. */
  async function isWritten(document: RunDocument, version: number): Promise<boolean> {
    const key = runKey(document.saga, document.id);
    const stored = (await documents.documents(sagaRuns, 0, [key])).get(key);
    return stored?.version === version + 1 && isDeepStrictEqual(stored.body, JSON.parse(JSON.stringify(document)));
  }

  /**
   * Takes a run up that another process, or an earlier life of this one, has left. That is written before anything is asked, so that
   * whoever should still drive it finds itself overtaken, instead of ending what it knows only half.
   */
  async function takeUp({ body, version }: StoredDocument): Promise<void> {
    const stored = body as unknown as RunDocument;
    const definition = pinnedBy(stored);
    if (definition === undefined) return;
    const opened = stored.secrets === undefined ? {} : await keyring.open(stored.secrets);
    const document = { ...stored, state: takenUp(definition, stored.state) };
    try {
      await store.decide({ intents: [], documents: [writeRun(document, version)] });
    } catch (error) {
      if (error instanceof ConflictFault) return;
      throw error;
    }
    take({ document, version: version + 1, secrets: opened ?? {} });
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

  return {
    wire(wiring) {
      const known = wiring as unknown as SagaWiring;
      wirings.set(known.definition.name, known);
    },
    async start() {
      await undriven.start();
      ended.start();
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
      ended.stop();
      await undriven.close();
      await Promise.all(Array.from(driven.values(), ({ finished }) => finished));
    },
  };
}

function isAlwaysDue(): boolean {
  return true;
}

function definitionOf(wiring: SagaWiring, version: number): SagaDefinition<JsonObject> | undefined {
  return [wiring.definition, ...(wiring.otherDefinitions ?? [])].find((each) => each.version === version);
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
  input: JsonObject,
): number {
  if (heard.reason === 'circuit_open' || heard.reason === 'overloaded') return BACKOFF.mostMs;
  const asked = steps[step];
  const deadline =
    phase === 'forward'
      ? Math.min(since + (asked?.giveUpAfterMs ?? 0), latestOf(asked, input))
      : Number.POSITIVE_INFINITY;
  return Math.max(BACKOFF.mostMs, Math.min(LONGEST_WAIT_MS, (now - since) / 4, deadline - now));
}

function heardOf(outcome: Outcome<unknown>): SagaHeard {
  if (outcome.kind === 'done') return { kind: 'done', answer: (outcome.answer ?? null) as JsonObject };
  return outcome;
}

function traceOf({ traceparent }: RunDocument): { traceparent?: string } {
  return traceparent === undefined ? {} : { traceparent };
}
