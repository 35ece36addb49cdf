import assert from 'node:assert/strict';
import { it } from 'node:test';
import { batch, event, type OpenStorage, ORDERS, put, withStorage } from './conformance-open.ts';
import type { Commit, Conflict, PositionAdvance, Storage } from './port.ts';

/** Everything a reader can see, to show that a batch that failed left nothing behind. */
async function seen(storage: Storage) {
  return {
    events: await storage.readFeed([], 1_000),
    heads: await storage.heads(),
    documents: await storage.query({ collection: ORDERS, generation: 0, where: {}, limit: 1_000 }),
    records: await storage.idempotencyRecords(['key-1', 'key-2', 'new']),
    position: await storage.positions('sub', 0),
  };
}

function advance(parts: Partial<PositionAdvance>): PositionAdvance {
  return { subscription: 'sub', generation: 0, epoch: 'e', fence: 5, from: undefined, to: [1, 0], ...parts };
}

const record = (key: string) => ({ key, bodyHash: 'hash', answer: { text: `answer of ${key}` }, at: 7 });

/** A storage that holds one of everything, so that a second write of it conflicts. */
async function seeded(storage: Storage) {
  const fences = await storage.acquire('a', 60_000);
  const result = await storage.commit(
    batch({
      fences,
      events: [event('s/1', 1), event('s/2', 1, 1)],
      documents: [put('o1', { placed_at: 1 })],
      idempotency: [record('key-1'), record('key-2')],
      positions: [advance({})],
    }),
  );
  assert.equal(result.fate, 'done');
  return fences;
}

function sorted(conflicts: readonly Conflict[]): readonly string[] {
  return conflicts.map((each) => JSON.stringify(Object.entries(each).sort())).sort();
}

