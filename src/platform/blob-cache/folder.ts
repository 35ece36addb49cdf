import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { BlobCache } from './port.ts';

const UNFINISHED = '.unfinished-';
const DIGEST_BYTES = 32;

/**
 * Keeps at most `maxBytes` in files of a folder that one process uses; it is made, and what lies in it found, at the first
 * question. Each file begins with a digest of what follows: one that was cut short or damaged counts as gone. Rejects when the
 * folder cannot be read or written.
 */
export function folderBlobCache(folder: string, maxBytes: number): BlobCache {
  let opening: Promise<LRUCache<string, number>> | undefined;
  const evicted: string[] = [];

  const opened = () => {
    opening ??= found(folder, maxBytes, (key) => evicted.push(key)).catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const removeEvicted = () => Promise.all(evicted.splice(0).map((key) => rm(join(folder, key), { force: true })));

  return {
    async get(key) {
      const sizes = await opened();
      if (sizes.get(key) === undefined) return undefined;
      const bytes = await readWhole(join(folder, key));
      if (bytes === undefined) sizes.delete(key);
      return bytes;
    },
    async put(key, bytes) {
      const sizes = await opened();
      const size = bytes.byteLength + DIGEST_BYTES;
      if (size > maxBytes) return;
      const unfinished = join(folder, `${UNFINISHED}${randomUUID()}`);
      try {
        await writeFile(unfinished, [digestOf(bytes), bytes]);
        await rename(unfinished, join(folder, key));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      sizes.set(key, size);
      await removeEvicted();
    },
  };
}

/** What earlier runs have left, the oldest to go first. */
async function found(folder: string, maxBytes: number, onEvicted: (key: string) => void) {
  await mkdir(folder, { recursive: true });
  const sizes = new LRUCache<string, number>({
    maxSize: maxBytes,
    sizeCalculation: (size) => size,
    dispose: (_size, key, reason) => {
      if (reason === 'evict') onEvicted(key);
    },
  });
  const names = await readdir(folder);
  await Promise.all(
    names.filter((name) => name.startsWith(UNFINISHED)).map((name) => rm(join(folder, name), { force: true })),
  );
  const kept = await Promise.all(
    names
      .filter((name) => !name.startsWith(UNFINISHED))
      .map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name));
        return { name, size, mtimeMs };
      }),
  );
  kept.sort((a, b) => a.mtimeMs - b.mtimeMs);
  for (const { name, size } of kept) {
    if (size > 0 && size <= maxBytes) sizes.set(name, size);
    else onEvicted(name);
  }
  return sizes;
}

async function readWhole(file: string): Promise<Uint8Array | undefined> {
  try {
    const all = await readFile(file);
    const bytes = all.subarray(DIGEST_BYTES);
    return digestOf(bytes).equals(all.subarray(0, DIGEST_BYTES)) ? bytes : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
