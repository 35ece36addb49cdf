import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cardProcessor } from '../../contracts/card-processor.ts';
import { payments } from '../../contracts/payments.ts';
import { cardProcessorIntegration } from '../../integrations/card-processor/integration.ts';
import { type SimulatorProcess, simulatorProcess } from '../../integrations/simulation/child-harness.ts';
import type { Client } from '../../kernel/contract.ts';
import { type ListeningShop, listeningShop } from '../told-orders-harness.ts';
import { paymentsService } from './service.ts';

let simulator: SimulatorProcess;
let shop: ListeningShop;
let client: Client<typeof payments>;

const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const sealed = { person: 'shp', sealed: 'x' };

before(async () => {
  simulator = await simulatorProcess('card-processor');
  const settings = { url: simulator.url, timeoutMs: 400, openMs: 100 };
  shop = await listeningShop([{ definition: paymentsService }], [{ definition: cardProcessorIntegration, settings }]);
  client = shop.composition.calls.client(payments);
});
after(async () => {
  await shop[Symbol.asyncDispose]();
  await simulator.kill();
});

async function authorised(amount: number): Promise<string> {
  const orderId = shop.newOrderId();
  const outcome = await client.authorise({ orderId, amount: gbp(amount), token: 'tok_visa' });
  assert.equal(outcome.kind, 'done');
  return orderId;
}

async function paymentOf(orderId: string) {
  const outcome = await client.payment({ orderId });
  return outcome.kind === 'done' ? outcome.answer : undefined;
}

const atProcessor = async (orderId: string) => (await simulator.get(`/authorisations/${orderId}`)).body;

function shipped(orderId: string, shipmentId: string, sellerId: string, amount: number) {
  return shop.tell('ParcelShipped', {
    ...{ orderId, shipmentId, sellerId, amount, parcelId: `of.${sellerId}`, lines: [{ sku: 'TEA', quantity: 1 }] },
    ...{ currency: 'GBP', commissionBasisPoints: 1_000, contact: sealed, country: 'GB', shippedAt: shop.clock.now() },
  });
}

function returned(orderId: string, refundId: string, sellerId: string, amount: number) {
  return shop.tell('RefundRequested', {
    ...{ orderId, refundId, sellerId, amount, parcelId: `of.${sellerId}`, lines: [{ sku: 'TEA', quantity: 1 }] },
    ...{ currency: 'GBP', commissionBasisPoints: 1_000, requestedAt: shop.clock.now() },
  });
}

describe('an authorisation', () => {
  test('asked twice is one', async () => {
    const orderId = shop.newOrderId();
    const wish = { orderId, amount: gbp(1_000), token: 'tok_visa' };
    const [first, second] = await Promise.all([client.authorise(wish), client.authorise(wish)]);
    assert.ok(first.kind === 'done' && second.kind === 'done');
    assert.equal(first.answer.authorisedAt, second.answer.authorisedAt);
    assert.equal((await paymentOf(orderId))?.authorised, 1_000);
  });

  test('that is declined leaves nothing', async () => {
    const orderId = shop.newOrderId();
    const outcome = await client.authorise({ orderId, amount: gbp(1), token: 'tok_declined' });
    assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, 'card_declined');
    assert.equal(await paymentOf(orderId), undefined);
  });

  test('whose answer was lost is found when asked again', async () => {
    const orderId = shop.newOrderId();
    const wish = { orderId, amount: gbp(300), token: 'tok_lost' };
    assert.equal((await client.authorise(wish)).kind, 'unknown');
    assert.equal((await client.authorise(wish)).kind, 'done');
    assert.deepEqual((await atProcessor(orderId)).status, 'authorised');
  });

  test('that arrives after its void is let go, at the processor too', async () => {
    for (const token of ['tok_visa', 'tok_lost']) {
      const orderId = shop.newOrderId();
      assert.equal((await client.void({ orderId })).kind, 'done');
      const late = await client.authorise({ orderId, amount: gbp(300), token });
      assert.equal(late.kind === 'rejected' && late.rejection.code, 'payment_voided');
      assert.equal(await paymentOf(orderId), undefined);
      assert.equal((await atProcessor(orderId)).error, 'already_voided');
    }
  });

  test('that the processor approved just before the void was recorded is let go again', async () => {
    const orderId = shop.newOrderId();
    const door = shop.composition.calls.client(cardProcessor);
    await door.authorise({ reference: orderId, amount: gbp(300), token: 'tok_visa' });
    assert.equal((await client.void({ orderId })).kind, 'done');
    assert.equal((await atProcessor(orderId)).status, 'voided');
  });

  test('that is recorded is let go as a whole, once', async () => {
    const orderId = await authorised(500);
    for (const _ of [1, 2]) assert.equal((await client.void({ orderId })).kind, 'done');
    assert.equal((await paymentOf(orderId))?.voided, 500);
    assert.equal((await atProcessor(orderId)).status, 'voided');
  });
});

