import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock, systemRandom } from '../../../../platform/clock/system.ts';
import { bulkWriter } from '../../../../platform/opensearch/bulk.ts';
import { openEngine } from '../../../../platform/opensearch/engine.ts';
import { silentLogger } from '../../../../platform/telemetry/silent.ts';
import { becomes, list, orderFinderConformance } from '../conformance.ts';
import { cuttableLink, indices, ordersOnOpenSearch, testUrl } from './orders-harness.ts';

orderFinderConformance('OpenSearch', () => ordersOnOpenSearch());

const BY_SELLER = '/v1/admin/orders?seller=potter';

describe('the index of orders on an OpenSearch', { timeout: 300_000 }, () => {
  it('holds nothing personal', async () => {
    await using orders = await ordersOnOpenSearch();
    const orderId = await orders.confirmed();
    await becomes(orders, 'it', [orderId], BY_SELLER);
    const held = await (await fetch(`${testUrl()}/${orders.prefix}-orders/_search`)).text();
    assert.ok(held.includes(orderId));
    for (const personal of ['ann@', 'Ann', 'Lane', 'Leeds', 'LS1', 'tok_', 'sealed'])
      assert.ok(!held.includes(personal), `${personal} in ${held}`);
  });

  it('cut off: what the view has an index for it answers, the rest is refused, orders go on; back, it catches up by itself', async () => {
    await using link = await cuttableLink();
    await using orders = await ordersOnOpenSearch(link.url);
    const before = await orders.confirmed();
    await becomes(orders, 'before', [before], BY_SELLER);
    link.cut();
    const during = await orders.confirmed();
    await becomes(orders, 'own', [during, before], '/v1/orders');
    await becomes(orders, 'by status', [during, before], '/v1/admin/orders?status=confirmed');
    for (const query of ['seller=potter', 'q=cup']) {
      const { status, body } = await orders.ask('GET', `/v1/admin/orders?${query}`);
      assert.deepEqual([status, body.code], [503, 'lists_unavailable']);
    }
    assert.equal((await orders.ask('GET', `/v1/orders/${during}`)).body.status, 'confirmed');
    link.mend();
    await becomes(orders, 'both', [during, before], BY_SELLER);
  });

  it('emptied under our feet it is made again, under another number', async () => {
    await using orders = await ordersOnOpenSearch();
    const first = await orders.confirmed();
    await becomes(orders, 'first', [first], BY_SELLER);
    for (const index of await indices(orders.prefix)) await fetch(`${testUrl()}/${index}`, { method: 'DELETE' });
    const second = await orders.confirmed();
    await becomes(orders, 'both', [first, second], BY_SELLER);
  });

  it('is made anew beside the one that serves, which misses nothing meanwhile', async () => {
    await using orders = await ordersOnOpenSearch();
    const ids = [await orders.confirmed()];
    await becomes(orders, 'first', ids, BY_SELLER);
    assert.equal((await orders.ask('POST', '/v1/admin/orders/index/rebuild')).status, 202);
    for (let at = 0; at < 5; at++) {
      ids.push(await orders.confirmed());
      assert.equal((await list(orders, BY_SELLER)).stale, false);
    }
    await becomes(orders, 'all', ids, BY_SELLER);
    const serving = async () =>
      Object.keys((await (await fetch(`${testUrl()}/_alias/${orders.prefix}-orders`)).json()) as object);
    for (const until = Date.now() + 30_000; String(await serving()) !== `${orders.prefix}-orders-2`; ) {
      assert.ok(Date.now() < until, `${await serving()} serves`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await becomes(orders, 'all again', ids, BY_SELLER);
  });

  it('a repeated or a late write never puts anything older in the place of something newer', async () => {
    const index = `test-versions-${process.pid}`;
    const target = `${index}-written`;
    const engine = openEngine({ url: testUrl(), queryTimeoutMs: 20_000, clock: systemClock, logger: silentLogger });
    const write = bulkWriter({ ask: engine.ask, clock: systemClock, random: systemRandom });
    try {
      await engine.ask({ method: 'PUT', path: `/${index}`, body: { aliases: { [target]: { is_write_index: true } } } });
      const at = (version: number) => ({ kind: 'index', target, id: 'one', version, body: { version } }) as const;
      const fates = await write([at(5), at(5), at(3), at(9), at(7)]);
      assert.deepEqual(
        fates.map(({ kind }) => kind),
        ['written', 'exists', 'exists', 'written', 'exists'],
      );
      const { body } = await engine.ask({ method: 'GET', path: `/${index}/_doc/one` });
      assert.equal((body as { _source: { version: number } })._source.version, 9);
      const [gone] = await write([{ ...at(1), target: `${index}-never-made` }]);
      assert.equal(gone?.kind, 'gone');
    } finally {
      await engine.ask({ method: 'DELETE', path: `/${index}` });
      await engine.close();
    }
  });
});
