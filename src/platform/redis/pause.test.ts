import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { pauseAfterFailures } from './pause.ts';

test('pauses after failures in a row, then lets one at a time try', async () => {
  const clock = virtualClock();
  const changes: boolean[] = [];
  const options = { failures: 3, pauseMs: 100, onChange: (isUp: boolean) => changes.push(isUp) };
  const pause = pauseAfterFailures(clock, { fraction: () => 0.5 }, options);
  for (const _ of [1, 2]) pause.failed();
  pause.answered();
  for (const _ of [1, 2]) pause.failed();
  assert.equal(pause.mayAsk(), true);
  pause.failed();
  assert.deepEqual([pause.mayAsk(), pause.isUp()], [false, false]);
  await clock.advance(99);
  assert.equal(pause.mayAsk(), false);
  await clock.advance(1);
  assert.deepEqual([pause.mayAsk(), pause.mayAsk()], [true, false]);
  pause.failed();
  await clock.advance(100);
  assert.equal(pause.mayAsk(), true);
  pause.answered();
  assert.deepEqual([pause.mayAsk(), pause.mayAsk(), pause.isUp()], [true, true, true]);
  assert.deepEqual(changes, [false, true]);
});
