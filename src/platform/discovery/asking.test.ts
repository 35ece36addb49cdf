import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { keepAsking, wordsOf } from './asking.ts';

test('asks again when an answer has aged, at most a tenth later', async () => {
  const clock = virtualClock(0);
  const asked: number[] = [];
  const asking = keepAsking({
    clock,
    random: seededRandom(1),
    ask: async () => void asked.push(clock.now()),
    told: () => 1_000,
    lost: () => assert.fail('nothing fails here'),
  });
  await clock.advance(10_500);
  await asking.stop();
  const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  assert.ok(pauses.length >= 9, `${pauses.length} pauses`);
  assert.ok(
    pauses.every((ms) => ms >= 1_000 && ms <= 1_100),
    pauses.join(' '),
  );
  assert.ok(new Set(pauses).size > 1, 'the pauses are all alike');
});

test('a registry that is away is asked less and less, and a crowd does not come back at one moment', async () => {
  const clock = virtualClock(0);
  const random = seededRandom(7);
  const away = 60_000;
  let asked = 0;
  const returned: number[] = [];
  const crowd = Array.from({ length: 60 }, () =>
    keepAsking({
      clock,
      random,
      ask: async () => {
        asked++;
        if (clock.now() < away) throw new Error('connection refused');
        returned.push(clock.now());
      },
      told: () => 1_000_000,
      lost: () => undefined,
    }),
  );
  await clock.advance(away);
  assert.ok(asked / crowd.length < 30, `${asked / crowd.length} questions each in a minute`);
  await clock.advance(10_000);
  assert.equal(returned.length, crowd.length);
  const inOneSecond = Math.max(...returned.map((at) => returned.filter((x) => x >= at && x < at + 1_000).length));
  assert.ok(inOneSecond < crowd.length / 2, `${inOneSecond} of ${crowd.length} came within one second`);
  await Promise.all(crowd.map((each) => each.stop()));
});

test('stopping ends the question under way, and nothing is told of it', async () => {
  const clock = virtualClock(0);
  const asking = keepAsking({
    clock,
    random: seededRandom(1),
    ask: (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    told: () => assert.fail('there was no answer'),
    lost: () => assert.fail('stopping is no trouble'),
  });
  await asking.stop();
  assert.equal(clock.pending(), 0);
});

test('trouble is told with what is beneath it', () => {
  assert.equal(wordsOf(new Error('no answer', { cause: new Error('ECONNREFUSED') })), 'no answer: ECONNREFUSED');
  assert.equal(wordsOf(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })), 'ECONNREFUSED');
  assert.equal(wordsOf('odd'), 'odd');
});
