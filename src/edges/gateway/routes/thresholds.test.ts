import assert from 'node:assert/strict';
import { it } from 'node:test';
import { thresholdsOf } from './thresholds.ts';

it('thresholds are told for the gateway and for routes that have their own, in the units of metrics', () => {
  const table = {
    name: 'web',
    alerts: { errorRatio: 0.01, p99Ms: 1_500, shedRatio: 0.02 },
    routes: [
      { name: 'pages', path: '/*', service: 'web' },
      { name: 'buy', version: 'v1', path: '/buy/{id}', service: 'cart', alerts: { errorRatio: 0.001, forMs: 60_000 } },
    ],
  };
  assert.deepEqual(thresholdsOf(table), [
    { errorRatio: 0.01, shedRatio: 0.02, p99Seconds: 1.5, forSeconds: 300 },
    { route: '/v1/buy/{id}', errorRatio: 0.001, forSeconds: 60 },
  ]);
  assert.deepEqual(thresholdsOf({ name: 'bare', routes: table.routes.slice(0, 1) }), []);
});
