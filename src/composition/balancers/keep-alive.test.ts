import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seededRandom } from '../../platform/clock/seeded.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { RunningEngine } from '../local-engines/port.ts';
import { keepAlive } from './keep-alive.ts';

/** An engine of two processes, one of which may end while the other goes on. */
function pair() {
  const running = new Set(['primary', 'sentinel']);
  let revivals = 0;
  let refuses = false;
  let hangs = false;
  const engine: Pick<RunningEngine, 'instance' | 'processes' | 'revive'> = {
    instance: 'pair',
    processes: () => [...running].map((name) => ({ name, pid: 1 })),
    async revive(signal) {
      revivals += 1;
      if (hangs)
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('given up'))));
      if (refuses) throw new Error('the disk is full');
      for (const name of ['primary', 'sentinel']) running.add(name);
    },
  };
  return {
    engine: engine as RunningEngine,
    running,
    revivals: () => revivals,
    refuse(now: boolean) {
      refuses = now;
    },
    hang() {
      hangs = true;
    },
  };
}

it('an engine is started again when it has ended, also when only one of its processes has', async () => {
  const [clock, { engine, running, revivals }] = [virtualClock(0), pair()];
  const said: string[] = [];
  const alive = keepAlive({ engine, clock, random: seededRandom(1), say: (line) => said.push(line) });
  await clock.advance(1_000);
  assert.equal(revivals(), 0);
  running.delete('primary');
  await clock.advance(1_000);
  assert.deepEqual([revivals(), running.size], [1, 2]);
  running.clear();
  await clock.advance(1_000);
  assert.deepEqual([revivals(), running.size], [2, 2]);
  assert.equal(alive.restarts(), 2);
  assert.ok(alive.since() > 2_000 && alive.since() < 3_000, 'since the last start');
  assert.deepEqual(said, ['primary of pair ended and is started again.', 'pair ended and is started again.']);
  await alive.stop();
});

it('one that does not start is tried again, ever less often', async () => {
  const [clock, { engine, running, revivals, refuse }] = [virtualClock(0), pair()];
  const alive = keepAlive({ engine, clock, random: seededRandom(1), say: () => undefined });
  refuse(true);
  running.clear();
  await clock.advance(60_000);
  assert.ok(revivals() > 5 && revivals() < 60, String(revivals()));
  refuse(false);
  await clock.advance(10_000);
  assert.equal(running.size, 2);
  await alive.stop();
});

it('a start that is under way is given up when it is stopped', async () => {
  const [clock, { engine, running, revivals, hang }] = [virtualClock(0), pair()];
  const said: string[] = [];
  const alive = keepAlive({ engine, clock, random: seededRandom(1), say: (line) => said.push(line) });
  hang();
  running.clear();
  await clock.advance(1_000);
  await alive.stop();
  assert.equal(revivals(), 1);
  assert.deepEqual(said, ['pair ended and is started again.']);
});
