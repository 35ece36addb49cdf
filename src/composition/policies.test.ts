import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallContract } from '../kernel/contract.ts';
import { done, unknown } from '../kernel/outcome.ts';
import { systemRandom } from '../platform/clock/system.ts';
import { virtualClock } from '../platform/clock/virtual.ts';
import { policies } from './policies.ts';

const call = (kind: CallContract['kind']): CallContract => ({ kind, request: {}, answer: {}, rejections: [] });

async function askingOf(kind: CallContract['kind']) {
  const clock = virtualClock();
  let asked = 0;
  const failingOnce = async () => (++asked === 1 ? unknown('fault') : done('well'));
  const ask = policies(undefined, { clock, random: systemRandom })(call(kind))(failingOnce);
  const outcome = await clock.runUntil(ask(null, {}));
  return { asked, outcome };
}

test('a query of unknown outcome is asked again', async () => {
  assert.deepEqual(await askingOf('query'), { asked: 2, outcome: done('well') });
});

test('a command is not: who sent it has the key', async () => {
  assert.deepEqual(await askingOf('command'), { asked: 1, outcome: unknown('fault') });
});

test('the queries of one service share a budget', async () => {
  const clock = virtualClock();
  let asked = 0;
  const policyOf = policies(undefined, { clock, random: systemRandom });
  const failing = async () => {
    asked += 1;
    return unknown('fault');
  };
  const [first, second] = [policyOf(call('query'))(failing), policyOf(call('query'))(failing)];
  for (let round = 0; round < 50; round++) {
    await clock.runUntil(first(null, {}));
    await clock.runUntil(second(null, {}));
  }
  assert.ok(asked <= 100 + 10 + 10 + 1, `${asked} askings for 100 questions`);
});
