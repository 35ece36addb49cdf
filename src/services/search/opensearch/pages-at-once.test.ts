import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pagesAtOnce } from './pages-at-once.ts';

test('every page is worked on once, so many at a time, and read no sooner than there is room', async () => {
  const seen: number[] = [];
  let [read, underWay, most] = [0, 0, 0];
  async function* pages() {
    for (; read < 20; read++) yield read;
  }
  await pagesAtOnce(pages(), 3, async (page) => {
    most = Math.max(most, ++underWay);
    assert.ok(read <= seen.length + 3, `${read} pages read, ${seen.length} done`);
    await pause(page % 3);
    seen.push(page);
    underWay--;
  });
  assert.deepEqual(
    seen.toSorted((a, b) => a - b),
    Array.from({ length: 20 }, (_, page) => page),
  );
  assert.equal(most, 3);
});

test('a page that fails fails the whole: after those under way, before any other, with its source closed', async () => {
  const ended: number[] = [];
  let closed = false;
  async function* pages() {
    try {
      for (let page = 0; page < 100; page++) yield page;
    } finally {
      closed = true;
    }
  }
  const filling = pagesAtOnce(pages(), 3, async (page) => {
    if (page === 4) throw new Error('out of reach');
    await pause(5);
    ended.push(page);
  });
  await assert.rejects(filling, /out of reach/);
  assert.ok(closed);
  assert.ok(ended.length <= 8, `${ended}`);
  const before = ended.length;
  await pause(20);
  assert.equal(ended.length, before);
});

test('a source that fails does so, too', async () => {
  async function* pages() {
    yield 1;
    throw new Error('the database is away');
  }
  await assert.rejects(
    pagesAtOnce(pages(), 3, () => pause(1)),
    /the database is away/,
  );
});
