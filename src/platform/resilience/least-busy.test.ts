import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { leastBusy } from './least-busy.ts';

const time = () => {
  let at = 0;
  return {
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
  };
};

it('equals are taken in turn, and never one that has more under way than another', () => {
  const step = fc.oneof(fc.constant('take' as const), fc.nat(20));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
      const targets = Array.from({ length: count }, (_, at) => `t${at}`);
      const choice = leastBusy<string>(String, time());
      const underWay = new Map(targets.map((target) => [target, 0]));
      const open: { target: string; ended(failed: boolean): void }[] = [];
      for (const each of steps) {
        if (each === 'take') {
          const taken = choice.take(targets);
          assert.ok(taken !== undefined);
          assert.equal(underWay.get(taken.target), Math.min(...underWay.values()));
          underWay.set(taken.target, (underWay.get(taken.target) ?? 0) + 1);
          open.push(taken);
        } else {
          const [ended] = open.splice(each % Math.max(1, open.length), 1);
          if (ended === undefined) continue;
          ended.ended(false);
          underWay.set(ended.target, (underWay.get(ended.target) ?? 0) - 1);
        }
      }
    }),
  );
  const choice = leastBusy<string>(String, time());
  const seen = new Set<string>();
  for (let at = 0; at < 3; at++) {
    const taken = choice.take(['a', 'b', 'c']);
    seen.add(taken?.target ?? '');
    taken?.ended(false);
  }
  assert.equal(seen.size, 3);
});

it('one that failed is left alone for a second, unless there is no other', () => {
  const clock = time();
  const choice = leastBusy<string>(String, clock);
  const failing = choice.take(['a']);
  failing?.ended(true);
  for (let at = 0; at < 4; at++) assert.equal(choice.take(['a', 'b'])?.target, 'b');
  assert.equal(choice.take(['a'])?.target, 'a');
  clock.pass(1_000);
  assert.equal(choice.take(['a', 'b'])?.target, 'a');
  assert.equal(choice.take([]), undefined);
});

it('those that come and go are not remembered, whether they failed or not', () => {
  const clock = time();
  const choice = leastBusy<string>(String, clock);
  for (let at = 0; at < 500; at++) {
    clock.pass(10);
    choice.take([`t${at}`, `u${at}`])?.ended(at % 2 === 0);
  }
  assert.ok(choice.known() <= 100, `${choice.known()} are remembered`);
  const busy = choice.take(['busy']);
  clock.pass(1_000);
  choice.take(['other'])?.ended(false);
  assert.equal(choice.known(), 1, 'the one that has something to do');
  busy?.ended(false);
  assert.equal(choice.known(), 0);
});
