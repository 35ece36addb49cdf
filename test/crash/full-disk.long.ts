import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { assertProblem, call, eventually } from '../scenarios/api.ts';
import { asSuperuser, type ShopProcess, shopProcess } from './shop-process.ts';
import { assertNothingLost, assertStockWhole, crowd, type Purchase, sells, stockForCrowds } from './shoppers.ts';

const DISK_MB = 512;
const PIECES = 20;
const WITHIN_MS = 20_000;
const STOPPED_WITHIN_MS = 15_000;
const PUSHES_AT_MOST = 10;
const RECOVERED_WITHIN_MS = 5_000;
const LOG_FILES_AT_MOST = 256;
/** A server that finds no room for its own last words may first seem to have ended without any. */
const TOLD_ONCE =
  /has died; starting it again\.\n(PostgreSQL did not start: [^\n]*\n)?The disk is full: free some space and start again\. Until then .*PostgreSQL runs again\.\n$/s;

let disk: string | undefined;
let shop: ShopProcess | undefined;
before(async () => {
  disk = smallDisk();
  if (disk === undefined) return;
  shop = await shopProcess({ home: join(disk, 'home') });
  await shop.open();
  await stockForCrowds(shop, PIECES);
});
after(async () => {
  await shop?.remove();
  if (disk === undefined) return;
  spawnSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const everything: Purchase[] = [];

describe('a full disk', { concurrency: false }, () => {
  const cases: readonly (readonly [string, (shop: ShopProcess, disk: string) => Promise<string>, RegExp])[] = [
    ['a table cannot grow', async (_shop, disk) => fill(disk), /is open at /],
    ['the write-ahead log cannot grow, at which PostgreSQL ends', fillLog, TOLD_ONCE],
    ['the same just after a checkpoint, where recovery fails as it begins', fillCheckpointed, TOLD_ONCE],
  ];
  for (const [what, push, told] of cases) {
    it(`refuses what it cannot keep, and goes on by itself when there is space again: ${what}`, async (t) => {
      if (disk === undefined || shop === undefined) return t.skip('only root may mount a small disk to fill');
      const open = shop;
      await using shoppers = crowd(open, 8, { wait: 2 });
      const { purchases, surprises } = shoppers;
      await eventually(
        async () => purchases.length,
        (count) => count > 10,
      );
      const ballast = await push(open, disk);
      const refused = await eventually(
        () => call(open, 'POST', '/v1/carts', { body: { currency: 'GBP' } }),
        ({ status }) => status !== 201,
        WITHIN_MS,
      );
      assertProblem(refused, 503, 'unavailable');
      assert.equal((await call(open, 'GET', '/v1/products/teapot')).status, 200);
      rmSync(ballast);
      await eventually(() => sells(open), Boolean, WITHIN_MS);
      await shoppers.leave();
      everything.push(...purchases);
      assert.deepEqual(surprises, []);
      assert.deepEqual(purchases.map(({ lost }) => lost).filter(Boolean), []);
      await assertNothingLost(open, purchases);
      await assertStockWhole(open, everything, PIECES);
      const said = plainly(open.said());
      assert.match(said, told);
      for (const time of said.split('runs again')) assert.ok(time.split('has died').length <= 2, said);
      await open.verify();
    });
  }
});

it('a shop whose disk is full and whose PostgreSQL cannot recover stops when it is told to', async (t) => {
  if (disk === undefined || shop === undefined) return t.skip('only root may mount a small disk to fill');
  const full = disk;
  const ballast = await fillLog(shop, full);
  const rest = fill(full, join(full, 'rest'));
  const toldAt = performance.now();
  await shop.end('SIGTERM');
  assert.ok(performance.now() - toldAt < STOPPED_WITHIN_MS, shop.said());
  rmSync(rest);
  rmSync(ballast);
  await shop.open();
  await assertStockWhole(shop, everything, PIECES);
});

/** What was said to a person, without the log. */
function plainly(said: string): string {
  return said.replaceAll(/^\{.*\n/gm, '');
}

/**
 * Fills the disk, and has the server use up the files of its log until it has ended and finds no room to start in; answers the file
 * to remove. A server may recover in what its own end frees: it is then pushed again.
 */
async function fillLog(shop: ShopProcess, disk: string): Promise<string> {
  const before = shop.said().length;
  const isFull = () => shop.said().slice(before).includes('The disk is full');
  const answers: string[] = [];
  for (let times = 0; times < PUSHES_AT_MOST; times++) {
    await exhaustLog(shop, disk).catch(({ message }: Error) => answers.push(message));
    const until = Date.now() + RECOVERED_WITHIN_MS;
    while (!isFull() && Date.now() < until) {
      fill(disk);
      await pause(20);
    }
    if (isFull()) return fill(disk);
    rmSync(ballastOf(disk));
  }
  assert.fail(`the server lives with a full disk, and said: ${answers.join('; ')}`);
}

async function fillCheckpointed(shop: ShopProcess, disk: string): Promise<string> {
  await asSuperuser(shop, 'postgres', async (client) => {
    await client.query('checkpoint');
  });
  return fillLog(shop, disk);
}

/** Fills the disk and has the server take file after file of its log, until that ends its session; throws what it said of it. */
async function exhaustLog(shop: ShopProcess, disk: string): Promise<void> {
  // A session that is there already: a new one would want to write.
  await asSuperuser(shop, 'postgres', async (client) => {
    for (let files = 0; files < LOG_FILES_AT_MOST; files++) {
      fill(disk);
      await client
        .query("select pg_switch_wal(), pg_logical_emit_message(false, 'full', 'disk')")
        .catch((error: pg.DatabaseError) => {
          if (error.severity !== 'ERROR') throw error;
        });
    }
  });
}

/** A disk of its own in memory; undefined where none may be mounted. */
function smallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0711`, 'tmpfs', folder]);
  if (mounted.status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

const ballastOf = (folder: string): string => join(folder, 'ballast');

/** Leaves not a single page free; answers the file to remove. */
function fill(folder: string, file = ballastOf(folder)): string {
  const descriptor = openSync(file, 'a');
  const block = Buffer.alloc(64 * 1024);
  try {
    while (statfsSync(folder).bavail > 0) writeSync(descriptor, block);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  } finally {
    closeSync(descriptor);
  }
  return file;
}