test('what is shipped is captured, also while the processor is down at first', async () => {
  const orderId = await authorised(1_000);
  await simulator.control({ down: true });
  await shipped(orderId, `${orderId}.s1`, 'ann', 600);
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal((await paymentOf(orderId))?.captured, 0);
  await simulator.control({ down: false });
  await shipped(orderId, `${orderId}.s2`, 'ben', 400);
  await shop.until(async () => (await paymentOf(orderId))?.captured === 1_000);
  assert.equal((await atProcessor(orderId)).captured, 1_000);
});

test('a cancellation lets go of its part, and of nothing that a shipment waits for', async () => {
  const orderId = await authorised(1_000);
  const now = shop.clock.now();
  await simulator.control({ down: true });
  await shipped(orderId, `${orderId}.s1`, 'ann', 500);
  const part = { orderId, parcelId: 'p1', sellerId: 'ann', lines: [{ sku: 'TEA', quantity: 1 }] };
  await shop.tell('LinesCancelled', { ...part, cancellationId: `${orderId}.c1`, amount: 200, cancelledAt: now });
  const whole = { orderId, cartId: 'crt', wasConfirmed: true, reason: { code: 'order_cancelled', detail: '' } };
  await shop.tell('OrderCancelled', { ...whole, lines: [], cancelledAt: now });
  await simulator.control({ down: false });
  await shop.until(async () => (await paymentOf(orderId))?.captured === 500);
  await shop.until(async () => (await atProcessor(orderId)).voided === 500);
  assert.deepEqual((await paymentOf(orderId))?.voided, 500);
});

test('a refund waits for its capture and pays back what was taken', async () => {
  const orderId = await authorised(999);
  await simulator.control({ down: true });
  await shipped(orderId, `${orderId}.s1`, 'ann', 999);
  await returned(orderId, `${orderId}.r1`, 'ann', 333);
  await returned(orderId, `${orderId}.r2`, 'ann', 666);
  await simulator.control({ down: false });
  await shop.until(async () => (await paymentOf(orderId))?.refunded === 999);
  assert.equal((await atProcessor(orderId)).refunded, 999);
});

test('a refund of more than was taken becomes a case, and nothing is paid', async () => {
  const orderId = await authorised(100);
  await shipped(orderId, `${orderId}.s1`, 'ann', 100);
  await returned(orderId, `${orderId}.r1`, 'ann', 101);
  const subscription = shop.composition.parts.find(({ name }) => name === 'payments')?.subscriptions[0];
  await shop.until(() => (subscription?.status().openCases ?? 0) > 0);
  assert.equal((await paymentOf(orderId))?.refunded, 0);
});

