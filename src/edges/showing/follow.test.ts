import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { localInvalidations } from '../../platform/invalidation/local.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { follow } from './follow.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function watched(read: () => Promise<number>) {
  const timers: (() => void)[] = [];
  const clock = {
    after(_ms: number, task: () => void) {
      timers.push(task);
      return () => void timers.splice(timers.indexOf(task), 1);
    },
  };
  const invalidations = localInvalidations(silentLogger);
  const told: number[] = [];
  const stop = follow(
    { tag: 'order:1', read, tell: (value) => told.push(value) },
    { invalidations, clock, logger: silentLogger },
  );
  return { told, stop, invalidations, timers };
}

describe('following a value', () => {
  it('reads it at once, at each publication of its tag, and now and then in between', async () => {
    let count = 0;
    const { told, invalidations, timers, stop } = watched(async () => ++count);
    await settled();
    invalidations.publish(['order:2']);
    await settled();
    assert.deepEqual(told, [1]);
    invalidations.publish(['order:1']);
    await settled();
    timers.at(-1)?.();
    await settled();
    assert.deepEqual(told, [1, 2, 3]);
    stop();
  });

  it('reads once more, not once for each, when much is published while it reads', async () => {
    const reads: PromiseWithResolvers<number>[] = [];
    const { told, invalidations, stop } = watched(() => {
      const read = Promise.withResolvers<number>();
      reads.push(read);
      return read.promise;
    });
    for (let count = 0; count < 5; count++) invalidations.publish(['order:1']);
    reads[0]?.resolve(1);
    await settled();
    assert.equal(reads.length, 2);
    reads[1]?.resolve(2);
    await settled();
    assert.deepEqual([told, reads.length], [[1, 2], 2]);
    stop();
  });

  it('goes on after a failure, and says nothing more once it was stopped', async () => {
    let fails = true;
    const { told, invalidations, stop, timers } = watched(async () => {
      if (fails) throw new Error('away');
      return 7;
    });
    await settled();
    fails = false;
    invalidations.publish(['order:1']);
    await settled();
    assert.deepEqual(told, [7]);
    invalidations.publish(['order:1']);
    stop();
    await settled();
    invalidations.publish(['order:1']);
    await settled();
    assert.deepEqual([told, timers.length], [[7], 0]);
  });
});
