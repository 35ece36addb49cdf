import assert from 'node:assert/strict';
import type { CallContext } from '../../kernel/contract.ts';
import type { Decider } from '../../kernel/decider.ts';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import { accept, nothingToDo, reject } from '../../kernel/rejection.ts';
import type { SagaDefinition } from '../../kernel/saga.ts';
import { sleep } from '../clock/port.ts';
import { seededRandom } from '../clock/seeded.ts';
import type { VirtualClock } from '../clock/virtual.ts';
import { type Aggregate, intent } from '../event-store/aggregate.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import { documentKeyStore, personKeys } from '../keyring/key-store.ts';
import { storedKeyring } from '../keyring/stored.ts';
import { memoryStorage } from '../storage/memory.ts';
import { silentLogger } from '../telemetry/silent.ts';
import type { Life } from './faults-harness.ts';
import { sagaCollections } from './run-document.ts';
import { type SagaRunner, sagaRunner } from './runner.ts';
import { patiently, type SagaWorld } from './saga-conformance.ts';

type Deed = { readonly done: boolean; readonly undone: boolean };
type DeedEvent = { readonly type: 'Done' | 'Undone'; readonly data: Record<string, never> };

/** What a step does in its service: at most once, and never after it was undone. */
const decider: Decider<Deed, 'do' | 'undo', DeedEvent, 'undone'> = {
  initial: { done: false, undone: false },
  decide(command, deed) {
    if (command === 'undo') return deed.undone ? nothingToDo : accept({ type: 'Undone', data: {} });
    if (deed.undone) return reject('undone', 'It was undone before.');
    return deed.done ? nothingToDo : accept({ type: 'Done', data: {} });
  },
  evolve: (deed, { type }) => (type === 'Done' ? { ...deed, done: true } : { ...deed, undone: true }),
};
const deed: Aggregate<Deed, 'do' | 'undo', DeedEvent, 'undone'> = {
  name: 'deed',
  decider,
  events: { Done: { version: 1 }, Undone: { version: 1 } },
};

type End = { readonly phase: string };
const ending: Aggregate<End, string, { readonly type: 'Ended'; readonly data: { readonly phase: string } }, never> = {
  name: 'ending',
  decider: {
    initial: { phase: 'none' },
    decide: (phase) => accept({ type: 'Ended', data: { phase } }),
    evolve: (_, { data }) => data,
  },
  events: { Ended: { version: 1 } },
};

const STEPS = ['hold', 'pay', 'enrol'] as const;
const RUN = 'run-1';
const TIMEOUT_MS = 1_000;
const DEADLINE_MS = 4_000;

/** Three steps, each in a service of its own, the last without an undoing. */
const definition: SagaDefinition<{ id: string }> = {
  name: 'synthetic',
  version: 1,
  steps: STEPS.map((name) => ({
    name,
    ask: ({ id }) => ({ service: name, call: 'do', request: { id } }),
    ...(name === 'enrol' ? {} : { undo: ({ id }) => ({ service: name, call: 'undo', request: { id } }) }),
    giveUpAfterMs: DEADLINE_MS,
  })),
};

const refusal = { code: 'refused', detail: 'No.' };
export const syntheticSuite = {
  processes: ['runner', 'hold', 'pay'],
  rejections: { 'hold.do': refusal, 'pay.do': refusal, 'enrol.do': refusal },
  veryLateMs: 40_000,
  longDeadMs: 60_000,
};

type Handler = (request: { readonly id: string }, context: CallContext) => Promise<Outcome<object>>;

