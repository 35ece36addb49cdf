import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMetrics } from './metrics.ts';

it('gauges are read at each scrape, several readers as one metric', async () => {
  const metrics = createMetrics({ nodeMetrics: false });
  let lag = 3;
  metrics.watch('jangteo_view_lag_events', () => [{ labels: { service: 'orders', view: 'status' }, value: lag }]);
  metrics.watch('jangteo_view_lag_events', async () => [{ labels: { service: 'catalog', view: 'list' }, value: 1 }]);
  const first = await metrics.text();
  assert.match(first, /jangteo_view_lag_events\{service="orders",view="status"\} 3\n/);
  assert.match(first, /jangteo_view_lag_events\{service="catalog",view="list"\} 1\n/);
  lag = 0;
  assert.match(await metrics.text(), /jangteo_view_lag_events\{service="orders",view="status"\} 0\n/);
});

it('a reader that throws hides only its own readings', async () => {
  const metrics = createMetrics({ nodeMetrics: false });
  metrics.watch('jangteo_breaker_state', () => {
    throw new Error('gone');
  });
  metrics.watch('jangteo_breaker_state', () => [{ labels: { breaker: 'payments' }, value: 2 }]);
  assert.match(await metrics.text(), /jangteo_breaker_state\{breaker="payments"\} 2\n/);
});

it('durations are cumulative histograms, their labels escaped', async () => {
  const metrics = createMetrics({ nodeMetrics: false });
  metrics.requestAnswered('GET', '/a"b\\', 200, 0.001);
  metrics.requestAnswered('GET', '/a"b\\', 200, 0.3);
  metrics.requestAnswered('GET', '/a"b\\', 200, 60);
  const text = await metrics.text();
  const labels = 'method="GET",route="/a\\"b\\\\",status="200"';
  for (const [bound, count] of [
    ['0.001', 1],
    ['0.25', 1],
    ['0.5', 2],
    ['10', 2],
    ['+Inf', 3],
  ]) {
    assert.ok(
      text.includes(`jangteo_http_request_duration_seconds_bucket{${labels},le="${bound}"} ${count}\n`),
      String(bound),
    );
  }
  assert.ok(text.includes(`_count{${labels}} 3\n`));
});

it('requests can be read back as they were counted', () => {
  const metrics = createMetrics({ nodeMetrics: false });
  metrics.requestAnswered('POST', '/v1/carts/:cartId/checkout', 202, 0.004);
  metrics.requestAnswered('POST', '/v1/carts/:cartId/checkout', 202, 60);
  const [total, ...others] = metrics.requestTotals();
  assert.deepEqual(others, []);
  assert.deepEqual([total?.route, total?.method, total?.status], ['/v1/carts/:cartId/checkout', 'POST', 202]);
  assert.equal(total?.buckets.length, metrics.requestBounds.length + 1);
  assert.equal(total?.buckets[metrics.requestBounds.indexOf(0.005)], 1);
  assert.equal(total?.buckets.at(-1), 1);
});

it('objectives are counted apart from the requests behind them', async () => {
  const metrics = createMetrics({ nodeMetrics: false });
  metrics.objectiveAnswered('checkout', 202, 0.2);
  metrics.objectiveAnswered('checkout', 202, 3);
  metrics.objectiveAnswered('checkout', 503, 0.001);
  const text = await metrics.text();
  const bought = 'objective="checkout",status="202"';
  assert.ok(text.includes(`jangteo_objective_duration_seconds_bucket{${bought},le="2.5"} 1\n`), text);
  assert.ok(text.includes(`jangteo_objective_duration_seconds_count{${bought}} 2\n`), text);
  assert.ok(text.includes('_count{objective="checkout",status="503"} 1\n'), text);
});

it('group commits are counted by size and time', async () => {
  const metrics = createMetrics({ nodeMetrics: false });
  metrics.groupCommitted('orders', 40, 0.002);
  const text = await metrics.text();
  assert.match(text, /jangteo_commit_group_works_bucket\{service="orders",le="64"\} 1\n/);
  assert.match(text, /jangteo_commit_duration_seconds_count\{service="orders"\} 1\n/);
});

it('Node tells of itself', async () => assert.match(await createMetrics().text(), /nodejs_eventloop_lag_seconds/));
