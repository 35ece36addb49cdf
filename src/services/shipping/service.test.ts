import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../../composition/programs.ts';
import { shipping } from '../../contracts/shipping.ts';
import { carrierIntegration } from '../../integrations/carrier/integration.ts';
import { SIGNATURE_HEADER, sign } from '../../integrations/carrier/signature.ts';
import { type SimulatorProcess, simulatorProcess } from '../../integrations/simulation/child-harness.ts';
import { type ListeningShop, listeningShop } from '../told-orders-harness.ts';
import { shippingService } from './service.ts';

const SECRET = 'the secret of carrier and shop';
const folder = mkdtempSync(join(tmpdir(), 'jangteo-carrier-'));

let simulator: SimulatorProcess;
let shop: ListeningShop;
let port: number;

const startCarrier = (carrierPort: string) =>
  simulatorProcess(
    'carrier',
    [
      ...['--port', carrierPort, '--data', join(folder, 'journal'), '--delays', '100,200,300'],
      ...['--webhook', `http://127.0.0.1:${port}/v1/webhooks/carrier`],
    ],
    { CARRIER_WEBHOOK_SECRET: SECRET },
  );

before(async () => {
  port = await freePort();
  simulator = await startCarrier('0');
  const settings = { url: simulator.url, webhookSecret: SECRET, timeoutMs: 500, openMs: 100 };
  shop = await listeningShop([{ definition: shippingService }], [{ definition: carrierIntegration, settings }]);
});
after(async () => {
  await shop[Symbol.asyncDispose]();
  await simulator.kill();
  rmSync(folder, { recursive: true });
});

async function shipped(shopperId: string, city = 'Seoul'): Promise<string> {
  const shippingAddress = { name: 'Kim', line1: '1 Street', city, postalCode: '04524', country: 'KR' };
  const contact = await shop.keyring.seal(shopperId, { email: 'kim@example.com', shippingAddress });
  const orderId = shop.newOrderId();
  const shipmentId = `${orderId}.s1`;
  await shop.tell('ParcelShipped', {
    ...{ orderId, shipmentId, parcelId: 'p1', sellerId: 'sel', lines: [{ sku: 'TEA', quantity: 2 }] },
    ...{ amount: 100, currency: 'GBP', commissionBasisPoints: 0, contact, country: 'KR', shippedAt: 1 },
  });
  return shipmentId;
}

async function statusOf(shipmentId: string): Promise<string | undefined> {
  const outcome = await shop.composition.calls.client(shipping).tracking({ shipmentId });
  return outcome.kind === 'done' ? outcome.answer.status : undefined;
}

function webhook(body: object, header: string) {
  return shop.http.inject({
    method: 'POST',
    url: '/v1/webhooks/carrier',
    headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: header },
    payload: JSON.stringify(body),
  });
}

test('a parcel is booked, followed and delivered; webhooks that find nobody at home come again', async () => {
  const shipmentId = await shipped('shp_kim');
  await shop.until(async () => (await statusOf(shipmentId)) === 'booked');
  await new Promise((resolve) => setTimeout(resolve, 150));
  await shop.http.listen({ port, host: '127.0.0.1' });
  await shop.until(async () => (await statusOf(shipmentId)) === 'delivered');

  const url = `/v1/shipments/${shipmentId}`;
  const mine = { authorization: `Bearer ${shop.shopperToken('shp_kim')}` };
  const tracking = (await shop.http.inject({ url, headers: mine })).json();
  assert.deepEqual(
    tracking.events.map(({ status }: { status: string }) => status),
    ['requested', 'booked', 'in_transit', 'out_for_delivery', 'delivered'],
  );
  assert.match(tracking.trackingNumber, /^TRK\d{9}$/);
  assert.equal((await shop.http.inject({ url: `/v1/admin/shipments/${shipmentId}` })).json().status, 'delivered');

  const theirs = { authorization: `Bearer ${shop.shopperToken('shp_lee')}` };
  assert.equal((await shop.http.inject({ url, headers: theirs })).json().code, 'forbidden');
  assert.equal((await shop.http.inject({ url })).json().code, 'unauthorized');
  const nowhere = await shop.http.inject({ url: '/v1/shipments/shi_none', headers: mine });
  assert.equal(nowhere.json().code, 'unknown_shipment');
});

