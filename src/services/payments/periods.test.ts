import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { periodsBefore, startOf } from './periods.ts';

test('every moment before a time is counted exactly once, and few periods are needed', () => {
  const moment = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(moment, moment, (before, at) => {
      const { ranges, restFrom } = periodsBefore(before);
      const inPeriods = ranges.filter(({ level, from, below }) => {
        const start = startOf(level, at);
        return start >= from && start < below;
      }).length;
      const inRest = at >= restFrom && at < before ? 1 : 0;
      assert.equal(inPeriods + inRest, at < before ? 1 : 0);
      assert.ok(before - restFrom < 3_600_000);
    }),
    { examples: [[Date.UTC(2026, 2), Date.UTC(2026, 1, 28, 23, 59)]] },
  );
});
