import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery, Message } from '../bus/port.ts';
import { positionsBefore, unsettled } from './inbox.ts';

const message = (partition: number, position: number) => ({ partition, position }) as Message;
const delivery: Delivery = {
  messages: [message(0, 3), message(0, 5), message(1, 1), message(1, 2)],
  epoch: 'e',
  from: [2, 0],
  through: [7, 2],
};

test('a position covers what is settled and nothing else, until the whole delivery is', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((count) => positionsBefore(delivery, count)),
    [
      [2, 0],
      [3, 0],
      [5, 0],
      [5, 1],
      [7, 2],
    ],
  );
});

test('a delivery that comes again, with more in it, is settled from where it was left', () => {
  const seat = { fence: 1, place: { epoch: 'e', positions: [5, 1] } };
  const again: Delivery = { ...delivery, messages: [...delivery.messages, message(1, 4)], through: [7, 4] };
  const rest = unsettled(again, seat);
  assert.deepEqual(
    rest.messages.map(({ partition, position }) => [partition, position]),
    [
      [1, 2],
      [1, 4],
    ],
  );
  assert.deepEqual(
    [0, 1, 2].map((count) => positionsBefore(rest, count)),
    [
      [5, 1],
      [5, 2],
      [7, 4],
    ],
  );
});
