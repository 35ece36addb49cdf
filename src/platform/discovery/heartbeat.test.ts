import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { keepRegistered } from './heartbeat.ts';
import { RegistrationEnded } from './port.ts';

const TTL_MS = 3_000;

/** A registry that holds one lease, may be away, and may forget. */
function registry({ isAwayAtFirst = false } = {}) {
  const clock = virtualClock(0);
  const calls: string[] = [];
  let expiresAt = -1;
  let isAway = isAwayAtFirst;
  const answer =
    <Value>(call: string, value: () => Value) =>
    async (): Promise<Value> => {
      if (isAway) throw new Error('connection refused');
      calls.push(call);
      return value();
    };
  const registration = keepRegistered({
    clock,
    random: seededRandom(3),
    ttlMs: TTL_MS,
    lease: {
      take: answer('take', () => {
        expiresAt = clock.now() + TTL_MS;
      }),
      renew: answer('renew', () => {
        if (clock.now() > expiresAt) return 'forgotten';
        expiresAt = clock.now() + TTL_MS;
        return 'kept';
      }),
      release: answer('release', () => {
        expiresAt = -1;
      }),
    },
  });
  return {
    clock,
    calls,
    registration,
    holds: () => clock.now() <= expiresAt,
    forget: () => {
      expiresAt = -1;
    },
    away: (is: boolean) => {
      isAway = is;
    },
  };
}

test('beats three times in a lease, and the lease never runs out', async () => {
  const { clock, calls, registration, holds } = registry();
  await clock.runUntil(registration.taken);
  for (let step = 0; step < 100; step++) {
    await clock.advance(100);
    assert.ok(holds());
  }
  assert.equal(calls.filter((call) => call === 'take').length, 1);
  const beats = calls.filter((call) => call === 'renew').length;
  assert.ok(beats >= 10 && beats <= 13, `${beats} beats in ten seconds`);
  assert.deepEqual(registration.status(), { taken: true });
});

test('what the registry forgot is put in again with the next beat', async () => {
  const { clock, calls, registration, holds, forget } = registry();
  await clock.runUntil(registration.taken);
  await clock.advance(1_500);
  forget();
  assert.ok(!holds());
  await clock.advance(TTL_MS / 3);
  assert.ok(holds());
  assert.equal(calls.filter((call) => call === 'take').length, 2);
});

test('a registry that is away: says so, says when the lease must be gone, and takes it again when it is back', async () => {
  const { clock, registration, holds, away } = registry();
  await clock.runUntil(registration.taken);
  away(true);
  await clock.advance(TTL_MS / 2);
  assert.deepEqual(registration.status(), { taken: true, trouble: 'connection refused' });
  await clock.advance(TTL_MS);
  assert.deepEqual(registration.status(), { taken: false, trouble: 'connection refused' });
  away(false);
  await clock.advance(TTL_MS / 3 + 100);
  assert.ok(holds());
  assert.deepEqual(registration.status(), { taken: true });
});

test('a registry that is away at the start is asked until it is there', async () => {
  const { clock, registration, holds, away } = registry({ isAwayAtFirst: true });
  await clock.advance(10_000);
  assert.deepEqual(registration.status().taken, false);
  away(false);
  await clock.runUntil(registration.taken);
  assert.ok(holds());
});

test('taking back is told to the registry once, and nothing beats afterwards', async () => {
  const { clock, calls, registration, holds } = registry();
  await clock.runUntil(registration.taken);
  await Promise.all([registration.deregister(), registration.deregister()]);
  assert.ok(!holds());
  await clock.advance(10_000);
  assert.deepEqual(calls, ['take', 'release']);
  assert.equal(registration.status().taken, false);
});

test('taking back before the registry ever answered does not throw, and tells who waited', async () => {
  const { clock, registration } = registry({ isAwayAtFirst: true });
  await clock.advance(1_000);
  await registration.deregister();
  await assert.rejects(registration.taken, RegistrationEnded);
  assert.equal(clock.pending(), 0);
});
