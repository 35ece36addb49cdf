import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { keepGrown } from './growing.ts';
import type { ProgramState } from './port.ts';
import type { Seat } from './seats.ts';

const grow = { max: 3, underWay: 4, growAfterMs: 2_000, shrinkAfterMs: 5_000, restMs: 1_000 };
const seatOf = (process: string, replica: number): Seat => ({
  plan: {
    ...{ name: process, replicas: 1, services: [process], integrations: [], edges: [], env: {} },
    ...(process === 'search' && { grow }),
  },
  ...{ name: `${process}-${replica}`, replica, url: 'http://127.0.0.1:1', port: 1, host: '127.0.0.1', isOurs: true },
});

/** A process that may grow and one that may not; both have as many requests under way as the test says. */
function world(begin: (name: string) => Promise<void> = async () => undefined) {
  const clock = virtualClock();
  const running = new Map<string, ProgramState>([
    ['search-1', 'running'],
    ['app-1', 'running'],
  ]);
  const said: string[] = [];
  const load = { underWay: 0 };
  let retiring = async (_name: string): Promise<void> => undefined;
  const end = keepGrown({
    seats: [seatOf('search', 3), seatOf('app', 1), seatOf('search', 1), seatOf('search', 2)],
    replicas: {
      rows: () => [...running].map(([name, state]) => ({ name, state, restarts: 0, since: 0 })),
      async add({ name }) {
        running.set(name, 'starting');
        try {
          await begin(name);
          running.set(name, 'running');
        } catch (error) {
          running.delete(name);
          throw error;
        }
      },
      async retire(name) {
        await retiring(name);
        running.delete(name);
      },
    },
    // Those that run share what there is.
    async workOf({ name }) {
      const sharing = [...running.values()].filter((state) => state === 'running').length - 1;
      return name === 'app-1' ? clock.now() : (clock.now() / 1_000) * (load.underWay / sharing);
    },
    ...{ clock, say: (line: string) => said.push(line) },
  });
  return {
    ...{ clock, said, load, end },
    names: () => [...running.keys()].filter((name) => name !== 'app-1').sort(),
    onRetire(next: typeof retiring) {
      retiring = next;
    },
  };
}

describe('a process that may grow', () => {
  it('gets another replica while it has too much to do, and retires the newest when it is quiet', async () => {
    const { clock, load, names, said, end } = world();
    await clock.advance(10_000);
    assert.deepEqual(names(), ['search-1']);
    load.underWay = 7;
    await clock.advance(10_000);
    assert.deepEqual(names(), ['search-1', 'search-2']);
    load.underWay = 1;
    await clock.advance(10_000);
    assert.deepEqual(names(), ['search-1']);
    assert.match(said.join(), /search-2 is started\..*search is quiet: search-2 is retired/);
    await end();
  });

  it('whose new replica does not start says so, and tries again', async () => {
    let starts = 0;
    const { clock, load, names, said, end } = world(async () => {
      if (++starts < 3) throw new Error('no room');
    });
    load.underWay = 7;
    await clock.advance(15_000);
    assert.deepEqual(names(), ['search-1', 'search-2']);
    assert.equal(said.filter((line) => line === 'search-2 could not be started: no room').length, 2);
    await end();
  });

  it('does not keep the shop from ending: what is only starting is given up, without a word', async () => {
    const starting = Promise.withResolvers<void>();
    const { clock, load, names, said, end, onRetire } = world(() => starting.promise);
    load.underWay = 7;
    await clock.advance(5_000);
    assert.deepEqual(names(), ['search-1', 'search-2']);
    onRetire(async () => starting.reject(new Error('it was stopped before it was ready')));
    await end();
    assert.deepEqual(names(), ['search-1']);
    assert.ok(!said.some((line) => line.includes('could not')), said.join());
  });

  it('is looked after again when one look has failed', async () => {
    const { clock, load, names, said, end, onRetire } = world();
    load.underWay = 7;
    await clock.advance(10_000);
    load.underWay = 0;
    let failures = 0;
    onRetire(async () => {
      if (failures++ === 0) throw new Error('nobody there');
    });
    await clock.advance(15_000);
    assert.deepEqual(names(), ['search-1']);
    assert.ok(said.includes('search could not be looked after: nobody there'), said.join());
    await end();
  });
});
