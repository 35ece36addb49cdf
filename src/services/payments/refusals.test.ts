import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { cardProcessor } from '../../contracts/card-processor.ts';
import { payments } from '../../contracts/payments.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { Hospital } from '../../platform/hospital/port.ts';
import { type ListeningShop, listeningShop } from '../told-orders-harness.ts';
import { paymentsService } from './service.ts';

const refusal = rejected({ code: 'processor_refused', detail: 'The account is closed.' });
const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const by = { by: 'ann' };

let shop: ListeningShop;
let hospital: Hospital;
let refuses = true;
const asked: string[] = [];

/** A processor that refuses to move money until somebody has spoken with it. */
const move = (kind: string) => async (): Promise<Outcome<object>> => {
  asked.push(kind);
  return refuses ? refusal : done({});
};

before(async () => {
  const handlers = {
    authorise: async () => done({}),
    capture: move('capture'),
    void: move('void'),
    refund: move('refund'),
    report: async () => rejected({ code: 'processor_refused', detail: 'No report today.' }),
  };
  const definition = { contract: cardProcessor, start: () => ({ handlers }) } as never;
  shop = await listeningShop([{ definition: paymentsService }], [{ definition, settings: {} }]);
  const part = shop.composition.parts.find(({ name }) => name === 'payments');
  assert.ok(part);
  hospital = part.hospital;
});
after(() => shop[Symbol.asyncDispose]());
beforeEach(() => {
  refuses = true;
  asked.length = 0;
});

async function authorised(): Promise<string> {
  const orderId = shop.newOrderId();
  await shop.composition.calls.client(payments).authorise({ orderId, amount: gbp(1_000), token: 'tok_visa' });
  return orderId;
}

async function paymentOf(orderId: string) {
  const outcome = await shop.composition.calls.client(payments).payment({ orderId });
  return outcome.kind === 'done' ? outcome.answer : undefined;
}

const casesOf = async (orderId: string) =>
  (await hospital.list({ limit: 100 })).filter(({ subject }) => subject === orderId);

async function caseOf(orderId: string, kind: string) {
  await shop.until(async () => (await casesOf(orderId)).length > 0);
  const [found, ...more] = await casesOf(orderId);
  assert.equal(more.length, 0);
  assert.equal(found?.failure.code, kind);
  assert.match(found?.failure.detail ?? '', /The account is closed/);
  return found?.id ?? '';
}

const part = { parcelId: 'p1', sellerId: 'ann', lines: [{ sku: 'TEA', quantity: 1 }], currency: 'GBP' };

function ship(orderId: string) {
  const contact = { person: 'shp', sealed: 'x' };
  const told = { orderId, shipmentId: `${orderId}.s1`, amount: 600, shippedAt: shop.clock.now(), country: 'GB' };
  return shop.tell('ParcelShipped', { ...part, ...told, commissionBasisPoints: 1_000, contact });
}

test('a capture that is refused for good is a case; a retry asks once more, and takes the money when it may', async () => {
  const orderId = await authorised();
  await ship(orderId);
  const id = await caseOf(orderId, 'capture_refused');
  const before = asked.length;
  const still = await hospital.retry(id, by);
  assert.equal(still.kind === 'done' && still.answer.status, 'open');
  assert.equal((await paymentOf(orderId))?.captured, 0);
  refuses = false;
  const cured = await hospital.retry(id, by);
  assert.equal(cured.kind === 'done' && cured.answer.status, 'closed');
  assert.equal((await paymentOf(orderId))?.captured, 600);
  assert.equal(asked.length, before + 2);
  assert.equal((await casesOf(orderId)).length, 1);
});

test('a refund that is refused for good is a case; a retry pays it', async () => {
  const orderId = await authorised();
  refuses = false;
  await ship(orderId);
  await shop.until(async () => (await paymentOf(orderId))?.captured === 600);
  refuses = true;
  const told = { orderId, refundId: `${orderId}.r1`, amount: 200, commissionBasisPoints: 1_000 };
  await shop.tell('RefundRequested', { ...part, ...told, requestedAt: shop.clock.now() });
  const id = await caseOf(orderId, 'refund_refused');
  refuses = false;
  await hospital.retry(id, by);
  assert.equal((await paymentOf(orderId))?.refunded, 200);
});

test('what was cancelled and is still held on the card is a case; a retry lets it go', async () => {
  const orderId = await authorised();
  const told = {
    orderId,
    cartId: 'crt',
    wasConfirmed: true,
    reason: { code: 'order_cancelled', detail: '' },
    lines: [],
  };
  await shop.tell('OrderCancelled', { ...told, cancelledAt: shop.clock.now() });
  const id = await caseOf(orderId, 'void_refused');
  refuses = false;
  const cured = await hospital.retry(id, by);
  assert.equal(cured.kind === 'done' && cured.answer.status, 'closed');
  assert.deepEqual(asked, ['void', 'void']);
});

test('a capture whose amount was let go meanwhile is not taken by a retry', async () => {
  const orderId = await authorised();
  await ship(orderId);
  const id = await caseOf(orderId, 'capture_refused');
  refuses = false;
  await shop.composition.calls.client(payments).voidPart({ orderId, cancellationId: `${orderId}.c1` });
  asked.length = 0;
  const refused = await hospital.retry(id, by);
  assert.equal(refused.kind === 'done' && refused.answer.failure.code, 'capture_exceeds_authorisation');
  assert.deepEqual(asked, []);
});
