import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { SessionStore } from './port.ts';

export interface SessionsUnderTest {
  /** The same store as several processes have it. At least one. */
  readonly replicas: readonly [SessionStore, ...SessionStore[]];
  /** Lets time go by. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const LONG = { idleMs: HOUR_MS, longestMs: HOUR_MS };

/** The suite that every session store passes. */
export function sessionStoreConformance(name: string, open: () => Promise<SessionsUnderTest>): void {
  const check = (
    title: string,
    body: (
      test: Omit<SessionsUnderTest, 'close'> & { readonly sessions: SessionStore; readonly id: string },
    ) => Promise<void>,
  ) =>
    it(title, async () => {
      const test = await open();
      try {
        await body({ ...test, sessions: test.replicas[0], id: randomUUID() });
      } finally {
        await test.close();
      }
    });

  describe(`session store: ${name}`, () => {
    check('keeps what was opened, for every replica', async ({ replicas, id }) => {
      const [one, other] = [replicas[0], replicas.at(-1) ?? replicas[0]];
      const data = { operator: '민지', roles: ['a', 'b'], odd: 'nul \u0000 and half \ud800 a pair' };
      assert.equal(await one.read(id), undefined);
      assert.equal(await one.open(id, data, LONG), true);
      assert.deepEqual(await other.read(id), data);
      assert.equal(await other.wasEnded(id), false);
      assert.equal(await other.read(`${id} `), undefined);
    });

    check('does not open what is open, for nobody may choose another’s id', async ({ sessions, id }) => {
      await sessions.open(id, { who: 'a' }, LONG);
      assert.equal(await sessions.open(id, { who: 'b' }, LONG), false);
      assert.deepEqual(await sessions.read(id), { who: 'a' });
    });

    check('ends for every replica at once, and cannot be opened again', async ({ replicas, id }) => {
      const [one, other] = [replicas[0], replicas.at(-1) ?? replicas[0]];
      await one.open(id, {}, LONG);
      await other.read(id);
      await one.end(id, HOUR_MS);
      assert.deepEqual([await other.read(id), await other.wasEnded(id)], [undefined, true]);
      assert.equal(await other.open(id, {}, LONG), false);
      await other.end(id, HOUR_MS);
      assert.equal(await one.wasEnded(id), true);
    });

    check('ends what it never opened, and remembers that for as long as it was told to', async (test) => {
      const { sessions, id, pass } = test;
      await sessions.end(id, 1_000);
      assert.deepEqual([await sessions.wasEnded(id), await sessions.read(id)], [true, undefined]);
      await pass(1_100);
      assert.equal(await sessions.wasEnded(id), false);
      assert.equal(await sessions.open(id, {}, LONG), true);
      assert.deepEqual(await sessions.read(id), {});
    });

    check('slides while it is read, and is over when nobody does', async ({ replicas, id, pass }) => {
      await replicas[0].open(id, { a: 1 }, { idleMs: 3_000, longestMs: HOUR_MS });
      for (const store of [...replicas, ...replicas]) {
        await pass(1_800);
        assert.deepEqual(await store.read(id), { a: 1 });
      }
      await pass(3_100);
      assert.equal(await replicas[0].read(id), undefined);
      assert.equal(await replicas[0].wasEnded(id), false);
    });

    check('is over after its longest time, however often it is read', async ({ sessions, id, pass }) => {
      await sessions.open(id, {}, { idleMs: HOUR_MS, longestMs: 2_000 });
      await pass(500);
      assert.deepEqual(await sessions.read(id), {});
      await pass(1_600);
      assert.equal(await sessions.read(id), undefined);
    });

    check('opens only one of many who try the same id at once', async ({ replicas, id }) => {
      const tries = replicas.flatMap((store) => [1, 2, 3].map((n) => store.open(id, { n }, LONG)));
      const opened = (await Promise.all(tries)).filter(Boolean);
      assert.equal(opened.length, 1);
    });

    check('refuses times that are none', async ({ sessions, id }) => {
      for (const wrong of [0, -1, 0.5, Number.NaN]) {
        await assert.rejects(sessions.open(id, {}, { idleMs: wrong, longestMs: 1 }), RangeError);
        await assert.rejects(sessions.open(id, {}, { idleMs: 1, longestMs: wrong }), RangeError);
        await assert.rejects(sessions.end(id, wrong), RangeError);
      }
    });
  });
}