test('an erased buyer is recorded, and nobody is asked for an address', async () => {
  await simulator.control({ down: true });
  const shipmentId = await shipped('shp_gone');
  await shop.until(async () => (await statusOf(shipmentId)) === 'requested');
  await shop.keyring.erase('shp_gone');
  await simulator.control({ down: false });
  await shop.until(async () => (await statusOf(shipmentId)) === 'unaddressable');
});

test('a carrier that refuses is recorded, and a case for a person', async () => {
  const shipmentId = await shipped('shp_far', 'NOWHERE');
  await shop.until(async () => (await statusOf(shipmentId)) === 'refused');
  const hospital = shop.composition.parts.find(({ name }) => name === 'shipping')?.hospital;
  await shop.until(async () => ((await hospital?.list({ limit: 10 })) ?? []).length === 1);
  const [found] = (await hospital?.list({ limit: 10 })) ?? [];
  assert.equal(found?.failure.code, 'booking_refused');
  const still = await hospital?.retry(found?.id ?? '', { by: 'ann' });
  assert.equal(still?.kind === 'done' && still.answer.failure.code, 'carrier_refused');
});

test('a carrier that was killed delivers what it took', async () => {
  const shipmentId = await shipped('shp_lee');
  await shop.until(async () => (await statusOf(shipmentId)) === 'booked');
  await simulator.kill();
  simulator = await startCarrier(new URL(simulator.url).port);
  await shop.until(async () => (await statusOf(shipmentId)) === 'delivered');
});

test('a webhook is taken only with our signature over these bytes at this time, and a copy changes nothing', async () => {
  await simulator.control({ down: true });
  const shipmentId = await shipped('shp_park');
  await shop.until(async () => (await statusOf(shipmentId)) === 'requested');
  const at = shop.clock.now();
  const body = { reference: shipmentId, code: 'PICKED_UP', occurred_at: new Date(at).toISOString() };
  const good = sign(SECRET, JSON.stringify(body), at);
  for (const header of [
    '',
    'nonsense',
    sign('another secret than ours', JSON.stringify(body), at),
    sign(SECRET, JSON.stringify({ ...body, code: 'DELIVERED' }), at),
    sign(SECRET, JSON.stringify(body), at - 301_000),
    sign(SECRET, JSON.stringify(body), at + 302_000),
  ])
    assert.equal((await webhook(body, header)).json().code, 'invalid_signature', header);

  for (const _ of [1, 2]) assert.equal((await webhook(body, good)).statusCode, 204);
  const tracking = await shop.composition.calls.client(shipping).tracking({ shipmentId });
  assert.ok(tracking.kind === 'done');
  assert.equal(tracking.answer.events.filter(({ status }) => status === 'in_transit').length, 1);

  const unknown = { ...body, reference: 'shi_none' };
  assert.equal((await webhook(unknown, sign(SECRET, JSON.stringify(unknown), at))).json().code, 'unknown_shipment');
  const strange = { ...body, code: 'LOST_AT_SEA' };
  assert.equal((await webhook(strange, sign(SECRET, JSON.stringify(strange), at))).statusCode, 204);
  const delivered = { code: 'DELIVERED', reference: unknown.reference, occurred_at: unknown.occurred_at };
  const { reference: _reference, ...nameless } = delivered;
  const broken = [null, [], 'x', {}, { code: 1 }, nameless, { ...delivered, reference: 'a\0b' }];
  for (const body of [...broken, { ...delivered, occurred_at: 'yesterday' }]) {
    const answer = await webhook(body as object, sign(SECRET, JSON.stringify(body), at));
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'malformed_request'], JSON.stringify(body));
  }
  await simulator.control({ down: false });
});