export function commitCases(open: OpenStorage): void {
  it(
    'writes events, documents, records and positions together',
    withStorage(open, async (storage) => {
      await seeded(storage);
      const now = await seen(storage);
      assert.deepEqual(now.heads, [1, 1, 0, 0]);
      assert.deepEqual(
        now.events.map(({ partition, position, stream, version }) => [partition, position, stream, version]),
        [
          [0, 1, 's/1', 1],
          [1, 1, 's/2', 1],
        ],
      );
      assert.deepEqual(now.events[0]?.data, { stream: 's/1', version: 1 });
      assert.deepEqual(now.events[0]?.metadata, { actor: 'test' });
      assert.deepEqual(now.documents, [{ key: 'o1', version: 1, body: { placed_at: 1 } }]);
      assert.deepEqual(now.records.get('key-1'), record('key-1'));
      assert.deepEqual(now.position, { epoch: 'e', positions: [1, 0], fence: 5 });
    }),
  );

  it(
    'numbers each partition without gaps in commit order, conflicts and concurrency included',
    withStorage(open, async (storage) => {
      const fences = await storage.acquire('a', 60_000);
      const results = await Promise.all(
        Array.from({ length: 30 }, (_, n) => {
          const events = [
            event(`s/${n % 20}`, 1, n % 4),
            event(`t/${n}`, 1, (n + 1) % 4),
            event(`t/${n}`, 2, (n + 1) % 4),
          ];
          return storage.commit(batch({ fences, events }));
        }),
      );
      assert.equal(results.filter((result) => result.fate === 'done').length, 20);
      const events = await storage.readFeed([], 1_000);
      assert.equal(events.length, 60);
      for (const partition of [0, 1, 2, 3]) {
        const positions = events.filter((each) => each.partition === partition).map((each) => each.position);
        assert.deepEqual(
          positions,
          Array.from(positions, (_, index) => index + 1),
        );
      }
      assert.deepEqual(await storage.heads(), [15, 15, 15, 15]);
    }),
  );

  it(
    'tells the first position of each partition',
    withStorage(open, async (storage) => {
      const fences = await seeded(storage);
      const events = [event('s/3', 1, 1), event('s/3', 2, 1), event('s/4', 1, 3)];
      const result = await storage.commit(batch({ fences, events }));
      assert.ok(result.fate === 'done');
      assert.deepEqual([...result.firstPositions].sort(), [
        [1, 2],
        [3, 1],
      ]);
    }),
  );

  const conflicting: readonly (readonly [string, Partial<Commit>, readonly Conflict[]])[] = [
    ['a stale stream version', { events: [event('s/1', 1)] }, [{ kind: 'stream', stream: 's/1' }]],
    [
      'one version twice in the batch',
      { events: [event('s/9', 1), event('s/9', 1)] },
      [{ kind: 'stream', stream: 's/9' }],
    ],
    [
      'a document that exists',
      { documents: [put('o1', {}, 0)] },
      [{ kind: 'document', collection: 'orders', key: 'o1' }],
    ],
    [
      'a stale document version',
      { documents: [put('o1', {}, 2)] },
      [{ kind: 'document', collection: 'orders', key: 'o1' }],
    ],
    [
      'a document that is gone',
      { documents: [put('o2', {}, 1)] },
      [{ kind: 'document', collection: 'orders', key: 'o2' }],
    ],
    ['a stale delete', { documents: [put('o1', null, 2)] }, [{ kind: 'document', collection: 'orders', key: 'o1' }]],
    [
      'writes to one key that contradict each other',
      { documents: [put('o1', {}, 1), put('o1', {}, 1)] },
      [{ kind: 'document', collection: 'orders', key: 'o1' }],
    ],
    ['a known idempotency key', { idempotency: [record('key-1')] }, [{ kind: 'idempotency', key: 'key-1' }]],
    ['one key twice', { idempotency: [record('new'), record('new')] }, [{ kind: 'idempotency', key: 'new' }]],
    [
      'a position that has moved',
      { positions: [advance({ from: [0, 0] })] },
      [{ kind: 'position', subscription: 'sub' }],
    ],
    ['a position that exists', { positions: [advance({})] }, [{ kind: 'position', subscription: 'sub' }]],
    [
      'a position that is not there',
      { positions: [advance({ generation: 1, from: [1, 0] })] },
      [{ kind: 'position', subscription: 'sub' }],
    ],
    [
      'a stale subscriber',
      { positions: [advance({ from: [1, 0], fence: 4 })] },
      [{ kind: 'position', subscription: 'sub' }],
    ],
    ['a stale fence', { fences: [{ partition: 2, fence: 0 }] }, [{ kind: 'fence', partition: 2 }]],
    ['an event without its fence', { fences: [], events: [event('s/9', 1, 3)] }, [{ kind: 'fence', partition: 3 }]],
    [
      'everything at once',
      {
        fences: [
          { partition: 0, fence: 1 },
          { partition: 2, fence: 0 },
          { partition: 3, fence: 0 },
        ],
        events: [event('s/1', 1), event('s/2', 1), event('s/9', 1)],
        documents: [put('o1', {}, 0), put('o2', {}, 1), put('o3', {}, 0)],
        idempotency: [record('key-1'), record('key-2'), record('new')],
        positions: [advance({})],
      },
      [
        { kind: 'fence', partition: 2 },
        { kind: 'fence', partition: 3 },
        { kind: 'stream', stream: 's/1' },
        { kind: 'stream', stream: 's/2' },
        { kind: 'document', collection: 'orders', key: 'o1' },
        { kind: 'document', collection: 'orders', key: 'o2' },
        { kind: 'idempotency', key: 'key-1' },
        { kind: 'idempotency', key: 'key-2' },
        { kind: 'position', subscription: 'sub' },
      ],
    ],
  ];

  it(
    'writes nothing and names every culprit when anything conflicts',
    withStorage(open, async (storage) => {
      const fences = await seeded(storage);
      const before = await seen(storage);
      for (const [what, parts, conflicts] of conflicting) {
        const { documents = [], idempotency = [], events = [] } = parts;
        const whole = batch({
          fences,
          ...parts,
          events: parts.fences === undefined ? [event('bystander', 1, 1), ...events] : events,
          documents: [put('bystander', {}), ...documents],
          idempotency: [record('bystander'), ...idempotency],
        });
        const result = await storage.commit(whole);
        assert.ok(result.fate === 'conflict', `${what}: ${result.fate}`);
        assert.deepEqual(sorted(result.conflicts), sorted(conflicts), what);
        assert.deepEqual(await seen(storage), before, what);
      }
    }),
  );

  const unstorable: readonly (readonly [string, Partial<Commit>])[] = ['\0', '\ud800'].flatMap((bad) => [
    [`stream ${escape(bad)}`, { events: [event(`s/${bad}`, 1)] }],
    [`type ${escape(bad)}`, { events: [event('s/9', 1, 0, bad)] }],
    [`data ${escape(bad)}`, { events: [{ ...event('s/9', 1), data: { text: bad } }] }],
    [`key ${escape(bad)}`, { documents: [put(bad, {})] }],
    [`field ${escape(bad)}`, { documents: [put('o9', { shopper: bad })] }],
    [`name in a body ${escape(bad)}`, { documents: [put('o9', { [bad]: 1 })] }],
    [`record ${escape(bad)}`, { idempotency: [record(bad)] }],
    [`answer ${escape(bad)}`, { idempotency: [{ ...record('new'), answer: [bad] }] }],
    [`subscription ${escape(bad)}`, { positions: [advance({ subscription: bad })] }],
  ]);

  it(
    'refuses what cannot be kept, and harms nothing else',
    withStorage(open, async (storage) => {
      const fences = await seeded(storage);
      const before = await seen(storage);
      const others: readonly (readonly [string, Partial<Commit>])[] = [
        ['a field of another type', { documents: [put('o9', { placed_at: 'soon' })] }],
        ['a fraction', { documents: [put('o9', { placed_at: 1.5 })] }],
        [
          'an undeclared collection',
          { documents: [{ ...put('o9', {}), collection: { ...ORDERS, name: 'strangers' } }] },
        ],
        ['a partition that does not exist', { events: [event('s/9', 1, 4)] }],
      ];
      for (const [what, parts] of [...unstorable, ...others]) {
        const neighbour = { key: `neighbour of ${escape(what)}`, body: { text: 'kept' } };
        const [refused, kept] = await Promise.all([
          storage.commit(batch({ fences, events: [event('s/8', 1)], ...parts })),
          storage.commit(batch({ documents: [put(neighbour.key, neighbour.body)] })),
        ]);
        assert.equal(refused.fate, 'refused', what);
        assert.equal(kept.fate, 'done', what);
      }
      const after = await seen(storage);
      assert.deepEqual({ ...after, documents: before.documents }, before);
    }),
  );

  it(
    'keeps what merely looks like an escape',
    withStorage(open, async (storage) => {
      const text = '\\u0000 \\\\ud800 \u{1f6d2} "quoted", {braces} \u0001\n\\';
      const result = await storage.commit(
        batch({ documents: [put(text, { shopper: text, text })], idempotency: [{ ...record('new'), answer: text }] }),
      );
      assert.equal(result.fate, 'done');
      const found = await storage.documents(ORDERS, 0, [text]);
      assert.deepEqual(found.get(text)?.body, { shopper: text, text });
      assert.equal((await storage.idempotencyRecords(['new'])).get('new')?.answer, text);
    }),
  );

  it(
    'advances positions, also several times in one batch',
    withStorage(open, async (storage) => {
      await seeded(storage);
      const positions = [
        advance({ from: [1, 0], to: [2, 0] }),
        advance({ from: [2, 0], to: [2, 9], fence: 6, epoch: 'f' }),
      ];
      assert.equal((await storage.commit(batch({ positions }))).fate, 'done');
      assert.deepEqual(await storage.positions('sub', 0), { epoch: 'f', positions: [2, 9], fence: 6 });
      assert.equal(await storage.positions('sub', 1), undefined);
    }),
  );

  it(
    'forgets idempotency records that are older than asked',
    withStorage(open, async (storage) => {
      const idempotency = [1, 2, 3].map((at) => ({ ...record(`key-${at}`), at }));
      await storage.commit(batch({ idempotency }));
      assert.equal(await storage.expireIdempotency(3), 2);
      assert.deepEqual([...(await storage.idempotencyRecords(['key-1', 'key-2', 'key-3'])).keys()], ['key-3']);
      assert.equal((await storage.commit(batch({ idempotency: [record('key-1')] }))).fate, 'done');
    }),
  );
}
