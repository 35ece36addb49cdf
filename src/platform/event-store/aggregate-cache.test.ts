import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnyAggregate } from './aggregate.ts';
import { aggregateCache, setCommitted } from './aggregate-cache.ts';

const named = (name: string, idleStreams?: number) => ({ name, idleStreams }) as unknown as AnyAggregate;
const ids = (count: number) => Array.from({ length: count }, (_, at) => `sku_00000${at}`);

test('of each aggregate as many idle streams stay as it says, whatever comes of the others', () => {
  const cache = aggregateCache(4);
  const [stock, cart] = [named('stock', 3), named('cart', 2)];
  for (const [aggregate, count] of [
    [stock, 3],
    [cart, 50],
  ] as const) {
    for (const id of ids(count)) {
      const entry = cache.pin(aggregate, id);
      setCommitted(entry, 1, id);
      cache.unpin(entry);
    }
  }
  assert.equal(cache.size(), 3 + 2);
  for (const id of ids(3)) assert.equal(cache.peek(`stock/${id}`)?.state, id);
  cache.drop('stock/sku_000000');
  assert.equal(cache.peek('stock/sku_000000'), undefined);
  assert.equal(cache.size(), 2 + 2);
});
