import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemRandom } from '../../platform/clock/system.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { memorySessions } from '../../platform/session-store/memory.ts';
import { SessionsUnavailable } from '../../platform/session-store/port.ts';
import { SESSION_MS, sessions } from './session.ts';

/** Two processes of the console on one store, which can be taken away. */
function twoProcesses() {
  const clock = virtualClock();
  const state = { isAway: false };
  const kept = memorySessions(clock);
  const reach = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (state.isAway) throw new SessionsUnavailable('away');
    return ask();
  };
  const store = {
    end: (id: string, ms: number) => reach(() => kept.end(id, ms)),
    wasEnded: (id: string) => reach(() => kept.wasEnded(id)),
  };
  const process = () => sessions({ key: 'key', clock, random: systemRandom, store });
  return { clock, state, one: process(), other: process(), restarted: process };
}

describe('sessions of the console in several processes', () => {
  it('count in each, and in none once one of them has ended them, also after a restart', async () => {
    const { one, other, restarted } = twoProcesses();
    const { session, cookie } = one.open('Kim');
    assert.deepEqual(await other.read(cookie), session);
    await other.end(session);
    assert.deepEqual(
      await Promise.all([one, other, restarted()].map((each) => each.read(cookie))),
      Array(3).fill(undefined),
    );
    const { cookie: next } = one.open('Kim');
    assert.ok(await other.read(next));
  });

  it('lock nobody out while the store is away; what was ended meanwhile is told when it is back', async () => {
    const { clock, state, one, other } = twoProcesses();
    const { session, cookie } = one.open('Kim');
    state.isAway = true;
    assert.ok(await other.read(cookie));
    await one.end(session);
    assert.equal(await one.read(cookie), undefined, 'it is ended where it was asked');
    assert.ok(await other.read(cookie), 'the other cannot know yet');
    await clock.advance(5_000);
    state.isAway = false;
    await clock.advance(1_000);
    assert.equal(await other.read(cookie), undefined);
    assert.equal(clock.pending(), 0);
  });

  it('are not told of for ever', async () => {
    const { clock, state, one } = twoProcesses();
    const { session } = one.open('Kim');
    state.isAway = true;
    await one.end(session);
    await clock.advance(SESSION_MS + 1_000);
    assert.equal(clock.pending(), 0);
  });
});
