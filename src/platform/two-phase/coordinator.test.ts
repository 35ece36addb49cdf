import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { openCoordinator } from './coordinator.ts';
import { memoryDecisionLog } from './decision-log-memory.ts';
import { type MemorySession, type MemoryStore, memoryResource, memoryStore } from './memory.ts';
import { watchTwoPhase } from './observe.ts';
import { BranchFault, type Coordinator, type DecisionLog, FencedFault, type Resource } from './port.ts';

type Faulty = (what: string, when: 'before' | 'after') => Promise<void> | undefined;

/** A resource (or log) each of whose calls may fail, or never answer, before or after its effect. */
function faulty<Called extends object>(name: string, target: Called, fault: Faulty): Called {
  const wrap = (value: unknown, key: string): unknown =>
    typeof value !== 'function'
      ? value
      : async (...args: unknown[]) => {
          await fault(`${name}.${key}`, 'before');
          const answer = await value.apply(target, args);
          await fault(`${name}.${key}`, 'after');
          return key === 'begin' ? { ...answer, prepare: wrap(answer.prepare, 'prepare') } : answer;
        };
  return Object.fromEntries(Object.entries(target).map(([key, value]) => [key, wrap(value, key)])) as Called;
}

const NAMES = ['ledger', 'orders', 'queue'];
const sound: Faulty = () => undefined;

/** Three stores and a log, on which coordinators follow one another. */
function world() {
  const clock = virtualClock();
  const stores = new Map<string, MemoryStore>(NAMES.map((name) => [name, memoryStore()]));
  const log = memoryDecisionLog('shop');
  const told: string[] = [];
  const tell = (_fields: object, line: string) => void told.push(line);
  let seed = 0;

  async function open(fault: Faulty = sound) {
    const resources = NAMES.map((name) =>
      faulty(name, memoryResource(name, stores.get(name) ?? memoryStore()), fault),
    ) as Resource<MemorySession>[];
    const coordinator = await clock.runUntil(
      openCoordinator({
        log: faulty('log', log, fault) as DecisionLog,
        resources,
        clock,
        random: seededRandom(++seed),
        logger: { ...silentLogger, warn: tell, error: tell },
      }),
    );
    const put = (key: string, outcome: Outcome<string> = done(key)) =>
      coordinator.transact(async (transaction) => {
        for (const resource of resources) (await transaction.enlist(resource)).put(key, '');
        return outcome;
      });
    return { coordinator, resources, put };
  }

  return {
    ...{ clock, stores, log, told, open },
    /** In how many stores a key is. */
    count: (key: string) => [...stores.values()].filter(({ values }) => values.has(key)).length,
    prepared: () => [...stores.values()].reduce((sum, { prepared }) => sum + prepared.size, 0),
  };
}

const never = () => new Promise<void>(() => {});
const unreachable = () => Promise.reject(new Error('connection refused'));

