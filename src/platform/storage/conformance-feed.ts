import assert from 'node:assert/strict';
import { it } from 'node:test';
import { batch, event, type OpenStorage, withStorage } from './conformance-open.ts';
import type { Storage, StoredEvent } from './port.ts';

const place = ({ partition, position }: StoredEvent) => `${partition}:${position}`;

/** 5 events in partition 0, 3 in partition 1, none in 2, 1 in 3; every second one of type `Told`. */
async function fill(storage: Storage) {
  const fences = await storage.acquire('a', 60_000);
  const streams = [0, 0, 0, 0, 0, 1, 1, 1, 3].map((partition, n) => {
    return event(`s/${partition}`, n + 1, partition, n % 2 === 0 ? 'Told' : 'Kept');
  });
  for (const each of streams) assert.equal((await storage.commit(batch({ fences, events: [each] }))).fate, 'done');
}

export function feedCases(open: OpenStorage): void {
  it(
    'pages over the feed, partition by partition, in position order',
    withStorage(open, async (storage) => {
      await fill(storage);
      assert.deepEqual(await storage.heads(), [5, 3, 0, 1]);
      assert.deepEqual((await storage.readFeed([0, 0, 0, 0], 2)).map(place), ['0:1', '0:2', '1:1', '1:2', '3:1']);
      assert.deepEqual((await storage.readFeed([2, 2, 0, 1], 2)).map(place), ['0:3', '0:4', '1:3']);
      assert.deepEqual((await storage.readFeed([4], 9)).map(place), ['0:5', '1:1', '1:2', '1:3', '3:1']);
      assert.deepEqual(await storage.readFeed([5, 3, 0, 1], 2), []);
    }),
  );

  it(
    'reads streams after a version, in version order',
    withStorage(open, async (storage) => {
      const fences = await storage.acquire('a', 60_000);
      const events = [event('s/1', 2), event('s/1', 1), event('s/2', 1, 1), event('s/1', 3)];
      await storage.commit(batch({ fences, events, at: 123 }));
      const streams = await storage.readStreams([
        { stream: 's/1', afterVersion: 1 },
        { stream: 's/2', afterVersion: 1 },
        { stream: 's/3', afterVersion: 0 },
      ]);
      assert.deepEqual(
        streams.get('s/1')?.map((each) => [each.version, each.position, each.at]),
        [
          [2, 1, 123],
          [3, 3, 123],
        ],
      );
      assert.deepEqual(streams.get('s/2') ?? [], []);
      assert.deepEqual(streams.get('s/3') ?? [], []);
    }),
  );

  it(
    'shows the bus the published types only',
    withStorage(open, async (storage, test) => {
      await fill(storage);
      const outbox = await test.outbox(['Told']);
      const told = await outbox.readFeed([1], 10);
      assert.deepEqual(told.map(place), ['0:3', '0:5', '1:2', '3:1']);
      const all = new Map((await storage.readFeed([], 10)).map((each) => [place(each), each]));
      for (const each of told) assert.deepEqual(each, all.get(place(each)));
      assert.deepEqual((await outbox.readFeed([], 1)).map(place), ['0:1', '3:1']);
      assert.deepEqual((await outbox.readFeed([1, 0, 0, 1], 1)).map(place), []);
      assert.deepEqual(await outbox.heads(), [5, 3, 0, 1]);
      assert.deepEqual(outbox.log, storage.log);
      await outbox.close();
    }),
  );
}
