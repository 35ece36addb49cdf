import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Collection } from '../../kernel/view.ts';
import { coalescedReads } from './coalesced-reads.ts';
import type { StoredDocument } from './port.ts';

const things: Collection = { name: 'things', fields: {}, indexes: [] };
const others: Collection = { name: 'others', fields: {}, indexes: [] };

function counted() {
  const asked: string[] = [];
  const documents = async (collection: Collection, generation: number, keys: readonly string[]) => {
    asked.push(`${collection.name} ${generation} ${keys.join()}`);
    if (keys.includes('broken')) throw new Error('out of reach');
    return new Map(
      keys
        .filter((key) => key !== 'none')
        .map((key): [string, StoredDocument] => [key, { key, version: 1, body: { key } }]),
    );
  };
  return { asked, read: coalescedReads({ documents }) };
}

it('asks once for what is wanted in the same turn, and gives each what it asked for', async () => {
  const { asked, read } = counted();
  const [first, second, third] = await Promise.all([
    read(things, 0, ['a', 'b']),
    read(things, 0, ['b', 'none']),
    read(things, 0, ['c']),
  ]);
  assert.deepEqual(asked, ['things 0 a,b,none,c']);
  assert.deepEqual([...(first?.keys() ?? [])], ['a', 'b']);
  assert.deepEqual([...(second?.keys() ?? [])], ['b']);
  assert.deepEqual([...(third?.keys() ?? [])], ['c']);
});

it('keeps collections, generations and turns apart', async () => {
  const { asked, read } = counted();
  await Promise.all([read(things, 0, ['a']), read(things, 1, ['a']), read(others, 0, ['a'])]);
  await read(things, 0, ['a']);
  assert.deepEqual(asked, ['things 0 a', 'things 1 a', 'others 0 a', 'things 0 a']);
});

it('fails those who asked together, and the next round is a new one', async () => {
  const { read } = counted();
  const both = await Promise.allSettled([read(things, 0, ['a']), read(things, 0, ['broken'])]);
  assert.deepEqual(
    both.map((each) => each.status),
    ['rejected', 'rejected'],
  );
  assert.equal((await read(things, 0, ['a'])).size, 1);
});
