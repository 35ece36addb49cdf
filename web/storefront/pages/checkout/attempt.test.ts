import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Attempt, type AttemptEvent, after, pauseMs } from './attempt.ts';

const body = {
  cartId: 'crt_1',
  email: 'sun@example.com',
  shippingAddress: { name: 'Sun', line1: '1 Lane', city: 'Leeds', postalCode: 'LS1', country: 'GB' },
  payment: { token: 'tok_visa' },
};
const idle: Attempt = { phase: 'idle' };
const pay = (key: string): AttemptEvent => ({ type: 'pay', wish: { key, body } });
const told = (key: string, code: string, status = 409): AttemptEvent => ({
  type: 'answered',
  key,
  result: { kind: 'refused', problem: { code, status, detail: '' } },
});
const silent = (key: string): AttemptEvent => ({ type: 'answered', key, result: { kind: 'offline' } });
const bought = (key: string): AttemptEvent => ({
  type: 'answered',
  key,
  result: { kind: 'done', status: 200, answer: { orderId: 'ord_1' } },
});
const run = (...events: readonly AttemptEvent[]) => events.reduce(after, idle);

describe('an attempt to buy', () => {
  it('takes one press: the second keeps the first one’s key', () => {
    const attempt = run(pay('one'), pay('two'));
    assert.equal(attempt.phase === 'asking' && attempt.wish.key, 'one');
  });

  it('ends with an order', () => {
    assert.deepEqual(run(pay('one'), bought('one')), { phase: 'done', orderId: 'ord_1' });
    assert.deepEqual(run(pay('one'), bought('one'), pay('two')), { phase: 'done', orderId: 'ord_1' });
  });

  it('asks again with the same key while nobody knows', () => {
    for (const event of [
      silent('one'),
      told('one', 'unavailable', 503),
      told('one', 'internal_error', 500),
      told('one', 'idempotency_key_in_use'),
      told('one', 'too_many_requests', 429),
    ]) {
      const waiting = run(pay('one'), event);
      assert.deepEqual([waiting.phase, waiting.phase === 'waiting' && waiting.wish.key], ['waiting', 'one']);
      const asking = after(waiting, { type: 'again' });
      assert.deepEqual(asking, { phase: 'asking', wish: { key: 'one', body }, tries: 2 });
    }
  });

  it('is over once it was refused, and the next has its own key', () => {
    const refused = run(pay('one'), told('one', 'card_declined', 402));
    assert.equal(refused.phase === 'refused' && refused.problem.code, 'card_declined');
    assert.deepEqual(after(refused, { type: 'edited' }), idle);
    const next = after(refused, pay('two'));
    assert.equal(next.phase === 'asking' && next.wish.key, 'two');
  });

  it('does not hear what comes for an older one', () => {
    const next = run(pay('one'), told('one', 'card_declined', 402), pay('two'));
    assert.equal(after(next, bought('one')), next);
    assert.equal(after(next, silent('one')), next);
  });

  it('never changes the key under way before an answer that settles it, whatever happens', () => {
    const keys = fc.constantFrom('one', 'two', 'three');
    const events = fc.oneof(
      keys.map(pay),
      keys.map(silent),
      keys.map((key) => told(key, 'unavailable', 503)),
      keys.map((key) => told(key, 'card_declined', 402)),
      keys.map(bought),
      fc.constantFrom<AttemptEvent>({ type: 'again' }, { type: 'edited' }),
    );
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (history) => {
        let attempt: Attempt = after(idle, { type: 'edited' });
        for (const event of history) {
          const next = after(attempt, event);
          const key = 'wish' in attempt ? attempt.wish.key : undefined;
          if (key !== undefined && 'wish' in next) assert.equal(next.wish.key, key);
          if (attempt.phase === 'done') assert.equal(next, attempt);
          attempt = next;
        }
      }),
    );
  });

  it('pauses longer and longer, five seconds at most', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 60].map(pauseMs);
    assert.deepEqual(pauses, [500, 1_000, 2_000, 3_000, 5_000, 5_000, 5_000]);
  });
});
