import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type MemoryShop, memoryShop } from '../../src/composition/memory-shop-harness.ts';
import { supervisorMetrics } from '../../src/composition/supervisor/metrics-page.ts';
import { intent } from '../../src/platform/event-store/aggregate.ts';
import { createMetrics } from '../../src/platform/telemetry/metrics.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import { dashboardExpressions, metricsIn, ruleExpressions } from '../telemetry/files.ts';
import { call, cartWith, checkout, eventually, order, stockShop } from './api.ts';

let shop: MemoryShop;
before(async () => {
  shop = await memoryShop(silentLogger);
  await stockShop(shop);
});
after(() => shop?.[Symbol.asyncDispose]());

const scrape = async (): Promise<string> => (await call(shop, 'GET', '/metrics')).body;

/** The value of one series; NaN when there is none. */
async function readingOf(series: string): Promise<number> {
  const line = (await scrape()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? Number.NaN : Number(line.slice(series.length + 1));
}

const becomes = (series: string, value: number) =>
  eventually(
    () => readingOf(series),
    (seen) => seen === value,
    10_000,
  );

const SERIES = [
  'jangteo_view_lag_events{service="orders",view="order-status"}',
  'jangteo_view_lag_seconds{service="orders",view="order-status"}',
  'jangteo_bus_lag_events{service="payments",subscription="orders"}',
  'jangteo_breaker_state{breaker="payments"}',
  'jangteo_breaker_state{breaker="card-processor"}',
  'jangteo_breaker_state{breaker="carrier"}',
  'jangteo_commit_group_works_count{service="orders"}',
  'jangteo_commit_group_works_sum{service="orders"}',
  'jangteo_commit_duration_seconds_count{service="keyring"}',
  'jangteo_sagas_in_flight{service="orders",saga="checkout"}',
  'jangteo_hospital_cases_open{service="orders",subscription="deliveries"}',
  'jangteo_hospital_oldest_case_seconds{service="orders"}',
  'jangteo_hospital_notices_sent_total{service="orders",channel="log"}',
  'jangteo_hospital_notices_failed_total{service="orders",channel="log"}',
  'jangteo_event_streams_open{server="http"}',
  'jangteo_page_cache_pages{edge="web"}',
  'jangteo_page_cache_bytes{edge="web"}',
  'jangteo_page_cache_hits_total{edge="web"}',
  'jangteo_page_cache_misses_total{edge="web"}',
  'jangteo_search_products{service="search"}',
  'jangteo_search_index_bytes{service="search"}',
];

/** Told where there are several processes, gateways, Kafka or Redis (`test/telemetry/observed.engines.ts` sees them), or by Prometheus itself. */
const OF_SEVERAL = /^(up|ALERTS|jangteo_(service_without_leader|relay_lag_\w+|engine_up|gateway_\w+))$/;

describe('/metrics', () => {
  it('tells every series, each metric with its help and its type', async () => {
    const cart = await cartWith(shop, { 'towel-1': 1 });
    assert.equal((await checkout(shop, cart)).status, 201);
    const values = await Promise.all(SERIES.map(readingOf));
    assert.deepEqual(
      SERIES.filter((_, index) => Number.isNaN(values[index])),
      [],
    );
    const text = await scrape();
    const names = new Set(
      [...text.matchAll(/^(jangteo_\w+?)(?:_bucket|_sum|_count)?(?:\{| )/gm)].map(([, name]) => name),
    );
    for (const name of names) {
      assert.match(text, new RegExp(`^# HELP ${name} .{15,}$`, 'm'));
      const type = name?.endsWith('_total') ? 'counter' : '(gauge|histogram)';
      assert.match(text, new RegExp(`^# TYPE ${name} ${type}$`, 'm'));
    }
  });

  it('has every metric that alert rules and dashboards ask for, but those of engines and of several processes', async () => {
    const supervisor = await supervisorMetrics(() => [], '/nowhere').text();
    const told = `${await scrape()}${await createMetrics().text()}${supervisor}`;
    const known = new Set([...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const asked = new Set([...ruleExpressions(), ...dashboardExpressions()].flatMap(({ expr }) => metricsIn(expr)));
    const missing = [...asked].filter(
      (name) => !name.includes(':') && !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')),
    );
    assert.deepEqual(missing.filter((name) => !OF_SEVERAL.test(name)).sort(), []);
  });

  it('counts commits and the works that shared them', async () => {
    const works = 'jangteo_commit_group_works_sum{service="cart"}';
    const before = await readingOf(works);
    await cartWith(shop, { 'towel-1': 1 });
    assert.ok((await readingOf(works)) >= before + 2);
  });

  it('counts a saga while it runs', async () => {
    const running = 'jangteo_sagas_in_flight{service="orders",saga="checkout"}';
    const cart = await cartWith(shop, { 'towel-1': 1 });
    await shop.processor.control({ slowMs: 2_000 });
    const { body } = await checkout(shop, cart, { paymentToken: 'tok_slow', wait: 0 });
    await becomes(running, 1);
    await becomes(running, 0);
    assert.equal((await order(shop, body.orderId, cart.token)).status, 'confirmed');
  });

  it('counts the clients that listen', async () => {
    const open = 'jangteo_event_streams_open{server="http"}';
    const cart = await cartWith(shop, { 'towel-1': 1 });
    const { body } = await checkout(shop, cart);
    const leaving = new AbortController();
    await fetch(new URL(`/v1/orders/${body.orderId}/events`, shop.url), {
      headers: { authorization: `Bearer ${cart.token}` },
      signal: leaving.signal,
    });
    assert.equal(await readingOf(open), 1);
    leaving.abort();
    await becomes(open, 0);
  });

  it('tells a breaker that opens and closes', async () => {
    const breaker = 'jangteo_breaker_state{breaker="card-processor"}';
    const report = () => shop.composition.calls.ask('card-processor', 'report', { day: '2026-11-21' }, {});
    assert.equal(await readingOf(breaker), 0);
    await shop.processor.control({ down: true });
    for (let asked = 0; asked < 40; asked++) await report();
    assert.equal(await readingOf(breaker), 2);
    await shop.processor.control({ down: false });
    await eventually(report, (outcome) => outcome.kind === 'done');
    assert.equal(await readingOf(breaker), 0);
  });

  it('tells how far views and subscriptions are behind, until they are not', async () => {
    const view = 'jangteo_view_lag_events{service="inventory",view="stock_list"}';
    const age = 'jangteo_view_lag_seconds{service="inventory",view="stock_list"}';
    const bus = 'jangteo_bus_lag_events{service="catalog",subscription="availability"}';
    const most = new Map<string, number>();
    const writing: Promise<unknown>[] = [];
    const writeOn = () => {
      const counts = Array.from({ length: 250 }, (_, index) => ({ sku: `sku-${writing.length}-${index}`, onHand: 1 }));
      writing.push(shop.composition.calls.ask('inventory', 'setOnHandMany', { counts }, {}));
    };
    await eventually(
      async () => {
        for (let count = 0; count < 20; count++) writeOn();
        for (const series of [view, age, bus])
          most.set(series, Math.max(most.get(series) ?? 0, await readingOf(series)));
        return [...most];
      },
      (seen) => seen.every(([, value]) => value > 0),
    );
    await Promise.all(writing);
    for (const series of [view, age, bus]) await becomes(series, 0);
  });

  it('counts what lies in the hospital', async () => {
    const cases = 'jangteo_hospital_cases_open{service="orders",subscription="deliveries"}';
    assert.equal(await readingOf(cases), 0);
    await deliverForNobody();
    await becomes(cases, 1);
    await becomes('jangteo_bus_lag_events{service="orders",subscription="deliveries"}', 0);
  });

  it('tells how much the search index holds', async () => {
    await becomes('jangteo_search_products{service="search"}', 2);
  });
});

/** A shipment of no order is delivered: the order's rules refuse the news. */
async function deliverForNobody(): Promise<void> {
  const shipping = shop.composition.parts.find(({ name }) => name === 'shipping');
  const shipment = shipping?.definition.aggregates.find(({ name }) => name === 'shipment');
  assert.ok(shipping !== undefined && shipment !== undefined);
  const shipmentId = 'shm_of-nobody';
  const request = { shipmentId, orderId: 'ord_of-nobody', parcelId: 'p', sellerId: 's', contact: {}, pieces: 1 };
  const booking = { kind: 'recordBooking', carrier: 'Parrot', trackingNumber: '1', now: 2 };
  for (const command of [{ kind: 'request', request, now: 1 }, booking]) {
    const decided = await shipping.store.decide({ intents: [intent(shipment, shipmentId, command)] });
    assert.ok(decided.ok && decided.events.length === 1);
  }
  const news = { shipmentId, status: 'delivered', at: 3 };
  const told = await shop.composition.calls.ask('shipping', 'recordTransit', news, {});
  assert.equal(told.kind, 'done');
}
