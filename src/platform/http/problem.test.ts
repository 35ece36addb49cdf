import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, rejected, unknown } from '../../kernel/outcome.ts';
import { answerOf, Problem } from './problem.ts';

test('an answer is handed on', () => assert.equal(answerOf(done(7)), 7));

test('a rejection is the problem of its code', () => {
  const rejection = { code: 'out_of_stock', detail: 'Two are left.', extra: { sku: 'a', available: 2 } };
  assert.throws(
    () => answerOf(rejected(rejection)),
    (error: Problem) => {
      assert.ok(error instanceof Problem);
      assert.deepEqual([error.code, error.detail, error.extra], ['out_of_stock', 'Two are left.', rejection.extra]);
      return true;
    },
  );
});

test('an unknown outcome is unavailable: asking again is safe', () => {
  assert.throws(() => answerOf(unknown('timeout')), { code: 'unavailable' });
});
