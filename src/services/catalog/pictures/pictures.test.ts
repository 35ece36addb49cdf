import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryBlobCache } from '../../../platform/blob-cache/memory.ts';
import type { BlobCache } from '../../../platform/blob-cache/port.ts';
import { silentLogger } from '../../../platform/telemetry/silent.ts';
import { askedPicture, type Form } from './forms.ts';
import { createPictures, type Drawn, type Pictures } from './pictures.ts';
import { NoTurn } from './turns.ts';

const form = formOf('640.avif');
const KILOBYTE = 1_000;

describe('renditions of pictures', () => {
  it('are made once, for all who ask meanwhile and later', async () => {
    const { pictures, made, finish } = opened();
    const mug = drawnIn(pictures, 'mug');
    const asked = [pictures.rendition(mug, form), pictures.rendition(mug, form)];
    await finish();
    const [first, second] = await Promise.all(asked);
    assert.equal(first, second);
    assert.equal(await pictures.rendition(mug, form), first);
    assert.deepEqual(made, ['<svg>mug</svg> 640.avif']);
  });

  it('are made two at a time, in the order they were asked for', async () => {
    const { pictures, made, finish } = opened();
    const all = ['a', 'b', 'c', 'd'].map((name) => pictures.rendition(drawnIn(pictures, name), form));
    await settled();
    assert.equal(made.length, 2);
    await finish();
    assert.equal(made.length, 4);
    await finish();
    await Promise.all(all);
    assert.deepEqual(
      made,
      ['a', 'b', 'c', 'd'].map((name) => `<svg>${name}</svg> 640.avif`),
    );
  });

  it('are refused when too many wait', async () => {
    const { pictures, finish, made } = opened();
    const asked = Array.from({ length: 259 }, (_, index) => pictures.rendition(drawnIn(pictures, `p${index}`), form));
    const outcomes = Promise.allSettled(asked);
    while (made.length < 258) await finish();
    await finish();
    const refused = (await outcomes).filter((each) => each.status === 'rejected');
    assert.equal(refused.length, 1);
    assert.ok(refused[0]?.reason instanceof NoTurn);
  });

  it('are tried again after a failure', async () => {
    let attempts = 0;
    const pictures = createPictures({
      ...{ draw: () => '<svg/>', blobs: memoryBlobCache(KILOBYTE), logger: silentLogger },
      async encode() {
        attempts += 1;
        if (attempts === 1) throw new Error('out of memory');
        return new Uint8Array(1);
      },
    });
    const mug = drawnIn(pictures, 'mug');
    await assert.rejects(pictures.rendition(mug, form), /out of memory/);
    assert.equal((await pictures.rendition(mug, form)).byteLength, 1);
  });

  it('are found where an earlier process kept them, by their content', async () => {
    const blobs = memoryBlobCache(100 * KILOBYTE);
    const before = opened({ blobs });
    const making = before.pictures.rendition(drawnIn(before.pictures, 'mug'), form);
    await before.finish();
    const bytes = await making;
    const after = opened({ blobs });
    assert.equal(await after.pictures.rendition(drawnIn(after.pictures, 'mug'), form), bytes);
    assert.deepEqual(after.made, []);
    const redrawn = opened({ blobs, draw: (_subject, name) => `<svg>new ${name}</svg>` });
    const anew = redrawn.pictures.rendition(drawnIn(redrawn.pictures, 'mug'), form);
    await redrawn.finish();
    await anew;
    assert.deepEqual(redrawn.made, ['<svg>new mug</svg> 640.avif']);
  });

  it('in memory stay within their bytes', async () => {
    const { pictures, made, finish } = opened({ blobs: memoryBlobCache(1), memoryBytes: 3 * KILOBYTE + 10 });
    const show = async (name: string) => {
      const asked = pictures.rendition(drawnIn(pictures, name), form);
      await finish();
      await asked;
    };
    for (const name of ['a', 'b', 'c', 'd', 'd', 'b', 'a']) await show(name);
    assert.deepEqual(
      made.map((each) => each[5]),
      ['a', 'b', 'c', 'd', 'a'],
    );
  });

  it('are shown also while nothing can be kept', async () => {
    const broken: BlobCache = {
      get: () => Promise.reject(new Error('no such folder')),
      put: () => Promise.reject(new Error('the disk is full')),
    };
    const { pictures, finish } = opened({ blobs: broken });
    const asked = pictures.rendition(drawnIn(pictures, 'mug'), form);
    await finish();
    assert.equal((await asked).byteLength, KILOBYTE);
  });
});

/** Pictures whose encoding ends when the test says so. */
function opened(parts: Partial<Parameters<typeof createPictures>[0]> = {}) {
  const made: string[] = [];
  const ends: (() => void)[] = [];
  const pictures = createPictures({
    draw: (_subject, name) => `<svg>${name}</svg>`,
    blobs: memoryBlobCache(100 * KILOBYTE),
    logger: silentLogger,
    async encode(svg, { name }) {
      made.push(`${svg} ${name}`);
      await new Promise<void>((resolve) => ends.push(resolve));
      return new Uint8Array(KILOBYTE);
    },
    ...parts,
  });
  async function finish() {
    await settled();
    for (const end of ends.splice(0)) end();
    await settled();
  }
  return { pictures, made, finish };
}

function drawnIn(pictures: Pictures, name: string): Drawn {
  const drawn = pictures.drawn('cups', name);
  assert.ok(drawn);
  return drawn;
}

function formOf(name: string): Form {
  const asked = askedPicture(`any.${name}`);
  assert.ok(asked && asked.form !== 'svg');
  return asked.form;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
