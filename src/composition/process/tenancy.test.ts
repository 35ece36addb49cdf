import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { Leader, Membership } from '../../platform/membership/port.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { holdTenancy } from './tenancy.ts';

/** What one process, `b`, does about a service that `a` should lead before it; one lease for both. */
function standing(candidates = ['a', 'b']) {
  const clock = virtualClock();
  const living = new Set(['b']);
  const aside = new Set<string>();
  const listeners = new Set<() => void>();
  const told: string[] = [];
  let leader: Leader | undefined;
  let lost = () => {};
  let fails = 0;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const leads = (member: string): Leader => ({ member, origin: '', isSelf: member === 'b', term: 1, routes: [] });
  const membership = {
    self: 'b',
    leaderOf: () => leader,
    lives: (member: string) => living.has(member),
    standsAside: (member: string) => aside.has(member),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    lead() {
      told.push('leads');
      leader = leads('b');
      return () => {
        told.push('leaves');
        leader = undefined;
      };
    },
  } as Pick<Membership, 'self' | 'leaderOf' | 'lives' | 'standsAside' | 'onChange' | 'lead'> as Membership;
  const tenancy = holdTenancy({
    ...{ service: 'orders', candidates, membership, clock, logger: silentLogger },
    async open(asked) {
      if (fails-- > 0) throw new Error('the database is away');
      lost = asked.lost;
      return { term: 1, routes: [], stop: async () => void told.push('stopped') };
    },
  });
  return {
    ...{ clock, told, tenancy },
    lose: () => lost(),
    failing(times: number) {
      fails = times;
    },
    hear(member: string, isLeading = false) {
      living.add(member);
      if (isLeading) leader = leads(member);
      changed();
    },
    stepAside(member: string) {
      aside.add(member);
      changed();
    },
    miss(member: string) {
      living.delete(member);
      if (leader?.member === member) leader = undefined;
      changed();
    },
  };
}

describe('a tenancy', () => {
  it('begins at once for the first candidate, and ends when it is stopped', async () => {
    const { clock, told, tenancy } = standing(['b', 'a']);
    await clock.advance(0);
    assert.deepEqual([told, tenancy.leads()], [['leads'], true]);
    await clock.runUntil(tenancy.stop());
    assert.deepEqual([told, tenancy.leads()], [['leads', 'leaves', 'stopped'], false]);
  });

  it('waits until a candidate before it may have been heard, then takes what nobody leads', async () => {
    const { clock, told, tenancy } = standing();
    await clock.advance(1_400);
    assert.deepEqual(told, []);
    await clock.advance(200);
    assert.deepEqual(told, ['leads']);
    await clock.runUntil(tenancy.stop());
  });

  it('leaves a service to the candidate before it as long as that one leads, and takes over when it is gone', async () => {
    const { clock, told, tenancy, hear, miss } = standing();
    hear('a', true);
    await clock.advance(60_000);
    assert.deepEqual(told, []);
    miss('a');
    await clock.advance(1);
    assert.deepEqual(told, ['leads']);
    await clock.runUntil(tenancy.stop());
  });

  it('does not wait for ever for one that lives and does not lead', async () => {
    const { clock, told, tenancy, hear } = standing();
    hear('a');
    await clock.advance(16_000);
    assert.deepEqual(told, []);
    await clock.advance(1_000);
    assert.deepEqual(told, ['leads']);
    await clock.runUntil(tenancy.stop());
  });

  it('neither waits for one that may not lead, nor gives the service back to it', async () => {
    const { clock, told, tenancy, hear, stepAside } = standing();
    hear('a');
    await clock.advance(3_000);
    assert.deepEqual(told, []);
    stepAside('a');
    await clock.advance(1);
    assert.deepEqual(told, ['leads']);
    await clock.advance(60_000);
    assert.deepEqual(told, ['leads']);
    await clock.runUntil(tenancy.stop());
  });

  it('gives a service back once the candidate before it has been there for a while', async () => {
    const { clock, told, tenancy, hear } = standing();
    await clock.advance(20_000);
    hear('a');
    await clock.advance(2_900);
    assert.deepEqual(told, ['leads']);
    await clock.advance(600);
    assert.deepEqual(told, ['leads', 'leaves', 'stopped']);
    await clock.runUntil(tenancy.stop());
  });

  it('steps down when the lease is lost, and tries again when it could not begin', async () => {
    const { clock, told, tenancy, lose, failing } = standing(['b', 'a']);
    await clock.advance(0);
    failing(2);
    lose();
    await clock.advance(1_500);
    assert.deepEqual(told, ['leads', 'leaves', 'stopped']);
    await clock.advance(1_000);
    assert.deepEqual(told, ['leads', 'leaves', 'stopped', 'leads']);
    await clock.runUntil(tenancy.stop());
  });
});

it('a process that is no candidate for a service never waits for its lease', () => {
  assert.throws(() => standing(['a', 'c']), /b is not among those that may lead orders/);
});