/** The runner and the steps' services, each a process over a storage of its own; `enrol` lives with the runner. */
export function syntheticWorld(clock: VirtualClock): SagaWorld {
  const random = seededRandom(7);
  const collections = [...eventStoreCollections, ...sagaCollections, personKeys];
  const storages = new Map(
    ['runner', ...STEPS].map((name) => [name, memoryStorage({ name, clock, collections, partitions: 1 })] as const),
  );
  const network = new Map<string, Handler>();
  const stores = new Map<string, EventStore>();
  let runner: SagaRunner | undefined;

  async function open(life: Life, service: string): Promise<EventStore> {
    const kept = storages.get(service);
    if (kept === undefined) throw new Error(`there is no ${service}`);
    const storage = life.storage(service, kept);
    const common = {
      aggregates: [deed, ending],
      random,
      owner: service,
      logger: silentLogger,
      leaseMs: 600_000,
      cacheEntries: 100,
    };
    const store = await openEventStore({ storage, clock: life.clock, ...common });
    stores.set(service, store);
    return store;
  }

  async function serve(life: Life, service: string): Promise<void> {
    const store = await open(life, service);
    const carry =
      (command: 'do' | 'undo'): Handler =>
      async ({ id }) => {
        const decided = await store.decide({ intents: [intent(deed, id, command)] });
        return decided.ok ? done({}) : rejected(decided.rejection);
      };
    const handlers = life.served(service, { do: carry('do'), undo: carry('undo') });
    for (const [call, handler] of Object.entries(handlers)) network.set(`${service}.${call}`, handler);
  }

  async function run(life: Life): Promise<void> {
    const store = await open(life, 'runner');
    const documents = life.storage('runner', storages.get('runner') as never);
    const timed: Handler = (request, context) => {
      const asked = network.get(context.idempotencyKey ?? '')?.(request, context) ?? never();
      const late = sleep(life.clock, TIMEOUT_MS).then(() => unknown('timeout'));
      return Promise.race([asked.catch(() => unknown('fault')), late]);
    };
    const asking = life.served('asking', { one: timed });
    const keyring = storedKeyring({
      keys: documentKeyStore({ store, documents, clock: life.clock }),
      masterKey: new Uint8Array(32),
      clock: life.clock,
      random,
    });
    const sagas = sagaRunner({
      ...{ service: 'runner', store, documents, keyring, clock: life.clock, random, logger: silentLogger },
      calls: {
        ask: (service, call, request, context) =>
          asking.one(request as { id: string }, { ...context, idempotencyKey: `${service}.${call}` }),
      },
    });
    sagas.wire({ definition, ended: ({ id, state }) => ({ intents: [intent(ending, id, state.phase)] }) });
    await sagas.start();
    runner = sagas;
  }

  const typesIn = async (service: string) =>
    ((await storages.get(service)?.readFeed([], 100)) ?? []).map(({ type }) => type);

  return {
    async start(life) {
      if (life.process !== 'runner') return serve(life, life.process);
      await serve(life, 'enrol');
      await run(life);
    },
    async act() {
      await patiently(clock, async () => {
        const store = stores.get('runner');
        if (runner === undefined || store === undefined) throw new Error('not yet');
        const work = await runner.starting('synthetic', RUN, { id: RUN });
        await store.decide({ intents: [], ...work }).catch((error) => {
          if (!(error instanceof ConflictFault)) throw error;
        });
      });
    },
    async quiet() {
      return runner !== undefined && (await runner.inFlight(10)).length === 0 && runner.running() === 0;
    },
    async check() {
      const ends = (await storages.get('runner')?.readFeed([], 100)) ?? [];
      const phases = ends.filter(({ type }) => type === 'Ended').map(({ data }) => data.phase);
      assert.equal(phases.length, 1, `it ended ${phases.length} times: ${phases.join()}`);
      for (const step of STEPS) {
        const types = await typesIn(step);
        assert.equal(new Set(types).size, types.length, `${step} did something twice`);
        const stands = types.includes('Done') && !types.includes('Undone');
        const wanted = phases[0] === 'completed';
        // What has no undoing may stand after a failure; it is the last step.
        if (step !== 'enrol' || wanted) assert.equal(stands, wanted, `${step} after ${phases[0]}`);
      }
    },
  };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