describe('a coordinator', () => {
  it('commits everywhere, or nowhere when the work refuses or fails', async () => {
    const { open, count, prepared, log } = world();
    const { coordinator, put, resources } = await open();
    assert.deepEqual(await put('a'), done('a'));
    const refusal = rejected({ code: 'no_money', detail: 'Too little money.' });
    assert.deepEqual(await put('b', refusal), refusal);
    await assert.rejects(
      coordinator.transact(async (transaction) => {
        (await transaction.enlist(resources[0] as Resource<MemorySession>)).put('c', '');
        throw new Error('work failed');
      }),
      /work failed/,
    );
    assert.deepEqual([count('a'), count('b'), count('c'), prepared()], [3, 0, 0, 0]);
    await coordinator.close();
    assert.deepEqual((await log.open()).decisions, []);
  });

  it('rolls everything back when one branch cannot promise, begun or not', async () => {
    const { open, count, prepared } = world();
    for (const call of ['orders.begin', 'orders.prepare']) {
      const { coordinator, put } = await open((what, when) =>
        what === call && when === 'before' ? unreachable() : undefined,
      );
      await assert.rejects(
        put(call),
        (error) => error instanceof BranchFault && /^orders could not/.test(error.message),
      );
      await coordinator.close();
      assert.deepEqual([count(call), prepared()], [0, 0]);
    }
  });

  it('commits what it decided when a resource that was away answers again', async () => {
    const { open, count, clock } = world();
    let away = true;
    const { coordinator, put } = await open((what) =>
      away && what.startsWith('orders.com') ? unreachable() : undefined,
    );
    assert.deepEqual(await put('a'), done('a'));
    assert.equal(count('a'), 2);
    assert.deepEqual(
      coordinator.inDoubt().map(({ resource, fate }) => ({ resource, fate })),
      [{ resource: 'orders', fate: 'commit' }],
    );
    await clock.advance(5_001);
    assert.equal(coordinator.inDoubt().length, 1, 'what was decided is not rolled back meanwhile');
    away = false;
    await clock.advance(5_001);
    assert.deepEqual([count('a'), coordinator.inDoubt()], [3, []]);
  });

  it('does not wait for ever for a resource that does not answer', async () => {
    const { open, clock, count, prepared } = world();
    let hangs = true;
    const { coordinator, put } = await open((what) => (hangs && what === 'queue.prepare' ? never() : undefined));
    await assert.rejects(clock.runUntil(put('a')), /queue has not answered within 5000 ms/);
    hangs = false;
    await clock.advance(5_001);
    assert.deepEqual([count('a'), prepared(), coordinator.inDoubt()], [0, 0, []]);
  });

  it('tells when it does not know whether its decision was taken, and finds out', async () => {
    for (const when of ['before', 'after'] as const) {
      const { open, clock, count, prepared } = world();
      let away = true;
      const { coordinator, put } = await open((what, at) =>
        away && what === 'log.record' && at === when ? unreachable() : undefined,
      );
      assert.deepEqual(await put('a'), { kind: 'unknown', reason: 'unreachable' });
      assert.equal(coordinator.inDoubt()[0]?.fate, 'undecided');
      await clock.advance(5_001);
      assert.equal(prepared(), 3, 'nobody may settle what is undecided');
      away = false;
      await clock.advance(5_001);
      assert.deepEqual([count('a'), prepared(), coordinator.inDoubt()], [3, 0, []]);
    }
  });

  it('is fenced by the next one, which settles what the first was about to decide', async () => {
    const { open, count, prepared } = world();
    let release = () => {};
    const paused = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = await open((what, when) => (what === 'log.record' && when === 'before' ? paused : undefined));
    const answer = assert.rejects(first.put('a'), FencedFault);
    while (prepared() < 3) await new Promise((resolve) => setImmediate(resolve));
    const second = await open();
    assert.equal(prepared(), 0);
    release();
    await answer;
    await assert.rejects(first.put('b'), FencedFault);
    assert.deepEqual(await second.put('c'), done('c'));
    assert.deepEqual([count('a'), count('b'), count('c')], [0, 0, 3]);
  });

  it('leaves the branches of the coordinator after it alone', async () => {
    const { open, count } = world();
    const first = await open();
    let release = () => {};
    const paused = new Promise<void>((resolve) => {
      release = resolve;
    });
    const second = await open((what, when) => (what === 'log.record' && when === 'before' ? paused : undefined));
    const answer = second.put('a');
    await new Promise((resolve) => setImmediate(resolve));
    await first.coordinator.recover();
    release();
    assert.deepEqual(await answer, done('a'));
    assert.equal(count('a'), 3);
  });

  it('tells of a branch that somebody settled by hand, once, and finishes the others', async () => {
    const { open, stores, count, told, clock, log } = world();
    const { coordinator, put } = await open((what, when) => {
      if (what === 'log.record' && when === 'after') stores.get('orders')?.prepared.clear();
      return undefined;
    });
    assert.deepEqual(await put('a'), done('a'));
    await clock.advance(20_000);
    assert.equal(count('a'), 2);
    assert.deepEqual(
      coordinator.heuristics().map(({ resource, decided }) => ({ resource, decided })),
      [{ resource: 'orders', decided: 'commit' }],
    );
    assert.equal(told.filter((line) => /orders was rolled back by somebody's hand/.test(line)).length, 1);
    assert.deepEqual((await log.open()).decisions, []);
  });

  it('tells of what stays in doubt, ever more seldom, in a line and in metrics', async () => {
    const { open, clock, told } = world();
    const { coordinator, put } = await open((what) => (what.startsWith('orders.com') ? unreachable() : undefined));
    const metrics = createMetrics({ nodeMetrics: false });
    watchTwoPhase(metrics, coordinator, clock);
    await put('a');
    await clock.advance(3_600_000);
    const lines = told.filter((line) => line.includes('in doubt'));
    assert.match(
      lines[0] ?? '',
      /^a transaction has been in doubt for 1\d s in orders, and what it wrote there stays locked: it will be committed as soon as orders answers$/,
    );
    assert.ok(lines.length >= 7 && lines.length <= 10, `${lines.length} lines in an hour`);
    const text = await metrics.text();
    assert.match(text, /jangteo_two_phase_in_doubt\{coordinator="shop",resource="orders"\} 1\n/);
    assert.match(text, /jangteo_two_phase_in_doubt_seconds\{coordinator="shop",resource="orders"\} 3600\n/);
  });
});

it('whatever fails, hangs or dies, a transaction is in all stores or in none, and what was answered holds', async () => {
  const fault = fc.record({
    nth: fc.nat(60),
    when: fc.constantFrom('before' as const, 'after' as const),
    how: fc.constantFrom('fails' as const, 'hangs' as const, 'dies' as const),
  });
  const plan = fc.array(fc.array(fault, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(plan, async (lives) => {
      const { open, clock, count, prepared, log } = world();
      const answers = new Map<string, string>();
      for (const [life, faults] of lives.entries()) {
        let calls = 0;
        let dead = false;
        const act: Faulty = (_what, when) => {
          if (dead) return never();
          if (when === 'before') calls++;
          const found = faults.find((each) => each.nth === calls && each.when === when);
          if (found?.how === 'dies') dead = true;
          return found === undefined ? undefined : found.how === 'fails' ? unreachable() : never();
        };
        const opened = await Promise.race([open(act).catch(() => undefined), dies(clock, () => dead)]);
        if (opened === undefined) continue;
        for (let turn = 0; turn < 3; turn++) {
          const key = `${life}.${turn}`;
          answers.set(key, 'none');
          const answer = opened.put(key).then(
            ({ kind }) => kind,
            () => 'threw',
          );
          answers.set(key, (await Promise.race([answer, dies(clock, () => dead)])) ?? 'none');
        }
        await clock.advance(11_000);
      }
      const last: { coordinator: Coordinator } = await open();
      await clock.advance(11_000);
      assert.deepEqual([prepared(), last.coordinator.inDoubt(), (await log.open()).decisions], [0, [], []]);
      for (const [key, answer] of answers) {
        const stores = count(key);
        assert.ok(stores === 0 || stores === 3, `${key} is in ${stores} stores`);
        if (answer === 'done') assert.equal(stores, 3, `${key} was acknowledged`);
        if (answer === 'threw') assert.equal(stores, 0, `${key} was said to have not happened`);
      }
    }),
    { numRuns: 40 },
  );
});

/** Lets time go by until the process is dead, or long enough for every wait to have ended. */
async function dies(clock: ReturnType<typeof virtualClock>, isDead: () => boolean): Promise<undefined> {
  for (let step = 0; step < 8 && !isDead(); step++) await clock.advance(5_001);
  return undefined;
}
