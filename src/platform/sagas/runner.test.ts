import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { done, rejected, unknown } from '../../kernel/outcome.ts';
import { sagaRuns } from './run-document.ts';
import { definition, world } from './runner-harness.ts';

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
