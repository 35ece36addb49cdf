import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextSagaState, type SagaHeard, type SagaState, sagaCall, startSaga } from '../../kernel/saga.ts';
import { type Checkout, checkoutSaga, timesOf } from './checkout.saga.ts';

const MINUTE = 60_000;
const deadlines = { reserveMs: 10 * MINUTE, paymentMs: 60 * MINUTE, marginMs: 15 * MINUTE };
const saga = checkoutSaga(deadlines);
const checkout: Checkout = {
  orderId: 'ord-1',
  lines: [{ sku: 'cup', quantity: 2 }],
  amount: { amount: 1_000, currency: 'GBP' },
  ...timesOf(0, deadlines),
};
const done: SagaHeard = { kind: 'done', answer: {} };
const refused: SagaHeard = { kind: 'rejected', rejection: { code: 'card_declined', detail: 'Declined.' } };
const unknown: SagaHeard = { kind: 'unknown', reason: 'timeout' };

/** What is asked in turn, and where the run ends, when the answers are these. */
function run(...answers: readonly (readonly [SagaHeard, at: number])[]) {
  let state: SagaState = startSaga(0);
  const asked: string[] = [];
  for (const [heard, at] of answers) {
    const call = sagaCall(saga, state, checkout, { token: 'tok_visa' });
    asked.push(`${call?.service}.${call?.call}`);
    state = nextSagaState(saga, state, heard, at, checkout);
  }
  return { asked, phase: state.phase, code: state.rejection?.code };
}

describe('the checkout', () => {
  it('holds the stock, then the money', () => {
    assert.deepEqual(run([done, 1], [done, 2]), {
      asked: ['inventory.reserve', 'payments.authorise'],
      phase: 'completed',
      code: undefined,
    });
  });

  it('asks with the times, the amount and the token', () => {
    assert.deepEqual(sagaCall(saga, startSaga(0), checkout, {})?.request, {
      orderId: 'ord-1',
      lines: [{ sku: 'cup', quantity: 2 }],
      validUntil: 10 * MINUTE,
      expiresAt: 85 * MINUTE,
    });
    const paying = nextSagaState(saga, startSaga(0), done, 1, checkout);
    assert.deepEqual(sagaCall(saga, paying, checkout, { token: 'tok_visa' })?.request, {
      orderId: 'ord-1',
      amount: { amount: 1_000, currency: 'GBP' },
      token: 'tok_visa',
    });
  });

  it('undoes nothing when there is no stock', () => {
    assert.deepEqual(run([refused, 1]), { asked: ['inventory.reserve'], phase: 'failed', code: 'card_declined' });
  });

  it('gives the stock back when the card is declined', () => {
    assert.deepEqual(run([done, 1], [refused, 2], [unknown, 3], [done, 4]), {
      asked: ['inventory.reserve', 'payments.authorise', 'inventory.release', 'inventory.release'],
      phase: 'failed',
      code: 'card_declined',
    });
  });

  it('waits for payments until the deadline, then voids and gives the stock back', () => {
    const late = 1 + 60 * MINUTE;
    assert.deepEqual(run([done, 1], [unknown, 2], [unknown, late - 1], [unknown, late], [done, late], [done, late]), {
      asked: [
        'inventory.reserve',
        'payments.authorise',
        'payments.authorise',
        'payments.authorise',
        'payments.void',
        'inventory.release',
      ],
      phase: 'failed',
      code: 'step_timed_out',
    });
  });

  it('takes no money that is told of when the stock may have gone back', () => {
    const { expiresAt } = timesOf(0, deadlines);
    const afterwards = 'inventory.release';
    // Taken up after a crash: the reservation is asked for again, and the card's hour would begin anew.
    for (const answers of [
      [
        [done, 69 * MINUTE],
        [done, expiresAt - deadlines.marginMs + 1],
        [done, expiresAt],
        [done, expiresAt],
      ],
      [
        [done, 69 * MINUTE],
        [unknown, expiresAt - deadlines.marginMs + 1],
        [done, expiresAt],
        [done, expiresAt],
      ],
    ] as const) {
      const { asked, phase } = run(...answers);
      assert.deepEqual(asked, ['inventory.reserve', 'payments.authorise', 'payments.void', afterwards]);
      assert.equal(phase, 'failed');
    }
  });

  it('holds the stock longer than it may take', () => {
    const { validUntil, expiresAt } = timesOf(0, deadlines);
    assert.ok(expiresAt > validUntil + deadlines.paymentMs);
  });
});
