import assert from 'node:assert/strict';
import { it } from 'node:test';
import { batch, type OpenStorage, ORDERS, put, withStorage } from './conformance-open.ts';
import type { DocumentQuery, Storage, StoredDocument } from './port.ts';

const keys = (documents: readonly StoredDocument[]) => documents.map((document) => document.key).join(' ');

function ask(parts: Partial<DocumentQuery>): DocumentQuery {
  return { collection: ORDERS, generation: 0, where: {}, limit: 100, ...parts };
}

async function fill(storage: Storage) {
  const rows: readonly (readonly [string, string, number | null, string])[] = [
    ['k1', 'ann', 10, 'open'],
    ['k2', 'ann', 20, 'open'],
    ['k3', 'ann', 20, 'done'],
    ['k4', 'ann', 30, 'open'],
    ['k5', 'bob', 20, 'open'],
    ['k6', 'ann', null, 'open'],
    ['\uff5e', 'ann', 20, 'open'],
    ['\u{1f6d2}', 'ann', 20, 'open'],
  ];
  const documents = rows.map(([key, shopper, placed_at, status]) => put(key, { shopper, placed_at, status }));
  assert.equal((await storage.commit(batch({ documents }))).fate, 'done');
}

export function documentCases(open: OpenStorage): void {
  it(
    'counts versions, replaces, deletes and starts again',
    withStorage(open, async (storage) => {
      const read = async () => (await storage.documents(ORDERS, 0, ['k1', 'nothing'])).get('k1');
      const write = async (...documents: readonly ReturnType<typeof put>[]) => {
        assert.equal((await storage.commit(batch({ documents }))).fate, 'done');
      };
      await write(put('k1', { a: 1 }, 0));
      await write(put('k1', { a: 2 }, 1));
      await write(put('k1', { a: 3 }));
      assert.deepEqual(await read(), { key: 'k1', version: 3, body: { a: 3 } });
      await write(put('k1', null, 3), put('nothing', null), put('nothing', null, 0));
      assert.equal(await read(), undefined);
      await write(put('k1', { a: 4 }, 0), put('k1', { a: 5 }, 1), put('k1', { a: 6 }));
      assert.deepEqual(await read(), { key: 'k1', version: 3, body: { a: 6 } });
      await write(put('k1', { a: 7 }, 3), put('k1', null, 4), put('k1', { a: 8 }, 0), put('k1', { a: 9 }, 1));
      assert.deepEqual(await read(), { key: 'k1', version: 2, body: { a: 9 } });
      await write(put('k1', { a: 1 }), put('k1', null));
      assert.equal(await read(), undefined);
    }),
  );

  it(
    'shares no object with its callers',
    withStorage(open, async (storage) => {
      const body = { nested: { list: [1, 2] }, gone: undefined };
      await storage.commit(batch({ documents: [put('k1', body)] }));
      body.nested.list.push(3);
      const found = (await storage.documents(ORDERS, 0, ['k1'])).get('k1');
      assert.deepEqual(found?.body, { nested: { list: [1, 2] } });
    }),
  );

  it(
    'answers queries by its indexes, ties in key order, both ways',
    withStorage(open, async (storage) => {
      await fill(storage);
      const found = async (parts: Partial<DocumentQuery>) => keys(await storage.query(ask(parts)));
      const ann = { shopper: 'ann' };
      assert.equal(await found({ where: ann }), 'k1 k2 k3 \uff5e \u{1f6d2} k4');
      assert.equal(await found({ where: ann, order: 'descending' }), 'k4 \u{1f6d2} \uff5e k3 k2 k1');
      assert.equal(await found({ where: ann, order: 'descending', limit: 2 }), 'k4 \u{1f6d2}');
      const range = (from?: number, below?: number) => {
        return { range: { field: 'placed_at', ...(from && { from }), ...(below && { below }) } };
      };
      assert.equal(await found({ where: ann, ...range(20, 30) }), 'k2 k3 \uff5e \u{1f6d2}');
      assert.equal(await found({ where: ann, ...range(21) }), 'k4');
      assert.equal(await found({ ...range(undefined, 20) }), 'k1');
      assert.equal(
        await found({ where: { status: 'open', shopper: 'ann' }, ...range(20), limit: 3 }),
        'k2 \uff5e \u{1f6d2}',
      );
      assert.equal(await found({ where: { status: 'done' } }), 'k3');
      assert.equal(await found({ where: { status: 'nothing' } }), '');
    }),
  );

  it(
    'pages with a keyset through ties, both ways',
    withStorage(open, async (storage) => {
      await fill(storage);
      for (const order of ['ascending', 'descending'] as const) {
        for (const where of [{ shopper: 'ann' }, { status: 'open' }]) {
          const whole = await storage.query(ask({ where, order }));
          const paged: StoredDocument[] = [];
          for (let page = await storage.query(ask({ where, order, limit: 2 })); page.length > 0; ) {
            paged.push(...page);
            const last = paged[paged.length - 1];
            assert.ok(last);
            const value = 'shopper' in where ? (last.body.placed_at as number) : null;
            page = await storage.query(ask({ where, order, limit: 2, after: { value, key: last.key } }));
          }
          assert.deepEqual(paged, whole);
        }
      }
    }),
  );

  it(
    'refuses a query that no declared index serves',
    withStorage(open, async (storage) => {
      await assert.rejects(
        storage.query(ask({ where: { shopper: 'ann', placed_at: 1, status: 'x' }, range: { field: 'x' } })),
        TypeError,
      );
      await assert.rejects(storage.query(ask({ where: { unknown: 1 } })), TypeError);
      await assert.rejects(
        storage.query(ask({ where: { placed_at: 1 }, range: { field: 'shopper', from: 'a' } })),
        TypeError,
      );
      await assert.rejects(storage.query(ask({ where: {}, collection: { ...ORDERS, name: 'strangers' } })), TypeError);
    }),
  );

  it(
    'keeps generations apart and drops one',
    withStorage(open, async (storage) => {
      await storage.commit(
        batch({ documents: [put('k1', { n: 0 }), put('k1', { n: 1 }, 0, 1), put('k2', { n: 1 }, 0, 1)] }),
      );
      await storage.dropGeneration(ORDERS, 0);
      assert.equal((await storage.documents(ORDERS, 0, ['k1'])).size, 0);
      assert.deepEqual([...(await storage.documents(ORDERS, 1, ['k1', 'k2'])).keys()].sort(), ['k1', 'k2']);
    }),
  );
}
