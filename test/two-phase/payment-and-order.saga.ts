import type { Json, JsonObject } from '../../src/kernel/json.ts';
import { done, type Outcome, rejected, unknown } from '../../src/kernel/outcome.ts';
import { accept } from '../../src/kernel/rejection.ts';
import type { SagaDefinition } from '../../src/kernel/saga.ts';
import type { Collection } from '../../src/kernel/view.ts';
import { systemClock, systemRandom } from '../../src/platform/clock/system.ts';
import { type Aggregate, idOf, intent } from '../../src/platform/event-store/aggregate.ts';
import { eventStoreCollections, openEventStore } from '../../src/platform/event-store/open.ts';
import { documentKeyStore, personKeys } from '../../src/platform/keyring/key-store.ts';
import { storedKeyring } from '../../src/platform/keyring/stored.ts';
import { sagaCollections } from '../../src/platform/sagas/run-document.ts';
import { sagaRunner } from '../../src/platform/sagas/runner.ts';
import type { Storage } from '../../src/platform/storage/port.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import type { Purchase } from './payment-and-order.ts';
import type { Places } from './places.ts';

const question = (service: string, call: string) => (purchase: Purchase) => ({
  ...{ service, call },
  request: purchase as unknown as JsonObject,
});
const giveUpAfterMs = 60_000;

/** The textbook case as a saga: each database commits alone, and what was paid is paid back when the order is refused. */
export const buyingSaga: SagaDefinition<Purchase> = {
  name: 'buying',
  version: 1,
  steps: [
    { name: 'pay', ask: question('payments', 'pay'), undo: question('payments', 'payBack'), giveUpAfterMs },
    { name: 'order', ask: question('orders', 'place'), undo: question('orders', 'cancel'), giveUpAfterMs },
    { name: 'tell', ask: question('queue', 'tell'), giveUpAfterMs },
  ],
};

export const sagaStorageCollections: readonly Collection[] = [...eventStoreCollections, ...sagaCollections, personKeys];

type Step = (purchase: Purchase) => Promise<Outcome<Json>>;

/** What the three services answer; each step is one commit of its own and may be asked again. */
export function purchaseSteps({ accounts, orderBook, messages }: Places): Readonly<Record<string, Step>> {
  return {
    async 'payments.pay'({ id, account, amount }) {
      const { rows } = await accounts.query(
        `WITH debited AS (UPDATE accounts SET balance = balance - $3 WHERE id = $2 AND balance >= $3
                            AND NOT EXISTS (SELECT FROM payments WHERE purchase = $1) RETURNING 1),
              paid AS (INSERT INTO payments (purchase, account, amount) SELECT $1, $2, $3 FROM debited)
         SELECT EXISTS (SELECT FROM debited) OR EXISTS (SELECT FROM payments WHERE purchase = $1) AS done`,
        [id, account, amount],
      );
      const refusal = { code: 'balance_too_low', detail: 'The account holds too little money.' };
      return rows[0].done ? done(null) : rejected(refusal);
    },
    async 'payments.payBack'({ id }) {
      await accounts.query(
        `WITH voided AS (DELETE FROM payments WHERE purchase = $1 RETURNING account, amount)
         UPDATE accounts SET balance = balance + amount FROM voided WHERE accounts.id = voided.account`,
        [id],
      );
      return done(null);
    },
    async 'orders.place'({ id, amount }) {
      await orderBook.place(id, amount);
      return done(null);
    },
    async 'orders.cancel'({ id }) {
      await orderBook.cancel(id);
      return done(null);
    },
    async 'queue.tell'({ id }) {
      await messages.query('INSERT INTO queue_messages (body) VALUES ($1)', [{ type: 'OrderPlaced', purchase: id }]);
      return done(null);
    },
  };
}

export interface SagaShop {
  /** Runs a purchase to its end; answers `completed` or `failed`. */
  buy(purchase: Purchase): Promise<string>;
  close(): Promise<void>;
}

type Ended = { readonly type: 'PurchaseEnded'; readonly data: { readonly phase: string } };

/** One stream a purchase, whose one event tells how the saga ended. */
const purchases: Aggregate<null, string, Ended, never> = {
  name: 'purchase',
  decider: { initial: null, decide: (phase) => accept({ type: 'PurchaseEnded', data: { phase } }), evolve: () => null },
  events: { PurchaseEnded: { version: 1 } },
};

/** The kit's saga runner on a storage, asking the steps. */
export async function openSagaShop(storage: Storage, steps: Readonly<Record<string, Step>>): Promise<SagaShop> {
  const base = { clock: systemClock, random: systemRandom, logger: silentLogger };
  const store = await openEventStore({ ...base, storage, aggregates: [purchases], owner: 'shop' });
  const keys = documentKeyStore({ ...base, store, documents: storage });
  const keyring = storedKeyring({ ...base, keys, masterKey: new Uint8Array(32) });
  const waiting = new Map<string, (phase: string) => void>();
  store.onCommitted((events) => {
    for (const { stream, data } of events) waiting.get(idOf(stream))?.(String(data.phase));
  });
  const runner = sagaRunner({
    ...base,
    ...{ service: 'shop', store, documents: storage, keyring },
    calls: {
      async ask(service, call, request) {
        const step = steps[`${service}.${call}`];
        return step === undefined ? unknown('unreachable') : step(request as Purchase).catch(() => unknown('fault'));
      },
    },
  });
  runner.wire({
    definition: buyingSaga,
    ended: ({ id, state }) => ({ intents: [intent(purchases, id, state.phase, { fresh: true })] }),
  });
  await runner.start();
  return {
    async buy(purchase) {
      const ended = new Promise<string>((resolve) => waiting.set(purchase.id, resolve));
      const { id, account, amount } = purchase;
      await store.decide({ intents: [], ...(await runner.starting('buying', id, { id, account, amount })) });
      return ended.finally(() => waiting.delete(id));
    },
    async close() {
      await runner.close();
      await store.close();
    },
  };
}
