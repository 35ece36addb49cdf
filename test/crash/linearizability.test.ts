import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { checkLinearity, hasGo, WITHOUT_GO } from './linearizability.ts';

const folder = mkdtempSync(join(tmpdir(), 'jangteo-history-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Line = Readonly<Record<string, unknown>>;

const level = (start: number, onHand: number, reserved: number, sold: number): Line => {
  return { op: 'level', sku: 'jar', start, end: start + 5, status: 200, onHand, reserved, sold };
};
const buy = (order: string, start: number, end: number | null, heard: Line): Line => {
  return { op: 'buy', sku: 'jar', quantity: 1, key: `key of ${order}`, start, end, ...heard };
};
const bought = (order: string, start: number, end: number): Line =>
  buy(order, start, end, { order, status: 201, state: 'confirmed' });
const missed = (order: string, start: number, end: number): Line =>
  buy(order, start, end, { order, status: 409, code: 'out_of_stock' });
const act = (op: string, order: string, start: number, heard: Line): Line => {
  return { op, order, key: `${op} ${start}`, start, end: start + 5, refunded: 0, ...heard };
};
const read = (order: string, start: number, state: string, refunded = 0): Line =>
  act('read', order, start, { status: 200, state, refunded });

/** Two pieces, three shoppers, one whose answer is lost and who asks again, a cancellation, a refund. */
const SOUND: readonly Line[] = [
  level(0, 2, 0, 5),
  bought('a', 10, 40),
  buy('b', 12, null, {}),
  missed('c', 30, 60),
  buy('b', 70, 90, { order: 'b', status: 201, state: 'confirmed' }),
  level(100, 0, 1, 6),
  read('a', 101, 'confirmed'),
  act('cancel', 'b', 110, { status: 200, state: 'cancelled' }),
  act('ship', 'a', 115, { status: 201, state: 'shipped' }),
  act('cancel', 'a', 122, { status: 409, code: 'order_shipped' }),
  act('refund', 'a', 130, { status: 503, code: 'unavailable', key: 'refund a' }),
  act('refund', 'a', 140, { status: 201, state: 'shipped', refunded: 1, key: 'refund a' }),
  read('a', 150, 'delivered', 1),
  read('b', 151, 'cancelled'),
  { op: 'rest', start: 160, end: 160 },
  level(170, 1, 0, 6),
];

const TAMPERED: readonly (readonly [string, readonly Line[]])[] = [
  ['a piece is sold that is not there', [...SOUND, bought('d', 180, 190), bought('e', 182, 192)]],
  ['out of stock while there is some', [...SOUND, missed('d', 180, 190)]],
  ['a sale that the stock does not show', [...SOUND, bought('d', 180, 190), level(200, 1, 0, 6)]],
  ['a cancelled order gives nothing back', SOUND.map((line) => (line.start === 170 ? level(170, 0, 1, 6) : line))],
  ['an order goes back in time', [...SOUND, read('a', 180, 'confirmed', 1)]],
  ['an acknowledged order is forgotten', [...SOUND, act('ship', 'b', 180, { status: 201, state: 'shipped' })]],
  ['a refund is paid twice', [...SOUND, read('a', 180, 'delivered', 2)]],
  ['a refund that was acknowledged is forgotten', [...SOUND, read('a', 180, 'delivered', 0)]],
];

async function check(lines: readonly Line[]) {
  const file = join(folder, 'history.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return checkLinearity(file);
}

it('finds a sound history linearizable, and says what is wrong with a tampered one', async (t) => {
  if (!hasGo()) {
    assert.notEqual(process.env.CI, 'true', WITHOUT_GO);
    return t.skip(WITHOUT_GO);
  }
  const sound = await check(SOUND);
  assert.deepEqual(sound, { ...sound, stocks: 1, orders: 3, violations: [], undecided: [] });
  for (const [what, lines] of TAMPERED) {
    const { violations } = await check(lines);
    assert.equal(violations.length, 1, `${what}: ${JSON.stringify(violations)}`);
  }
});
