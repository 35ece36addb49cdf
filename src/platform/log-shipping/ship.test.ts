import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import type { LineSource, LogSink } from './port.ts';
import { lineQueue } from './queue.ts';
import { ship } from './ship.ts';

const line = (text: string) => ({ program: 'orders-1', stream: 'stdout', text, heardAt: 5 }) as const;

/** Ships what is in a queue of three lines, or elsewhere, to a sink that is told what to do. */
function world(source: LineSource = lineQueue(3)) {
  const clock = virtualClock();
  const taken: string[] = [];
  const said: string[] = [];
  const does: { send: LogSink['send'] } = {
    async send(lines) {
      taken.push(...lines.map(({ text }) => text));
      return { kind: 'taken', refused: 0 };
    },
  };
  const sink: LogSink = { send: (lines, signal) => does.send(lines, signal) };
  const say = (text: string) => void said.push(text);
  const shipping = ship({ ...{ source, sink, clock, random: seededRandom(1), say } });
  return { clock, taken, said, does, takes: does.send, shipping };
}

describe('lines that wait in memory', () => {
  it('wait while nobody takes them; the oldest go when there are too many, and that is told', async () => {
    const queue = lineQueue(3);
    const { clock, taken, said, does, takes, shipping } = world(queue);
    does.send = async () => ({ kind: 'later', why: 'away' });
    for (const text of ['one', 'two', 'three']) queue.add(line(text));
    await clock.advance(5_000);
    queue.add(line('four'));
    does.send = takes;
    await clock.advance(30_000);
    assert.deepEqual(taken, ['two', 'three', 'four']);
    assert.deepEqual(said, ['Log lines wait: away.', 'Log lines are taken again; 1 were lost.']);
    assert.deepEqual([shipping.status().shipped, shipping.status().lost], [3, 1]);
    queue.add(line('five'));
    await shipping.close();
    assert.equal(taken.at(-1), 'five', 'what still waits goes at the end');
  });

  it('are sent once, though others take their room while they are under way', async () => {
    const queue = lineQueue(3);
    const { clock, taken, does, takes, shipping } = world(queue);
    const answer = Promise.withResolvers<void>();
    does.send = async (...sent) => {
      await answer.promise;
      return takes(...sent);
    };
    queue.add(line('one'));
    await clock.advance(1_000);
    for (const text of ['two', 'three', 'four', 'five']) queue.add(line(text));
    answer.resolve();
    await clock.advance(1_000);
    assert.deepEqual(taken, ['one', 'three', 'four', 'five']);
    assert.equal(shipping.status().lost, 1);
    await shipping.close();
  });

  it('hold nobody up for longer than two seconds', async () => {
    const queue = lineQueue(3);
    const { clock, does, shipping } = world(queue);
    does.send = (_lines, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve({ kind: 'later', why: 'given up' }));
      });
    queue.add(line('one'));
    await clock.advance(1_000);
    const closing = shipping.close();
    await clock.advance(2_000);
    await closing;
  });
});

describe('shipping', () => {
  it('goes on when lines could not be read, or could not be told', async () => {
    const queue = lineQueue(3);
    let isBroken = true;
    const source: LineSource = {
      ...queue,
      next: async () => {
        if (isBroken) throw new Error('EIO');
        return queue.next();
      },
    };
    const { clock, taken, said, does, takes, shipping } = world(source);
    queue.add(line('one'));
    await clock.advance(5_000);
    isBroken = false;
    does.send = async () => {
      throw new RangeError('Invalid time value');
    };
    await clock.advance(30_000);
    does.send = takes;
    await clock.advance(30_000);
    assert.deepEqual(taken, ['one']);
    assert.deepEqual(said, ['Log lines wait: EIO.', 'Log lines are taken again; 0 were lost.']);
    await shipping.close();
  });
});
