import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from '../../kernel/decider.ts';
import { given } from '../../kernel/decider-spec.ts';
import { type PaymentCommand, paymentDecider } from './decide.ts';
import { COMMISSION, movementsOf, PROCESSOR_RECEIVABLE, sellerPayable } from './journal.ts';
import { heldOf, type PaymentEvent, sumOf, voidedOf } from './payment.ts';

const NOW = 1_800_000_000_000;
const about = { orderId: 'ord', now: NOW };
const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const nothing = { redelivery: 'nothing' } as const;

const authorised = (amount: number): PaymentEvent => ({
  type: 'PaymentAuthorised',
  data: { orderId: 'ord', amount: gbp(amount), at: NOW },
});
const barred: PaymentEvent = { type: 'AuthorisationBarred', data: { orderId: 'ord', at: NOW } };
const voided = (cancellationId: string, amount: number): PaymentEvent => ({
  type: 'PaymentVoided',
  data: { orderId: 'ord', cancellationId, amount: gbp(amount), at: NOW },
});
const captureOf = (shipmentId: string, amount: number, sellerId = 'sel') => ({
  shipmentId,
  sellerId,
  amount: gbp(amount),
  commissionBasisPoints: 1_500,
});
const requested = (shipmentId: string, amount: number): PaymentEvent => ({
  type: 'CaptureRequested',
  data: { orderId: 'ord', ...captureOf(shipmentId, amount), at: NOW },
});
const captured = (shipmentId: string, amount: number, commission: number): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: {
    orderId: 'ord',
    shipmentId,
    sellerId: 'sel',
    amount: gbp(amount),
    entry: {
      currency: 'GBP',
      transfers: [
        { debit: PROCESSOR_RECEIVABLE, credit: sellerPayable('sel'), amount: amount - commission },
        { debit: PROCESSOR_RECEIVABLE, credit: COMMISSION, amount: commission },
      ],
    },
    at: NOW,
  },
});
const refused: PaymentEvent = {
  type: 'CaptureRefused',
  data: { orderId: 'ord', shipmentId: 's1', code: 'processor_refused', at: NOW },
};
const refundOf = (refundId: string, amount: number) => ({ refundId, sellerId: 'sel', amount: gbp(amount) });

test('a payment is authorised once, and not after it was barred', () => {
  const authorise: PaymentCommand = { kind: 'authorise', ...about, amount: gbp(1_000) };
  given(paymentDecider, [], nothing)
    .when(authorise)
    .then([authorised(1_000)]);
  given(paymentDecider, [barred]).when(authorise).thenRejected('payment_voided');
  given(paymentDecider, [authorised(1_000), barred])
    .when(authorise)
    .thenRejected('payment_voided');
});

test('an undone checkout bars the payment, recorded or not', () => {
  const bar: PaymentCommand = { kind: 'bar', ...about, cancellationId: 'ord.void' };
  given(paymentDecider, [], nothing).when(bar).then([barred]);
  given(paymentDecider, [authorised(1_000)], nothing)
    .when(bar)
    .then([barred, voided('ord.void', 1_000)]);
});

test('what a shipment waits for is not let go', () => {
  const rest: PaymentCommand = { kind: 'void', ...about, cancellationId: 'c1' };
  given(paymentDecider, [authorised(1_000), requested('s1', 400)], nothing)
    .when(rest)
    .then([voided('c1', 600)]);
  given(paymentDecider, [authorised(1_000), requested('s1', 1_000)])
    .when(rest)
    .thenNothing();
  given(paymentDecider, [authorised(1_000), requested('s1', 800)], nothing)
    .when({ ...rest, amount: 500 })
    .then([voided('c1', 200)]);
  given(paymentDecider, []).when(rest).thenRejected('unknown_payment');
});

test('a shipment captures no more than is held', () => {
  const capture: PaymentCommand = { kind: 'requestCapture', ...about, ...captureOf('s1', 400) };
  given(paymentDecider, [authorised(1_000)], nothing)
    .when(capture)
    .then([requested('s1', 400)]);
  given(paymentDecider, [authorised(399)])
    .when(capture)
    .thenRejected('capture_exceeds_authorisation');
  given(paymentDecider, [authorised(1_000), voided('c1', 700)])
    .when(capture)
    .thenRejected('capture_exceeds_authorisation');
  given(paymentDecider, []).when(capture).thenRejected('unknown_payment');
});

test('a capture posts what the processor owes, what the seller is owed and the commission', () => {
  given(paymentDecider, [authorised(1_000), requested('s1', 333)], nothing)
    .when({ kind: 'recordCapture', ...about, shipmentId: 's1' })
    .then([captured('s1', 333, 50)]);
});

