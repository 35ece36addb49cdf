import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { admin, eventually } from '../scenarios/api.ts';
import { asSuperuser, killGroup, type ShopProcess, shopProcess } from './shop-process.ts';
import { assertNothingLost, assertStockWhole, crowd, type Purchase, sells, stockForCrowds } from './shoppers.ts';
import { endOfWal, type WalEnd } from './wal.ts';

const PIECES = 20;
const SEGMENT_BYTES = 16 * 1024 * 1024;
const GARBAGE_BYTES = 128 * 1024;

let shop: ShopProcess;
before(async () => {
  shop = await shopProcess();
  await shop.open();
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.remove());

const everything: Purchase[] = [];
/** What a disk may hold behind the last record that reached it: older records of a file that is used again, and noise. */
function garbageFor({ file, offset }: WalEnd): Buffer {
  const older = readFileSync(file).subarray(Math.max(0, offset - GARBAGE_BYTES), offset);
  return Buffer.concat([older, randomBytes(GARBAGE_BYTES)]);
}

describe('the end of the write-ahead log', { concurrency: false }, () => {
  it('may be torn, and nothing acknowledged is lost: garbage after what was flushed', async () => {
    await using shoppers = crowd(shop, 12);
    const { purchases, surprises } = shoppers;
    await eventually(
      async () => purchases.length,
      (count) => count > 20,
    );
    const flushed = await flushedLsn();
    await pause(500);
    await killBoth();
    await shoppers.leave();
    everything.push(...purchases);
    assert.deepEqual(surprises, []);
    const end = endOfWal(shop.data(), flushed);
    overwrite(end, garbageFor(end));
    await shop.open();
    const told = readFileSync(join(shop.home, 'postgres', 'server.log'), 'utf8');
    assert.match(
      told,
      new RegExp(`(invalid|incorrect|unexpected|contrecord) .*\\b${lsnOf(end)}\\b`),
      'it ends elsewhere',
    );
    await eventually(() => sells(shop), Boolean);
    await assertNothingLost(shop, purchases);
    await assertStockWhole(shop, everything, PIECES);
    await shop.verify();
  });

  it('may not be cut: the start says what is lost and how to go on, and goes on when told to', async () => {
    const flushed = await flushedLsn();
    const { sold } = await admin(shop, 'GET', '/v1/admin/stock/towel-1');
    for (let n = 0; n < 3; n++) assert.ok(await sells(shop));
    await eventually(
      async () => (await admin(shop, 'GET', '/v1/admin/stock/towel-1')).sold,
      (now) => now === sold + 3,
    );
    await pause(1_500);
    await killBoth();
    cut(endOfWal(shop.data(), flushed), flushed);

    const { code, said } = await shop.run(['up']);
    assert.equal(code, 1, said);
    assert.match(
      said,
      /^The database of \w+ has lost \d+ events? that it had safely written \(\d+ to \d+ of partition \d/m,
    );
    assert.match(said, /Restore the newest backup of JANGTEO_HOME .* `npx jangteo up --accept-loss`\.\n$/);

    assert.match(await shop.open('--accept-loss'), /Going on without what is lost: the database of orders has lost/);
    assert.ok((await admin(shop, 'GET', '/v1/admin/stock/towel-1')).sold < sold + 3);
    assert.ok(await sells(shop));
    // Whole in itself; only the processor still knows of what was lost.
    const { verdicts } = JSON.parse((await shop.run(['verify', '--json'])).said);
    const violated = verdicts.filter(({ violations }: { violations: unknown[] }) => violations.length > 0);
    assert.deepEqual(
      violated.map(({ check, violations }: { check: string; violations: unknown[] }) => [check, violations.length]),
      [['the card processor has booked each movement once, as the payments say', 3]],
    );
    await shop.end('SIGTERM');
    assert.doesNotMatch(await shop.open(), /lost/);
  });

  it('may not be gone: the start says so and offers the restore', async () => {
    await killBoth();
    for (const file of readdirSync(join(shop.data(), 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name)))
      overwrite({ file: join(shop.data(), 'pg_wal', file), offset: 0 }, Buffer.alloc(SEGMENT_BYTES));
    const { code, said } = await shop.run(['up']);
    assert.equal(code, 1, said);
    assert.match(
      said,
      /^The database has lost data that it had safely written .* restore JANGTEO_HOME from a backup.*\n$/m,
    );
  });
});

/** As PostgreSQL writes it in its log. */
function lsnOf({ file, offset }: WalEnd): string {
  const [high = 0, segment = 0] = [8, 16].map((from) => Number.parseInt(basename(file).slice(from, from + 8), 16));
  return `${high.toString(16)}/${(segment * SEGMENT_BYTES + offset).toString(16)}`.toUpperCase();
}

async function flushedLsn(): Promise<string> {
  let lsn = '';
  await asSuperuser(shop, 'postgres', async (client) => {
    lsn = (await client.query('select pg_current_wal_flush_lsn() as lsn')).rows[0].lsn;
  });
  return lsn;
}

async function killBoth(): Promise<void> {
  const postmaster = shop.postmaster()?.pid;
  assert.ok(postmaster !== undefined, 'no PostgreSQL runs');
  const ended = shop.end('SIGKILL');
  killGroup(postmaster);
  await ended;
}

/** As far as the file goes. */
function overwrite({ file, offset }: WalEnd, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, bytes.subarray(0, SEGMENT_BYTES - offset), 0, undefined, offset);
  } finally {
    closeSync(descriptor);
  }
}

/** Leaves nothing of the log from a place on, up to its end. */
function cut(end: WalEnd, lsn: string): void {
  const folder = dirname(end.file);
  const [high = '', low = ''] = lsn.split('/');
  const place = Number.parseInt(low, 16);
  const segment = Math.floor(place / SEGMENT_BYTES);
  const first = `00000001${[high, segment.toString(16)].map((part) => part.toUpperCase().padStart(8, '0')).join('')}`;
  for (const name of readdirSync(folder).filter((each) => each >= first && each <= basename(end.file))) {
    const offset = name === first ? place % SEGMENT_BYTES : 0;
    overwrite({ file: join(folder, name), offset }, Buffer.alloc(SEGMENT_BYTES));
  }
}
