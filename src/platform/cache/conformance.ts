import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Caches } from './port.ts';

export interface CachesUnderTest {
  /** The same cache as several processes have it. At least one. */
  readonly replicas: readonly [Caches, ...Caches[]];
  /** Lets time go by. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined) => (value === undefined ? undefined : new TextDecoder().decode(value));
/** A space of its own for each test, so that an engine that many share need not be emptied. */
const fresh = () => ({ name: `test.${randomUUID()}` });

/** The suite that every cache passes. */
export function cacheConformance(name: string, open: () => Promise<CachesUnderTest>): void {
  const check = (title: string, body: (test: CachesUnderTest & { readonly caches: Caches }) => Promise<void>) =>
    it(title, async () => {
      const test = await open();
      try {
        await body({ ...test, caches: test.replicas[0] });
      } finally {
        await test.close();
      }
    });

  describe(`cache: ${name}`, () => {
    check('answers what was set last, and undefined else', async ({ caches }) => {
      const cache = caches(fresh());
      assert.equal(await cache.get('a'), undefined);
      await cache.set('a', bytes('one'), HOUR_MS);
      assert.equal(text(await cache.get('a')), 'one');
      await cache.set('a', bytes('two'), HOUR_MS);
      assert.equal(text(await cache.get('a')), 'two');
      await cache.delete('a');
      assert.equal(await cache.get('a'), undefined);
      await cache.delete('a');
    });

    check('keeps any bytes under any key', async ({ caches }) => {
      const cache = caches(fresh());
      const all = Uint8Array.from({ length: 256 }, (_, index) => index);
      for (const key of ['', '{a}', 'a b\r\n', '한국', 'x'.repeat(2_000)]) {
        await cache.set(key, all, HOUR_MS);
        assert.deepEqual(new Uint8Array((await cache.get(key)) ?? []), all, key);
      }
      await cache.set('none', new Uint8Array(0), HOUR_MS);
      assert.equal((await cache.get('none'))?.byteLength, 0);
    });

    check('forgets when the time is over, the newest of times', async ({ caches, pass }) => {
      const cache = caches(fresh());
      await cache.set('short', bytes('a'), 300);
      await cache.set('prolonged', bytes('a'), 300);
      await cache.set('prolonged', bytes('a'), HOUR_MS);
      await cache.set('shortened', bytes('a'), HOUR_MS);
      await cache.set('shortened', bytes('a'), 300);
      await pass(400);
      const found = await Promise.all(['short', 'prolonged', 'shortened'].map((key) => cache.get(key)));
      assert.deepEqual(found.map(text), [undefined, 'a', undefined]);
    });

    check('keeps spaces apart', async ({ caches }) => {
      const [one, other] = [caches(fresh()), caches(fresh())];
      await one.set('a', bytes('one'), HOUR_MS);
      await other.delete('a');
      assert.deepEqual([text(await one.get('a')), await other.get('a')], ['one', undefined]);
    });

    check('does not keep what is too large, nor what was there before it', async ({ caches }) => {
      const cache = caches({ ...fresh(), mostEntryBytes: 10 });
      await cache.set('a', new Uint8Array(10), HOUR_MS);
      assert.equal((await cache.get('a'))?.byteLength, 10);
      await cache.set('a', new Uint8Array(11), HOUR_MS);
      assert.equal(await cache.get('a'), undefined);
    });

    check('is told of by every replica at once', async ({ replicas }) => {
      const space = fresh();
      const [first, last] = [replicas[0](space), (replicas.at(-1) ?? replicas[0])(space)];
      await first.set('a', bytes('one'), HOUR_MS);
      assert.equal(text(await last.get('a')), 'one');
      await last.delete('a');
      assert.equal(await first.get('a'), undefined);
    });

    check('refuses times and names that are none', async ({ caches }) => {
      const cache = caches(fresh());
      for (const ttl of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
        await assert.rejects(cache.set('a', bytes('a'), ttl), RangeError);
      assert.throws(() => caches({ name: 'a:b' }), RangeError);
    });
  });
}
