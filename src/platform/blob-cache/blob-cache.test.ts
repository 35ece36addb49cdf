import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { folderBlobCache } from './folder.ts';
import { memoryBlobCache } from './memory.ts';
import type { BlobCache } from './port.ts';

const bytes = (length: number, value = 7) => new Uint8Array(length).fill(value);

const adapters: Record<string, (run: (open: (maxBytes: number) => BlobCache) => Promise<void>) => Promise<void>> = {
  memory: (run) => run(memoryBlobCache),
  folder: (run) => inFolder((folder) => run((maxBytes) => folderBlobCache(folder, maxBytes))),
};

for (const [name, withCache] of Object.entries(adapters))
  describe(`blob cache: ${name}`, () => {
    it('answers what was put, newly put too, and undefined else', () =>
      withCache(async (open) => {
        const cache = open(10_000);
        assert.equal(await cache.get('a.640.avif'), undefined);
        await cache.put('a.640.avif', bytes(100));
        assert.deepEqual(new Uint8Array((await cache.get('a.640.avif')) ?? []), bytes(100));
        await cache.put('a.640.avif', bytes(50, 8));
        assert.deepEqual(new Uint8Array((await cache.get('a.640.avif')) ?? []), bytes(50, 8));
      }));

    it('keeps no more than its bytes: the least recently asked for goes first', () =>
      withCache(async (open) => {
        const cache = open(3_500);
        for (const key of ['a', 'b', 'c']) await cache.put(key, bytes(1_000));
        await cache.get('a');
        await cache.put('d', bytes(1_000));
        const kept = await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await cache.get(key)) !== undefined));
        assert.deepEqual(kept, [true, false, true, true]);
        await cache.put('huge', bytes(4_000));
        assert.equal(await cache.get('huge'), undefined);
      }));
  });

describe('blob cache: folder', () => {
  it('still has it in the next run, within that run’s bound, and no file beside', () =>
    inFolder(async (folder) => {
      const before = folderBlobCache(folder, 10_000);
      for (const key of ['a', 'b', 'c']) {
        await before.put(key, bytes(1_000));
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      await writeFile(join(folder, '.unfinished-of-a-crash'), 'x');
      const after = folderBlobCache(folder, 2_500);
      assert.equal(await after.get('a'), undefined);
      assert.equal((await after.get('c'))?.byteLength, 1_000);
      await after.put('d', bytes(1_000));
      assert.deepEqual((await readdir(folder)).sort(), ['c', 'd']);
    }));

  it('counts a file that was cut short, emptied or taken away as gone', () =>
    inFolder(async (folder) => {
      const cache = folderBlobCache(folder, 10_000);
      for (const key of ['cut', 'empty', 'away']) await cache.put(key, bytes(1_000));
      await truncate(join(folder, 'cut'), 500);
      await truncate(join(folder, 'empty'), 0);
      await rm(join(folder, 'away'));
      for (const key of ['cut', 'empty', 'away']) assert.equal(await cache.get(key), undefined);
      await cache.put('cut', bytes(10));
      assert.equal((await cache.get('cut'))?.byteLength, 10);
    }));

  it('rejects where no folder can be, and tries again the next time', () =>
    inFolder(async (folder) => {
      const place = join(folder, 'cache');
      await writeFile(place, 'a file');
      const cache = folderBlobCache(place, 10_000);
      await assert.rejects(cache.put('a', bytes(1)));
      await rm(place);
      await cache.put('a', bytes(1));
      assert.equal((await cache.get('a'))?.byteLength, 1);
    }));
});

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'blob-cache-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
