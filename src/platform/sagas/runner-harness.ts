import type { Json, JsonObject } from '../../kernel/json.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import type { SagaDefinition } from '../../kernel/saga.ts';
import type { Collection } from '../../kernel/view.ts';
import { sleep } from '../clock/port.ts';
import { virtualClock } from '../clock/virtual.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import { documentKeyStore, personKeys } from '../keyring/key-store.ts';
import { storedKeyring } from '../keyring/stored.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Commit } from '../storage/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { sagaCollections } from './run-document.ts';
import { sagaRunner } from './runner.ts';

const ends: Collection = { name: 'ends', fields: {}, indexes: [] };

export const definition: SagaDefinition<{ order: string }> = {
  name: 'buy',
  version: 1,
  steps: [
    {
      name: 'hold',
      ask: ({ order }) => ({ service: 'stock', call: 'hold', request: { order } }),
      undo: ({ order }) => ({ service: 'stock', call: 'release', request: { order } }),
      giveUpAfterMs: 60_000,
    },
    {
      name: 'pay',
      ask: ({ order }, _, { token }) => ({ service: 'bank', call: 'pay', request: { order, token } }),
      undo: ({ order }) => ({ service: 'bank', call: 'void', request: { order } }),
      giveUpAfterMs: 60_000,
    },
  ],
};

type Answer = (request: JsonObject, key: string) => Outcome<Json>;

/** A service around the saga runner whose neighbours answer as told; a process can be killed and another started on the same storage. */
export async function world(answers: Readonly<Record<string, Answer>>, saga = definition) {
  const clock = virtualClock();
  const random = chance();
  const storage = memoryStorage({
    name: 'shop',
    clock,
    collections: [...eventStoreCollections, ...sagaCollections, personKeys, ends],
  });
  const asked: { call: string; request: JsonObject; key: string }[] = [];
  const stillUntil = new Map<string, number>();
  const told: string[] = [];
  let endsAreRefused = false;

  /** The storage as a process reaches it: one that stands still hears nothing before it wakes up, a dead one nothing at all. */
  function reachedBy(owner: string): typeof storage {
    const calls = Object.entries(storage).map(([name, call]) => {
      if (typeof call !== 'function') return [name, call];
      const waiting = async (...args: readonly unknown[]) => {
        const [batch] = args as readonly [Partial<Commit> | undefined];
        if (name === 'commit' && endsAreRefused && batch?.documents?.some(({ collection }) => collection === ends))
          return { fate: 'unavailable', cause: new Error('the disk is full') };
        for (let still = stillUntil.get(owner) ?? 0; clock.now() < still; still = stillUntil.get(owner) ?? 0)
          await (Number.isFinite(still) ? sleep(clock, still - clock.now()) : new Promise(() => undefined));
        return (call as (...args: readonly unknown[]) => unknown).apply(storage, args as unknown[]);
      };
      return [name, waiting];
    });
    return Object.fromEntries(calls);
  }

  async function start(owner: string, known = saga) {
    const reached = reachedBy(owner);
    const store = await clock.runUntil(
      openEventStore({ storage: reached, aggregates: [], clock, random, owner, logger: silentLogger }),
    );
    const keyring = storedKeyring({
      keys: documentKeyStore({ store, documents: reached, clock }),
      masterKey: new Uint8Array(32),
      clock,
      random,
    });
    const runner = sagaRunner({
      service: 'shop',
      store,
      documents: reached,
      keyring,
      clock,
      random,
      logger: { ...silentLogger, error: (_about, text) => void told.push(text) },
      calls: {
        ask: async (service, call, request, context) => {
          const key = context.idempotencyKey ?? '';
          asked.push({ call: `${service}.${call}`, request: request as JsonObject, key });
          return answers[`${service}.${call}`]?.(request as JsonObject, key) ?? done({});
        },
      },
    });
    runner.wire({
      definition: known,
      ended: ({ id, state }) => ({
        intents: [],
        documents: [
          { collection: ends, generation: 0, key: id, body: { phase: state.phase, code: state.rejection?.code } },
        ],
      }),
    });
    return { store, runner };
  }

  const first = await start('one');
  return {
    clock,
    asked,
    /** What operators were told as errors of runs. */
    told,
    start,
    first,
    pause: (owner: string, ms: number) => void stillUntil.set(owner, clock.now() + ms),
    kill: (owner: string) => void stillUntil.set(owner, Number.POSITIVE_INFINITY),
    refuseEnds(refused: boolean) {
      endsAreRefused = refused;
    },
    async begin(id: string, { runner, store } = first) {
      const work = await runner.starting('buy', id, { order: id }, { person: 'shp_1', values: { token: 'tok_visa' } });
      return store.decide({ intents: [], ...work });
    },
    ended: async (id: string) => (await storage.documents(ends, 0, [id])).get(id)?.body,
    run: async (id: string) =>
      (await storage.documents(sagaCollections[0] as Collection, 0, [`buy/${id}`])).get(`buy/${id}`)?.body,
    calls: () => asked.map((each) => each.call),
  };
}

function chance() {
  let count = 0;
  return {
    bytes: (size: number) => Uint8Array.from({ length: size }, () => (count = (count * 31 + 7) % 251)),
    fraction: () => 0.5,
  };
}
