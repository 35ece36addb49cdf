import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  assertLedgerBalances,
  assertNothingLost,
  assertStockWhole,
  crowd,
  type Purchase,
  sells,
  stockForCrowds,
} from '../crash/shoppers.ts';
import { eventually } from '../scenarios/api.ts';
import { type SupervisedUnderTest, startSupervised } from './supervised.ts';

/** Two processes that speak with each other through proxies beside them, whose certificates hold for as long as this test at most. */
const PIECES = 20;
const SHOPPERS = 4;
const WITHIN_MS = 30_000;

let shop: SupervisedUnderTest;
const everything: Purchase[] = [];
before(async () => {
  shop = await startSupervised('scale-out', {
    adapt: ({ balancer: _, ...topology }) => ({
      ...{ ...topology, leaders: 'spread' },
      sidecars: { engine: 'envoy', certificateHours: 1, metrics: true },
    }),
  });
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.stop());

const rowOf = (name: string) => {
  const row = shop.rows().find((each) => each.name === name);
  assert.ok(row, `${name} is there`);
  return row;
};
const doorOf = (name: string) => ({ ...shop, url: `http://127.0.0.1:${rowOf(name).port}` });

describe('two processes behind proxies', { concurrency: false }, () => {
  it('sell at both doors', async () => {
    for (const name of ['app-1', 'app-2']) {
      const door = doorOf(name);
      await using shoppers = crowd(door, SHOPPERS, { wait: 5 });
      await eventually(
        async () => shoppers.purchases.length,
        (count) => count > 10,
        WITHIN_MS,
      );
      await shoppers.leave();
      everything.push(...shoppers.purchases);
      assert.deepEqual(shoppers.surprises, []);
      await assertNothingLost(door, shoppers.purchases);
    }
  });

  it('speak with each other through them, and nobody comes in who cannot say who he is', async () => {
    const { port } = rowOf('app-1 envoy');
    const figures = await fetch(`http://127.0.0.1:${(port ?? 0) + 1}/stats?filter=downstream_(cx_ssl|rq)_total$`);
    const text = await figures.text();
    const of = (name: string) => Number(new RegExp(`http.${name}: (\\d+)`).exec(text)?.[1] ?? 0);
    assert.ok(of('inbound.downstream_rq_total') > 10, text);
    assert.ok(of('outbound.downstream_rq_total') > 0, text);
    assert.ok(of('inbound.downstream_cx_ssl_total') > 0, text);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`), 'plain HTTP is refused');
  });

  it('are answered for by a sidecar of ours, with what their proxies tell', async () => {
    const { port } = rowOf('app-2 sidecar');
    const text = await eventually(
      () => fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text(), String),
      (told) => (told.match(/jangteo_sidecar_scrape_up\{[^}]*\} 1/g) ?? []).length === 2,
      WITHIN_MS,
    );
    assert.match(text, /^process_resident_memory_bytes /m);
    assert.match(text, /^envoy_cluster_upstream_rq_total/m);
  });

  it('go on when a proxy is killed', async () => {
    const door = doorOf('app-2');
    await using shoppers = crowd(door, SHOPPERS, { wait: 5 });
    const before = rowOf('app-1 envoy');
    assert.ok(before.pid);
    process.kill(before.pid, 'SIGKILL');
    await eventually(
      async () => rowOf('app-1 envoy'),
      ({ state, restarts }) => state === 'running' && restarts === before.restarts + 1,
      WITHIN_MS,
    );
    await eventually(() => sells(door), Boolean, WITHIN_MS);
    await shoppers.leave();
    everything.push(...shoppers.purchases);
    await assertNothingLost(door, shoppers.purchases);
  });

  it('go on when a process is killed, which its proxy outlives', async () => {
    const door = doorOf('app-2');
    const proxy = rowOf('app-1 envoy').pid;
    await using shoppers = crowd(door, SHOPPERS, { wait: 5 });
    process.kill(rowOf('app-1').pid ?? 0, 'SIGKILL');
    await eventually(() => sells(door), Boolean, WITHIN_MS);
    await shoppers.leave();
    everything.push(...shoppers.purchases);
    assert.equal(rowOf('app-1 envoy').pid, proxy);
    await assertNothingLost(door, shoppers.purchases);
  });

  it('nothing is oversold, the ledger balances, verify finds nothing', async () => {
    await assertStockWhole(doorOf('app-2'), everything, PIECES);
    await assertLedgerBalances(doorOf('app-2'));
    await shop.verify();
  });
});
