import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { done, rejected, unknown } from '../../kernel/outcome.ts';
import { definition, world } from './runner-harness.ts';

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

describe('between two releases', () => {
  it('a run of a definition that this release does not have is left alone, and ended by the one that has it', async () => {
    for (const newer of [
      { ...definition, version: definition.version + 1 },
      { ...definition, name: 'barter' },
    ]) {
      let up = false;
      const shop = await world({ 'bank.pay': () => (up ? done({}) : unknown('unreachable')) }, definition);
      const end = async ({ runner, store }: typeof shop.first) => {
        await shop.clock.runUntil(runner.close());
        await shop.clock.runUntil(store.close());
      };
      await end(shop.first);
      const second = await shop.start('two', newer);
      for (const id of ['a', 'c']) {
        const work = await second.runner.starting(newer.name, id, { order: id });
        await shop.clock.runUntil(second.store.decide({ intents: [], ...work }));
      }
      await shop.clock.advance(1_000);
      await end(second);
      up = true;
      const asked = shop.asked.length;
      const third = await shop.start('three', definition);
      await shop.clock.runUntil(third.runner.start());
      await shop.clock.runUntil(shop.begin('b', third));
      await shop.clock.advance(60_000);
      assert.equal((await shop.ended('b'))?.phase, 'completed');
      assert.deepEqual(new Set(shop.asked.slice(asked).map(({ request }) => request.order)), new Set(['b']));
      assert.equal((await third.runner.inFlight(10)).length, 2);
      assert.equal(
        shop.told.length,
        1,
        'of a definition that is missing it is told once, however many runs wait for it',
      );
      await end(third);
      const fourth = await shop.start('four', newer);
      await shop.clock.runUntil(fourth.runner.start());
      await shop.clock.advance(10_000);
      assert.equal((await shop.ended('a'))?.phase, 'completed');
    }
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
