import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import type { SagaDefinition } from '../../kernel/saga.ts';
import type { Collection } from '../../kernel/view.ts';
import { sleep } from '../clock/port.ts';
import { virtualClock } from '../clock/virtual.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import { personKeys, storedKeyring } from '../keyring/stored.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Commit } from '../storage/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { sagaCollections, sagaRuns } from './run-document.ts';
import { sagaRunner } from './runner.ts';

const ends: Collection = { name: 'ends', fields: {}, indexes: [] };

const definition: SagaDefinition<{ order: string }> = {
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
async function world(answers: Readonly<Record<string, Answer>>, saga = definition) {
  const clock = virtualClock();
  const random = chance();
  const storage = memoryStorage({
    name: 'shop',
    clock,
    collections: [...eventStoreCollections, ...sagaCollections, personKeys, ends],
  });
  const asked: { call: string; request: JsonObject; key: string }[] = [];
  const stillUntil = new Map<string, number>();
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

  async function start(owner: string) {
    const reached = reachedBy(owner);
    const store = await clock.runUntil(
      openEventStore({ storage: reached, aggregates: [], clock, random, owner, logger: silentLogger }),
    );
    const keyring = storedKeyring({ store, documents: reached, masterKey: new Uint8Array(32), clock, random });
    const runner = sagaRunner({
      service: 'shop',
      store,
      documents: reached,
      keyring,
      clock,
      random,
      logger: silentLogger,
      calls: {
        ask: async (service, call, request, context) => {
          const key = context.idempotencyKey ?? '';
          asked.push({ call: `${service}.${call}`, request: request as JsonObject, key });
          return answers[`${service}.${call}`]?.(request as JsonObject, key) ?? done({});
        },
      },
    });
    runner.wire({
      definition: saga,
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

describe('a saga run', () => {
  it('asks its steps in order and ends with its effects', async () => {
    const shop = await world({});
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(10);
    assert.deepEqual(shop.calls(), ['stock.hold', 'bank.pay']);
    assert.equal(shop.asked[1]?.request.token, 'tok_visa');
    assert.equal((await shop.ended('a'))?.phase, 'completed');
    assert.equal(shop.first.runner.running(), 0);
  });

  it('is forgotten 30 days after its end, however many ended', async () => {
    const shop = await world({});
    const days = 24 * 3_600_000;
    const ended = (id: string, wakeAt: number) => ({
      collection: sagaRuns,
      generation: 0,
      key: `buy/${id}`,
      body: { saga: 'buy', id, status: 'ended', wakeAt },
    });
    const now = shop.clock.now();
    const old = Array.from({ length: 1_200 }, (_, index) => ended(`old-${index}`, now - 31 * days));
    const documents = [...old, ended('young', now - 29 * days)];
    await shop.clock.runUntil(shop.first.store.decide({ intents: [], documents }));
    await shop.clock.runUntil(shop.first.runner.start());
    await shop.clock.advance(3_600_001);
    const kept = await Promise.all(['old-0', 'old-700', 'old-1199', 'young'].map((id) => shop.run(id)));
    assert.deepEqual(
      kept.map((run) => run?.id),
      [undefined, undefined, undefined, 'young'],
    );
  });

  it('keeps secrets sealed, and forgets them and its input at the end', async () => {
    const shop = await world({ 'stock.hold': () => unknown('unreachable') });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(10);
    assert.ok((await shop.run('a'))?.secrets !== undefined);
    assert.ok(!JSON.stringify(await shop.run('a')).includes('tok_visa'));
    await shop.clock.advance(120_000);
    const ended = await shop.run('a');
    assert.equal(ended?.status, 'ended');
    assert.equal(ended?.secrets, undefined);
    assert.equal(ended?.input, undefined);
  });

  it('undoes what was done when a step is rejected', async () => {
    const shop = await world({ 'bank.pay': () => rejected({ code: 'card_declined', detail: 'Declined.' }) });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(10);
    assert.deepEqual(shop.calls(), ['stock.hold', 'bank.pay', 'stock.release']);
    assert.deepEqual(await shop.ended('a'), { phase: 'failed', code: 'card_declined' });
  });

  it('asks again with the same key while the outcome is unknown', async () => {
    let failures = 3;
    const shop = await world({ 'bank.pay': () => (failures-- > 0 ? unknown('timeout') : done({})) });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(30_000);
    const payments = shop.asked.filter((each) => each.call === 'bank.pay');
    assert.equal(payments.length, 4);
    assert.deepEqual([...new Set(payments.map((each) => each.key))], ['buy/a/pay/do']);
    assert.equal((await shop.ended('a'))?.phase, 'completed');
  });

  it('gives a step up at its deadline and undoes it too, for it may have happened', async () => {
    const shop = await world({ 'bank.pay': () => unknown('timeout') });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(70_000);
    assert.deepEqual(shop.calls().slice(-2), ['bank.void', 'stock.release']);
    assert.deepEqual(await shop.ended('a'), { phase: 'failed', code: 'step_timed_out' });
  });

  it('never gives up releasing', async () => {
    let failures = 50;
    const shop = await world({
      'bank.pay': () => rejected({ code: 'card_declined', detail: 'Declined.' }),
      'stock.release': () => (failures-- > 0 ? unknown('unreachable') : done({})),
    });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(1_800_000);
    assert.deepEqual(await shop.ended('a'), { phase: 'failed', code: 'card_declined' });
  });

  it('asks ever more seldom what keeps failing, and goes on knocking at an open circuit', async () => {
    const askedIn20Minutes = async (reason: 'fault' | 'circuit_open') => {
      const shop = await world({
        'bank.pay': () => rejected({ code: 'card_declined', detail: 'Declined.' }),
        'stock.release': () => unknown(reason),
      });
      await shop.clock.runUntil(shop.begin('a'));
      await shop.clock.advance(600_000);
      const before = shop.asked.length;
      await shop.clock.advance(1_200_000);
      return shop.asked.length - before;
    };
    assert.equal(await askedIn20Minutes('fault'), 40);
    assert.equal(await askedIn20Minutes('circuit_open'), 480);
  });

  it('tells how it stands now, not as of its first failure, and whether it is stuck', async () => {
    const shop = await world({ 'bank.pay': () => unknown('unreachable') });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(30_000);
    const asked = shop.calls().filter((call) => call === 'bank.pay').length;
    const [run] = await shop.first.runner.inFlight(10);
    assert.equal(run?.step, 'pay');
    assert.equal(run.state.attempts, asked);
    assert.ok(asked > 5);
    assert.equal(run.lastFailure?.reason, 'unreachable');
    assert.ok(Number(run.lastFailure?.at) > run.state.since + 20_000);
    assert.ok(Number(run.nextTryAt) > shop.clock.now());
    assert.equal((await shop.first.runner.inFlight(10, 29_000)).length, 1);
    assert.equal((await shop.first.runner.inFlight(10, 31_000)).length, 0);
  });

  it('is told of as it was last recorded by a process that does not drive it', async () => {
    const shop = await world({ 'bank.pay': () => unknown('unreachable') });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(30_000);
    await shop.first.runner.close();
    await shop.clock.runUntil(shop.first.store.close());
    const second = await shop.start('two');
    const [run] = await second.runner.inFlight(10);
    assert.equal(run?.driven, false);
    assert.equal(run.lastFailure?.reason, 'unreachable');
    assert.equal(run.nextTryAt, undefined);
  });

  it('fails a work that starts it twice, and runs once', async () => {
    const shop = await world({});
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(10);
    await assert.rejects(shop.clock.runUntil(shop.begin('a')), { name: 'ConflictFault' });
    await shop.clock.advance(10);
    assert.deepEqual(shop.calls(), ['stock.hold', 'bank.pay']);
  });
});

describe('after a takeover', () => {
  const TAKEOVER_MS = 15_000;

  it('the first process takes up what its successor left when that one died', async () => {
    let up = false;
    const shop = await world({ 'bank.pay': () => (up ? done({}) : unknown('unreachable')) });
    await shop.clock.runUntil(shop.first.runner.start());
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(1_000);
    shop.pause('one', TAKEOVER_MS);
    const second = await shop.start('two');
    await shop.clock.runUntil(second.runner.start());
    // The successor begins a run of its own, and dies with both.
    await shop.clock.runUntil(shop.begin('b', second));
    shop.kill('two');
    up = true;
    await shop.clock.advance(4 * TAKEOVER_MS);
    for (const id of ['a', 'b']) assert.equal((await shop.ended(id))?.phase, 'completed', id);
    assert.deepEqual(await shop.first.runner.inFlight(10), []);
  });

  it('lets go, when a run fails, what the successor may have come to hold', async () => {
    let successor = false;
    const shop = await world({
      'stock.hold': () => (successor ? done({}) : unknown('unreachable')),
      'bank.pay': () => unknown('unreachable'),
    });
    await shop.clock.runUntil(shop.first.runner.start());
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(1_000);
    shop.pause('one', TAKEOVER_MS);
    const second = await shop.start('two');
    successor = true;
    await shop.clock.runUntil(second.runner.start());
    await shop.clock.advance(100);
    assert.ok(shop.calls().includes('bank.pay'), 'the successor came further');
    shop.kill('two');
    successor = false;
    await shop.clock.advance(120_000);
    assert.equal((await shop.ended('a'))?.phase, 'failed');
    assert.ok(shop.calls().includes('bank.void'));
  });
});

describe('the end of a run', () => {
  it('is undone when it could not be written until the latest moment had gone by', async () => {
    let latest = 0;
    const steps = definition.steps.map((step) => ({ ...step, latest: () => latest }));
    const shop = await world({}, { ...definition, steps });
    latest = shop.clock.now() + 60_000;
    shop.refuseEnds(true);
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(90_000);
    shop.refuseEnds(false);
    await shop.clock.advance(60_000);
    assert.deepEqual(await shop.ended('a'), { phase: 'failed', code: 'step_timed_out' });
    assert.deepEqual(shop.calls(), ['stock.hold', 'bank.pay', 'bank.void', 'stock.release']);
  });
});

describe('after a crash', () => {
  it('the next process asks the steps again with the same keys, secrets included, and ends the run once', async () => {
    let up = false;
    const shop = await world({ 'bank.pay': () => (up ? done({}) : unknown('unreachable')) });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(1000);
    await shop.first.runner.close();
    await shop.clock.runUntil(shop.first.store.close());
    up = true;
    const before = shop.asked.length;
    const second = await shop.start('two');
    await shop.clock.runUntil(second.runner.start());
    await shop.clock.advance(10_000);
    const after = shop.asked.slice(before);
    assert.deepEqual(
      after.map((each) => each.key),
      ['buy/a/pay/do'],
    );
    assert.equal(after[0]?.request.token, 'tok_visa');
    assert.equal((await shop.ended('a'))?.phase, 'completed');
  });

  it('the deadline of a step goes on from when it was first asked', async () => {
    const shop = await world({ 'bank.pay': () => unknown('unreachable') });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(50_000);
    await shop.first.runner.close();
    await shop.clock.runUntil(shop.first.store.close());
    const second = await shop.start('two');
    await shop.clock.runUntil(second.runner.start());
    await shop.clock.advance(20_000);
    assert.deepEqual(await shop.ended('a'), { phase: 'failed', code: 'step_timed_out' });
  });

  it('a compensation that had begun goes on and never turns forward again', async () => {
    let releasable = false;
    const shop = await world({
      'bank.pay': () => rejected({ code: 'card_declined', detail: 'Declined.' }),
      'stock.release': () => (releasable ? done({}) : unknown('unreachable')),
    });
    await shop.clock.runUntil(shop.begin('a'));
    await shop.clock.advance(1000);
    await shop.first.runner.close();
    await shop.clock.runUntil(shop.first.store.close());
    releasable = true;
    const before = shop.asked.length;
    const second = await shop.start('two');
    await shop.clock.runUntil(second.runner.start());
    await shop.clock.advance(10_000);
    assert.deepEqual([...new Set(shop.calls().slice(before))], ['stock.release']);
    assert.deepEqual(await shop.ended('a'), { phase: 'failed', code: 'card_declined' });
  });
});
