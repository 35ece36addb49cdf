import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsOf } from './steps.ts';

const none = { confirmedAt: null, shippedAt: null, deliveredAt: null, cancelledAt: null };
const told = (...of: Parameters<typeof stepsOf>) => stepsOf(...of).map(({ name, state }) => `${name} ${state}`);

test('an order goes four steps, one at a time', () => {
  const placed = { ...none, status: 'placed', placedAt: 1 } as const;
  assert.deepEqual(told(placed), ['placed current', 'confirmed ahead', 'shipped ahead', 'delivered ahead']);
  const confirmed = { ...placed, status: 'confirmed', confirmedAt: 2 } as const;
  assert.deepEqual(told(confirmed).slice(0, 2), ['placed done', 'confirmed current']);
  assert.deepEqual(told({ ...confirmed, status: 'partially_shipped' }), told(confirmed));
  const shipped = { ...confirmed, status: 'shipped', shippedAt: 3 } as const;
  assert.deepEqual(told(shipped).slice(2), ['shipped current', 'delivered ahead']);
  const delivered = stepsOf({ ...shipped, status: 'delivered', deliveredAt: 4 });
  assert.deepEqual(
    delivered.map(({ at }) => at),
    [1, 2, 3, 4],
  );
  assert.equal(delivered.at(-1)?.state, 'current');
});

test('a cancelled order shows how far it came', () => {
  const early = { ...none, status: 'cancelled', placedAt: 1, cancelledAt: 2 } as const;
  assert.deepEqual(told(early), ['placed done', 'cancelled cancelled']);
  assert.deepEqual(told({ ...early, confirmedAt: 2, cancelledAt: 3 }), [
    'placed done',
    'confirmed done',
    'cancelled cancelled',
  ]);
});