test('a refused capture lets its amount be void again', () => {
  given(paymentDecider, [authorised(1_000), requested('s1', 1_000), refused])
    .when({ kind: 'void', ...about, cancellationId: 'c1' })
    .then([voided('c1', 1_000)]);
});

test('a refund gives back no more than the seller took, and its commission with it', () => {
  const wished: PaymentEvent = { type: 'RefundRequested', data: { orderId: 'ord', ...refundOf('r1', 333), at: NOW } };
  const shipped = [authorised(1_000), requested('s1', 333), captured('s1', 333, 50)];
  given(paymentDecider, shipped)
    .when({ kind: 'requestRefund', ...about, ...refundOf('r1', 334) })
    .thenRejected('refund_exceeds_capture');
  given(paymentDecider, [...shipped, wished])
    .when({ kind: 'recordRefund', ...about, refundId: 'r1' })
    .then([
      {
        type: 'PaymentRefunded',
        data: {
          orderId: 'ord',
          ...refundOf('r1', 333),
          entry: {
            currency: 'GBP',
            transfers: [
              { debit: sellerPayable('sel'), credit: PROCESSOR_RECEIVABLE, amount: 283 },
              { debit: COMMISSION, credit: PROCESSOR_RECEIVABLE, amount: 50 },
            ],
          },
          at: NOW,
        },
      },
    ]);
});

const anyCommand: fc.Arbitrary<PaymentCommand> = fc
  .record({
    kind: fc.constantFrom<PaymentCommand['kind']>(
      'authorise',
      'recordRefund',
      'requestRefund',
      'recordCapture',
      'requestCapture',
      'void',
      'requestCapture',
      'requestCapture',
      'recordCapture',
      'recordCapture',
      'refuseCapture',
      'requestRefund',
      'recordRefund',
      'refuseRefund',
    ),
    sellerId: fc.constantFrom('sel', 'ann'),
    number: fc.integer({ min: 0, max: 5 }),
    amount: fc.integer({ min: 1, max: 300 }).map(gbp),
    total: fc.integer({ min: 1, max: 2_000 }).map(gbp),
  })
  .map(
    ({ kind, number, sellerId, amount, total }) =>
      ({
        ...about,
        kind,
        sellerId,
        amount: kind === 'authorise' ? total : kind === 'void' ? amount.amount : amount,
        commissionBasisPoints: 1_250,
        code: 'processor_refused',
        cancellationId: `c${number}`,
        shipmentId: `s${number}`,
        refundId: `r${number}`,
      }) as unknown as PaymentCommand,
  );

test('under any history: never more taken than authorised, the ledger balances at every point, full refunds leave nothing', () => {
  let refunds = 0;
  fc.assert(
    fc.property(fc.array(anyCommand, { minLength: 10, maxLength: 80, size: 'max' }), (commands) => {
      const events: PaymentEvent[] = [];
      let state = paymentDecider.initial;
      const balances = new Map<string, number>();
      for (const command of [{ ...about, kind: 'authorise', amount: gbp(1_500) } as const, ...commands]) {
        const decision = paymentDecider.decide(command, state);
        if (!decision.ok) continue;
        for (const event of decision.events) {
          state = paymentDecider.evolve(state, event);
          if (event.type !== 'PaymentCaptured' && event.type !== 'PaymentRefunded') continue;
          if (event.type === 'PaymentRefunded') refunds += 1;
          for (const [account, { debits, credits }] of movementsOf(event.data.entry))
            balances.set(account, (balances.get(account) ?? 0) + debits - credits);
        }
        events.push(...decision.events);
        const taken = sumOf(state.captures, ['done']);
        const refunded = sumOf(state.refunds, ['done']);
        assert.ok(taken + voidedOf(state) <= state.authorised && refunded <= taken && heldOf(state) >= 0);
        assert.equal(
          [...balances.values()].reduce((a, b) => a + b, 0),
          0,
        );
        assert.equal(balances.get(PROCESSOR_RECEIVABLE) ?? 0, taken - refunded);
        for (const sellerId of ['sel', 'ann']) {
          const left = sumOf(state.captures, ['done'], sellerId) - sumOf(state.refunds, ['done'], sellerId);
          const owed = -(balances.get(sellerPayable(sellerId)) ?? 0);
          assert.ok(owed >= 0 && owed <= left, 'a seller owes the marketplace, or is owed more than was taken');
        }
        if (taken === refunded) assert.ok([...balances.values()].every((balance) => balance === 0));
      }
      assert.deepEqual(fold(paymentDecider, events), state);
    }),
    { numRuns: 500 },
  );
  assert.ok(refunds > 100, 'the histories refunded too little to say anything');
});
