import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { Counters, ProcessFacts } from './process-facts.ts';
import { BEAT_MS, type Beat, takePulse } from './pulse.ts';

const standing = {
  ...{ viewLagEvents: 3, busBehindEvents: 1, eventLoopDelayMs: 0.5, cpuShare: 0.2, memoryBytes: 1_000 },
};
const nothing: Counters = { requests: [], bounds: [0.01, 0.1], calls: [], heard: [], committed: [], commits: [] };
const checkout = (route: string, buckets: readonly number[], status = 202) => ({
  ...{ method: 'POST', route, status, buckets },
});

test('a beat tells what happened since the one before', async () => {
  const clock = virtualClock();
  let counters = nothing;
  const facts: ProcessFacts = { counters: () => counters, standing: () => standing };
  const pulse = takePulse(facts, clock);
  const told: Beat[] = [];
  const forget = pulse.onBeat((beat) => told.push(beat));
  counters = {
    ...nothing,
    requests: [
      checkout('/v1/carts/:cartId/checkout', [2, 2, 0]),
      checkout('/web/v1/checkout', [0, 4, 0]),
      checkout('/web/v1/checkout', [0, 0, 2], 503),
      { method: 'GET', route: '/console/api/pulse', status: 200, buckets: [50, 0, 0] },
    ],
    committed: [
      { service: 'orders', type: 'OrderPlaced', events: 6 },
      { service: 'orders', type: 'OrderConfirmed', events: 4 },
    ],
  };
  await clock.advance(BEAT_MS);
  const [beat] = told;
  assert.equal(beat?.ordersPerSecond, 3);
  assert.equal(beat?.requestsPerSecond, 5, 'the console’s own questions are no traffic');
  assert.equal(beat?.failuresPerSecond, 1);
  assert.equal(beat?.eventsPerSecond, 5);
  assert.ok((beat?.checkoutMs?.p50 ?? 0) > 10 && (beat?.checkoutMs?.p50 ?? 0) <= 100);
  assert.equal(beat?.viewLagEvents, 3);

  await clock.advance(BEAT_MS);
  assert.equal(told[1]?.ordersPerSecond, 0);
  assert.notEqual(told[1]?.checkoutMs, null, 'the latency looks back over a minute');
  await clock.advance(70_000);
  assert.equal(told.at(-1)?.checkoutMs, null);
  assert.equal(pulse.span().seconds, 10);
  forget();
  pulse.close();
  assert.equal(clock.pending(), 0);
});

test('a quarter of an hour is kept, and no more', async () => {
  const clock = virtualClock();
  const pulse = takePulse({ counters: () => nothing, standing: () => standing }, clock);
  await clock.advance(BEAT_MS * 500);
  assert.equal(pulse.beats.length, 450);
  assert.equal(pulse.beats.at(-1)?.at, clock.now());
  pulse.close();
});
