import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { sameRoster } from './known.ts';
import { staticDiscovery } from './static.ts';

const one = { id: 'app-1', origin: 'http://127.0.0.1:3001', metadata: { zone: 'a' } };
const two = { id: 'app-2', origin: 'http://127.0.0.1:3002', metadata: {} };

test('a static list is known at once, in the order of ids, each once', async () => {
  const clock = virtualClock(5_000);
  const discovery = staticDiscovery(clock, { app: [two, one, { ...one, origin: 'http://127.0.0.1:9' }] });
  const watch = discovery.watch('app', () => assert.fail('a static list never changes'));
  assert.deepEqual(await watch.first, { instances: [one, two], state: 'current', confirmedAt: 5_000 });
  assert.deepEqual(watch.current(), await watch.first);
});

test('a name that nobody gave is empty, also one that every object has', async () => {
  const discovery = staticDiscovery(virtualClock(), { app: [one] });
  for (const name of ['search', 'constructor']) assert.deepEqual((await discovery.watch(name).first).instances, []);
});

test('registering changes nothing, and is well', async () => {
  const discovery = staticDiscovery(virtualClock(), { app: [one] });
  const registration = discovery.register('app', two, { ttlMs: 1_000 });
  await registration.taken;
  assert.deepEqual(registration.status(), { taken: true });
  await registration.deregister();
  assert.deepEqual((await discovery.watch('app').first).instances, [one]);
});

test('rosters are compared by what they say, not by who made them', () => {
  assert.ok(sameRoster([one], [{ ...one, metadata: { zone: 'a' } }]));
  assert.ok(!sameRoster([one], [{ ...one, metadata: { zone: 'b' } }]));
  assert.ok(!sameRoster([one], [{ ...one, metadata: { zone: 'a', more: '' } }]));
  assert.ok(!sameRoster([one], [{ ...one, origin: two.origin }]));
  assert.ok(!sameRoster([one], [one, two]));
});
