import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { cacheAside } from './aside.ts';
import { expiringCache } from './expiring.ts';
import { withLocalCopies } from './local-copies.ts';
import { memoryCaches } from './memory.ts';
import { CacheUnavailable } from './port.ts';
import { gate, sharedWorld } from './strategies-harness.ts';

describe('cache-aside', () => {
  it('loads what is asked for once, for all who ask at the same time and all processes, until it is invalidated', async () => {
    const { state, truth, options } = sharedWorld();
    const [one, other] = [cacheAside(options), cacheAside(options)];
    truth.set('a', 'old');
    assert.deepEqual(await Promise.all(Array.from({ length: 50 }, () => one.get('a'))), Array(50).fill('old'));
    assert.equal(await other.get('a'), 'old');
    assert.equal(state.loads, 1);
    truth.set('a', 'new');
    await one.invalidate('a');
    assert.deepEqual([await other.get('a'), await one.get('a'), state.loads], ['new', 'new', 2]);
  });

  it('keeps nothing that was invalidated while it was loaded', async () => {
    const { truth, options } = sharedWorld();
    const loading = gate();
    const slow = cacheAside({
      ...options,
      async load(key) {
        const value = truth.get(key);
        await loading.opened;
        return value;
      },
    });
    truth.set('a', 'old');
    const asked = slow.get('a');
    await new Promise(setImmediate);
    truth.set('a', 'new');
    await slow.invalidate('a');
    loading.open();
    assert.equal(await asked, 'old');
    assert.equal(await slow.get('a'), 'new');
  });

  it('loses: another process that loaded before a change keeps it afterwards, until its time is over', async () => {
    const { state, truth, options } = sharedWorld();
    const loading = gate();
    const writer = cacheAside(options);
    const reader = cacheAside({
      ...options,
      async load(key) {
        const value = truth.get(key);
        await loading.opened;
        return value;
      },
    });
    truth.set('a', 'old');
    const asked = reader.get('a');
    await new Promise(setImmediate);
    truth.set('a', 'new');
    await writer.invalidate('a');
    loading.open();
    await asked;
    assert.equal(await writer.get('a'), 'old');
    state.now += options.ttlMs + 1;
    assert.equal(await writer.get('a'), 'new');
  });

  it('loses: a change while the engine is away is seen only when the copy’s time is over, and the caller is told', async () => {
    const { state, truth, options } = sharedWorld();
    const told: unknown[] = [];
    const aside = cacheAside({ ...options, onAway: (cause) => told.push(cause) });
    truth.set('a', 'old');
    await aside.get('a');
    state.isAway = true;
    truth.set('a', 'new');
    await assert.rejects(aside.invalidate('a'), CacheUnavailable);
    assert.equal(await aside.get('a'), 'new', 'with the engine away the truth is asked');
    assert.equal(told.length, 2);
    state.isAway = false;
    assert.equal(await aside.get('a'), 'old');
    state.now += options.ttlMs + 1;
    assert.equal(await aside.get('a'), 'new');
  });

  it('remembers that there is nothing, for as long as it is told to', async () => {
    const { state, truth, options } = sharedWorld();
    const aside = cacheAside({ ...options, absentTtlMs: 100 });
    assert.deepEqual([await aside.get('a'), await aside.get('a'), state.loads], [undefined, undefined, 1]);
    truth.set('a', 'now');
    assert.equal(await aside.get('a'), undefined);
    state.now += 101;
    assert.equal(await aside.get('a'), 'now');
    const forgetful = cacheAside(options);
    await forgetful.get('b');
    await forgetful.get('b');
    assert.equal(state.loads, 4);
  });

  it('counts what it cannot read as gone', async () => {
    const { truth, kept, options } = sharedWorld();
    truth.set('a', 'whole');
    for (const bytes of ['', '\u0001{"half', 'other']) {
      await kept.set('a', new TextEncoder().encode(bytes), 1_000);
      assert.equal(await cacheAside(options).get('a'), 'whole');
    }
  });

  it('answers every one who waits with the failure of the load, and asks anew the next time', async () => {
    const { truth, options } = sharedWorld();
    let isDown = true;
    const aside = cacheAside({
      ...options,
      load: async (key) => {
        if (isDown) throw new Error('down');
        return truth.get(key);
      },
    });
    const asked = await Promise.allSettled([aside.get('a'), aside.get('a')]);
    assert.deepEqual(
      asked.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    isDown = false;
    truth.set('a', 'up');
    assert.equal(await aside.get('a'), 'up');
  });
});

describe('TTL alone', () => {
  it('loses: answers may be as old as its time, and are never older', async () => {
    const { state, truth, options } = sharedWorld();
    const expiring = expiringCache(options);
    truth.set('a', 'old');
    await expiring.get('a');
    truth.set('a', 'new');
    state.now += options.ttlMs;
    assert.equal(await expiring.get('a'), 'old');
    state.now += 1;
    assert.equal(await expiring.get('a'), 'new');
  });

  it('does not let go at once of what was kept at once', async () => {
    const { state, options } = sharedWorld();
    const ends: number[] = [];
    const cache = { ...options.cache, set: async (_: string, __: Uint8Array, ttlMs: number) => void ends.push(ttlMs) };
    const aside = expiringCache({ ...options, cache, load: async () => 'a', jitter: 0.2, random: seededRandom(7) });
    for (let key = 0; key < 200; key++) await aside.get(String(key));
    assert.equal(state.isAway, false);
    assert.ok(Math.min(...ends) >= 800 && Math.max(...ends) <= 1_000);
    assert.ok(new Set(ends).size > 100, 'the times are spread');
  });
});

describe('local copies', () => {
  it('ask the engine once in their time; lose: what others change is seen so much later', async () => {
    const clock = { time: 1_000, now: () => clock.time };
    const shared = memoryCaches(clock)({ name: 'a' });
    let asked = 0;
    const counted = {
      ...shared,
      get(key: string) {
        asked++;
        return shared.get(key);
      },
    };
    const options = { ttlMs: 100, mostBytes: 10_000 };
    const [one, other] = [withLocalCopies(counted, clock, options), withLocalCopies(shared, clock, options)];
    await other.set('hot', Uint8Array.of(1), 10_000);
    for (let read = 0; read < 1_000; read++) await one.get('hot');
    assert.equal(asked, 1);
    await other.set('hot', Uint8Array.of(2), 10_000);
    assert.deepEqual([(await other.get('hot'))?.[0], (await one.get('hot'))?.[0]], [2, 1]);
    clock.time += 101;
    assert.equal((await one.get('hot'))?.[0], 2);
    await one.delete('hot');
    assert.equal(await one.get('hot'), undefined);
  });

  it('are none of what was read before a change of this process', async () => {
    const clock = { now: () => 1_000 };
    const shared = memoryCaches(clock)({ name: 'a' });
    const reading = gate();
    const slow = {
      ...shared,
      async get(key: string) {
        const value = await shared.get(key);
        await reading.opened;
        return value;
      },
    };
    const copied = withLocalCopies(slow, clock, { ttlMs: 100, mostBytes: 10_000 });
    await shared.set('hot', Uint8Array.of(1), 10_000);
    const before = copied.get('hot');
    await copied.set('hot', Uint8Array.of(2), 10_000);
    reading.open();
    assert.deepEqual([(await before)?.[0], (await copied.get('hot'))?.[0]], [1, 2]);
  });
});
