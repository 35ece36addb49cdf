import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type OwnEngine, ownEngine } from '../../../../test/engines/own-engine.ts';
import { eventually } from '../../../../test/scenarios/api.ts';
import type { Product } from '../../../contracts/catalog.ts';
import { idsOf } from '../fixtures.ts';
import { type ShopOnOpenSearch, shopOnOpenSearch } from './shop-harness.ts';

const PREFIX = 'outage';
const QUERY_TIMEOUT_MS = 2_000;
const RECOVERY_MS = 120_000;

describe('a shop whose OpenSearch dies', { timeout: 600_000 }, () => {
  let engine: OwnEngine;
  let shop: ShopOnOpenSearch;
  before(async () => {
    engine = await ownEngine('opensearch', { memoryMb: 384 });
    shop = await shopOnOpenSearch({ url: engine.url, prefix: PREFIX, queryTimeoutMs: QUERY_TIMEOUT_MS });
  });
  after(async () => {
    await shop?.close();
    await engine?.remove();
  });

  const found = async (q: string, changes = {}) => {
    const outcome = await shop.search(q, changes);
    return outcome.kind === 'done' ? idsOf(outcome.answer).sort() : outcome.kind;
  };
  const becomes = (q: string, ids: readonly string[], changes = {}) =>
    eventually(
      () => found(q, changes),
      (now) => String(now) === String(ids),
      RECOVERY_MS,
    );
  const answers = () =>
    eventually(
      () => shop.search('sample-lamp'),
      ({ kind }) => kind === 'done',
      RECOVERY_MS,
    );
  const generations = async () =>
    Object.keys((await (await fetch(`${engine.url}/${PREFIX}-*/_alias`)).json()) as object);

  it('finds what is put, sold out and withdrawn', async () => {
    await answers();
    await shop.put(lamp('one'));
    await shop.put(lamp('two'));
    await shop.stock('lamp-one', 3);
    await becomes('nightlamp', ['lamp-one', 'lamp-two']);
    await becomes('nightlamp', ['lamp-one'], { available: true });
    await shop.withdraw('lamp-two');
    await becomes('nightlamp', ['lamp-one']);
  });

  it('serves at once after a restart, what it held, without being filled anew', async () => {
    const held = await generations();
    await shop.restart();
    const outcome = await eventually(
      () => shop.search('nightlamp'),
      ({ kind }) => kind === 'done',
      RECOVERY_MS,
    );
    assert.ok(outcome.kind === 'done');
    assert.deepEqual(idsOf(outcome.answer), ['lamp-one']);
    assert.deepEqual(await generations(), held);
  });

  it('killed under writes: searches are given up in milliseconds, checkout goes on, and everything catches up by itself', async () => {
    const writing = new AbortController();
    let version = 0;
    const writes = (async () => {
      for (; !writing.signal.aborted; version++) {
        const title = version % 2 === 0 ? 'Nightlamp' : 'Nightlamp again';
        await shop.put({ ...lamp('one'), title: { en: `${title} ${version}` } });
        await shop.stock('lamp-one', version % 3 === 0 ? 0 : 3);
      }
    })();
    await eventually(
      async () => version,
      (written) => written > 20,
      RECOVERY_MS,
    );
    await engine.kill();
    for (let at = 0; at < 10; at++) assert.equal((await shop.search('nightlamp')).kind, 'unknown');
    const times = await Promise.all(Array.from({ length: 50 }, () => timed(() => shop.search('nightlamp'))));
    assert.ok(middle(times) < 100, `a dead engine costs ${times} ms`);
    assert.equal(await shop.buy('WTC'), 'confirmed');
    await shop.put(lamp('three'));
    await shop.stock('lamp-three', 1);
    writing.abort();
    await writes;
    await shop.put({ ...lamp('one'), title: { en: 'Nightlamp at last' } });
    await shop.stock('lamp-one', 0);
    await engine.revive();
    await becomes('nightlamp', ['lamp-one', 'lamp-three']);
    await becomes('nightlamp at last', ['lamp-one']);
    await becomes('nightlamp', ['lamp-three'], { available: true });
  });

  it('that is there and does not answer costs a search its time-out, and soon milliseconds', async () => {
    engine.pause();
    try {
      const first = await timed(() => shop.search('nightlamp'));
      assert.ok(first >= QUERY_TIMEOUT_MS * 0.9, `${first} ms`);
      await Promise.all(Array.from({ length: 8 }, () => shop.search('nightlamp')));
      const times = await Promise.all(Array.from({ length: 50 }, () => timed(() => shop.search('nightlamp'))));
      assert.ok(middle(times) < 100, `a paused engine costs ${times} ms`);
      assert.equal(await shop.buy('WTC'), 'confirmed');
    } finally {
      engine.resume();
    }
    await becomes('nightlamp', ['lamp-one', 'lamp-three']);
  });

  it('emptied under our feet: it is filled again by itself, and no write makes an index by mistake', async () => {
    for (const index of await generations()) await fetch(`${engine.url}/${index}`, { method: 'DELETE' });
    await shop.put(lamp('four'));
    await becomes('nightlamp', ['lamp-four', 'lamp-one', 'lamp-three']);
    await becomes('nightlamp', ['lamp-three'], { available: true });
    const all = Object.keys((await (await fetch(`${engine.url}/_all/_alias`)).json()) as object);
    assert.deepEqual(
      all.filter((name) => !/^outage-(products|stock)-\d+$/.test(name)),
      [],
    );
  });
});

function lamp(name: string): Product {
  return {
    productId: `lamp-${name}`,
    sellerId: 'hanok-ceramics',
    categoryIds: [],
    title: { en: 'Nightlamp', ko: '수면등' },
    description: {},
    images: [],
    variants: [{ sku: `lamp-${name}`, options: {}, prices: { GBP: 1_000 } }],
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
