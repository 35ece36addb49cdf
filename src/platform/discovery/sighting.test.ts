import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { type Known, WatchClosed } from './port.ts';
import { sighting } from './sighting.ts';

const at = (id: string) => ({ id, origin: `http://${id}:80`, metadata: {} });
const a = at('a');
const b = at('b');

function seen(graceMs = 1_000) {
  const clock = virtualClock(0);
  const changes: string[] = [];
  let closed = 0;
  const words = ({ state, instances }: Known) => `${state}: ${instances.map(({ id }) => id).join(' ')}`;
  const heard = sighting(
    clock,
    (known) => changes.push(words(known)),
    () => void closed++,
    graceMs,
  );
  return { clock, changes, ...heard, closed: () => closed };
}

test('a change is told once, a repeated answer not at all', async () => {
  const { watch, told, changes } = seen();
  assert.deepEqual(watch.current(), { instances: [], state: 'awaited', confirmedAt: undefined });
  told([b, a, a]);
  told([a, b]);
  told([a]);
  assert.deepEqual(changes, ['current: a b', 'current: a']);
  assert.deepEqual((await watch.first).instances, [a, b]);
});

test('while the registry is away the last answer stays, says so, and since when it is old', async () => {
  const { watch, told, lost, changes, clock } = seen();
  await clock.advance(5);
  told([a, b]);
  await clock.advance(5);
  lost('connection refused');
  lost('timed out');
  assert.deepEqual(changes, ['current: a b', 'stale: a b']);
  assert.deepEqual(watch.current(), { instances: [a, b], state: 'stale', confirmedAt: 5, trouble: 'timed out' });
});

test('a registry that was never there leaves the watch awaiting, with the reason', async () => {
  const { watch, lost, told } = seen();
  lost('connection refused');
  assert.deepEqual([watch.current().state, watch.current().trouble], ['awaited', 'connection refused']);
  told([]);
  assert.deepEqual((await watch.first).state, 'current');
});

test('a registry that comes back empty is filled by heartbeats first: nobody is dropped before', async () => {
  const { told, lost, changes, watch, clock } = seen(1_000);
  told([a, b]);
  lost('away');
  told([]);
  assert.match(watch.current().trouble ?? '', /not heard again from a, b/);
  await clock.advance(500);
  told([b]);
  assert.match(watch.current().trouble ?? '', /not heard again from a$/);
  await clock.advance(499);
  assert.deepEqual(changes, ['current: a b', 'stale: a b']);
  await clock.advance(1);
  assert.deepEqual(changes.slice(2), ['current: b']);
});

test('when everybody is back the grace ends at once, and the next absence counts', async () => {
  const { told, lost, changes } = seen();
  told([a, b]);
  lost('away');
  told([a]);
  told([a, b]);
  told([b]);
  assert.deepEqual(changes, ['current: a b', 'stale: a b', 'current: a b', 'current: b']);
});

test('an outage within the grace keeps what was kept', async () => {
  const { told, lost, changes, clock } = seen(1_000);
  told([a, b]);
  lost('away');
  told([b]);
  await clock.advance(900);
  lost('away again');
  await clock.advance(900);
  told([b]);
  await clock.advance(999);
  assert.deepEqual(changes, ['current: a b', 'stale: a b']);
  await clock.advance(1);
  assert.deepEqual(changes.slice(2), ['current: b']);
});

test('a closed watch hears nothing, and whoever awaited its first answer is told', async () => {
  const { watch, told, lost, changes, closed } = seen();
  watch.close();
  watch.close();
  told([a]);
  lost('away');
  assert.deepEqual([changes, closed()], [[], 1]);
  await assert.rejects(watch.first, WatchClosed);
});