test('the ledger balances, now and at any past time, and tells what moved an account and why', async () => {
  const get = async (path: string) => (await shop.http.inject({ url: `/v1/admin/ledger/${path}` })).json();
  type Balance = { balanced: boolean; debits: number; accounts: { account: string; balance: number }[] };
  const trialBalance = async (at?: number): Promise<Balance> =>
    (await get(`trial-balance${at === undefined ? '' : `?at=${at}`}`)).currencies[0];
  const balanceOf = ({ accounts }: Balance, account: string) =>
    accounts.find((each) => each.account === account)?.balance ?? 0;

  const orderId = await authorised(1_234);
  await shop.until(async () => balanceOf(await trialBalance(), 'processor_receivable') === 1_600);
  const before = await trialBalance();
  const at = shop.clock.now();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await shipped(orderId, `${orderId}.s1`, 'eve', 1_234);
  await shop.until(async () => (await trialBalance()).debits === before.debits + 1_234);
  await returned(orderId, `${orderId}.r1`, 'eve', 234);
  await shop.until(async () => (await trialBalance()).debits === before.debits + 1_234 + 234);

  const now = await trialBalance();
  assert.ok(now.balanced && before.balanced);
  assert.equal(balanceOf(now, 'processor_receivable'), 1_600 + 1_000);
  assert.equal(balanceOf(now, 'seller_payable:eve'), -900);
  assert.equal(balanceOf(now, 'commission'), balanceOf(before, 'commission') - 100);
  assert.deepEqual(await trialBalance(at), before);

  const account = encodeURIComponent('seller_payable:eve');
  // Balances and rows are two views: one may show the refund a moment before the other.
  await shop.until(async () => (await get(`accounts/${account}`)).items?.length === 2);
  const first = await get(`accounts/${account}?limit=1`);
  const second = await get(`accounts/${account}?limit=1&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ debit, credit, balance, cause }) => [
      debit.amount,
      credit.amount,
      balance.amount,
      cause.reference,
    ]),
    [
      [0, 1_111, -1_111, `${orderId}.s1`],
      [211, 0, -900, `${orderId}.r1`],
    ],
  );
  assert.equal(second.nextCursor, null);
  const newest = await get(`accounts/${account}?limit=1&order=newest`);
  const older = await get(`accounts/${account}?limit=1&order=newest&cursor=${newest.nextCursor}`);
  assert.deepEqual([...newest.items, ...older.items], [...first.items, ...second.items].reverse());
  assert.equal(older.nextCursor, null);
  const [opening] = first.items;
  const only = await get(`accounts/${account}?order=newest&from=${opening.at}&below=${opening.at + 1}`);
  assert.deepEqual(only.items, [opening]);
  assert.equal((await get(`accounts/${account}?order=newest&cursor=${first.nextCursor}`)).code, 'invalid_cursor');
  const late = await get(`accounts/${account}?from=${second.items[0].at}`);
  assert.deepEqual(late.items.at(-1).balance, { amount: -900, currency: 'GBP' });
  assert.equal((await get('accounts/nobody')).code, 'unknown_account');
});

test('the turnover of an hour is what the ledger says of it', async () => {
  const before = await turnoverOf('GBP');
  const orderId = await authorised(2_000);
  await shipped(orderId, 'shp-turnover', 'sel-t', 1_500);
  await shop.until(async () => (await turnoverOf('GBP')).captured === before.captured + 1_500);
  await returned(orderId, 'ref-turnover', 'sel-t', 500);
  await shop.until(async () => (await turnoverOf('GBP')).refunded === before.refunded + 500);
  const after = await turnoverOf('GBP');
  assert.equal(after.commission, before.commission + 150 - 50);
  const later = await client.turnover({ from: shop.clock.now() + 7_200_000 });
  assert.deepEqual(later.kind === 'done' && later.answer.hours, []);
});

async function turnoverOf(wanted: string) {
  const outcome = await client.turnover({ from: 0 });
  assert.equal(outcome.kind, 'done');
  const sum = { captured: 0, refunded: 0, commission: 0 };
  for (const { currency, captured, refunded, commission } of outcome.answer.hours) {
    if (currency !== wanted) continue;
    sum.captured += captured;
    sum.refunded += refunded;
    sum.commission += commission;
  }
  return sum;
}
