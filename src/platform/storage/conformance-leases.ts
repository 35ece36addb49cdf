import assert from 'node:assert/strict';
import { it } from 'node:test';
import { batch, event, type OpenStorage, put, withStorage } from './conformance-open.ts';
import type { Lease } from './port.ts';

const partitions = (leases: readonly Lease[]) => leases.map((lease) => lease.partition);

export function leaseCases(open: OpenStorage): void {
  it(
    'leases each partition to one owner at a time',
    withStorage(open, async (storage, test) => {
      const a = await storage.acquire('a', 60_000, 3);
      assert.deepEqual(partitions(a), [0, 1, 2]);
      const b = await storage.acquire('b', 300);
      assert.deepEqual(partitions(b), [3]);
      assert.deepEqual(partitions(await storage.acquire('c', 60_000)), []);
      assert.deepEqual(partitions(await storage.acquire('a', 60_000)), [0, 1, 2]);
      await test.passTime(310);
      const c = await storage.acquire('c', 60_000);
      assert.deepEqual(partitions(c), [3]);
      assert.ok((c[0]?.fence ?? 0) > (b[0]?.fence ?? 0));
      assert.deepEqual(await storage.renew(b, 60_000), []);
      const late = await storage.commit(batch({ fences: b, events: [event('s/1', 1, 3)] }));
      assert.deepEqual(late, { fate: 'conflict', conflicts: [{ kind: 'fence', partition: 3 }] });
    }),
  );

  it(
    'keeps the fence of an owner that asks again, and lengthens its lease',
    withStorage(open, async (storage, test) => {
      const [first] = await storage.acquire('a', 300, 1);
      const [again] = await storage.acquire('a', 60_000, 1);
      assert.ok(first && again);
      assert.equal(again.fence, first.fence);
      assert.ok(again.until > first.until);
      await test.passTime(310);
      assert.deepEqual(partitions(await storage.acquire('b', 60_000)), [1, 2, 3]);
      const [renewed] = await storage.renew([again], 120_000);
      assert.ok(renewed && renewed.until > again.until);
    }),
  );

  it(
    'frees a partition at once when it is released',
    withStorage(open, async (storage) => {
      const a = await storage.acquire('a', 60_000);
      await storage.release(a.slice(0, 2));
      const b = await storage.acquire('b', 60_000);
      assert.deepEqual(partitions(b), [0, 1]);
      await storage.release(a);
      assert.deepEqual(partitions(await storage.renew(b, 60_000)), [0, 1]);
    }),
  );

  it(
    'settles a commit that happened',
    withStorage(open, async (storage) => {
      const fences = await storage.acquire('a', 60_000);
      await storage.commit(batch({ fences, events: [event('s/0', 1)] }));
      const done = batch({
        fences: fences.slice(0, 3),
        events: [event('s/1', 1), event('s/1', 2), event('s/2', 1, 2)],
      });
      await storage.commit(done);
      const settled = await storage.settle(done.id, [2, 1, 0], 'a');
      assert.equal(settled.committed, true);
      assert.deepEqual([...settled.firstPositions].sort(), [
        [0, 2],
        [2, 1],
      ]);
      assert.deepEqual(partitions(settled.leases), [0, 1, 2]);
      const again = await storage.settle(done.id, [0, 1, 2], 'a');
      assert.equal(again.committed, true);
    }),
  );

  it(
    'settles a commit that did not happen, so that it never can',
    withStorage(open, async (storage) => {
      const fences = await storage.acquire('a', 60_000);
      const late = batch({ fences: fences.slice(0, 2), events: [event('s/1', 1), event('s/2', 1, 1)] });
      const settled = await storage.settle(late.id, [0, 1], 'a');
      assert.equal(settled.committed, false);
      assert.deepEqual([...settled.firstPositions], []);
      const result = await storage.commit(late);
      assert.ok(result.fate === 'conflict');
      assert.deepEqual(await storage.heads(), [0, 0, 0, 0]);
      const retried = await storage.commit({ ...late, fences: settled.leases });
      assert.equal(retried.fate, 'done');
    }),
  );

  it(
    'still knows a commit after its partitions changed hands',
    withStorage(open, async (storage, test) => {
      const fences = await storage.acquire('a', 200);
      const done = batch({ fences, events: [event('s/1', 1)] });
      await storage.commit(done);
      await test.passTime(210);
      const theirs = await storage.acquire('b', 60_000);
      await storage.commit(batch({ fences: theirs, events: [event('s/1', 2)] }));
      const settled = await storage.settle(done.id, [0, 1, 2, 3], 'a');
      assert.equal(settled.committed, true);
      assert.deepEqual([...settled.firstPositions], [[0, 1]]);
      assert.deepEqual(settled.leases, []);
      assert.deepEqual(partitions(await storage.renew(theirs, 60_000)), [0, 1, 2, 3]);
    }),
  );

  it(
    'settles a commit that needed no fence',
    withStorage(open, async (storage) => {
      const done = batch({ documents: [put('o1', {})] });
      await storage.commit(done);
      assert.equal((await storage.settle(done.id, [], 'a')).committed, true);
      const late = batch({ documents: [put('o2', {})] });
      assert.equal((await storage.settle(late.id, [], 'a')).committed, false);
      assert.equal((await storage.commit(late)).fate, 'refused');
      assert.equal((await storage.settle(late.id, [], 'a')).committed, false);
    }),
  );
}
