import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import { virtualClock } from '../clock/virtual.ts';
import { bulkhead } from './bulkhead.ts';
import { type CircuitState, circuitBreaker } from './circuit-breaker.ts';
import { type Ask, compose } from './port.ts';
import { backoffMs, retry, retryBudget } from './retry.ts';
import { timeout } from './timeout.ts';

const chance = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0.5 };
const failing: Ask<null, null> = async () => unknown('unreachable');

/** Answers from a script, then the last line for ever; counts its askings. */
function scripted(...script: Outcome<string>[]): Ask<string, string> & { asked: number } {
  const ask = async () => {
    const outcome = script[Math.min(answering.asked, script.length - 1)];
    answering.asked += 1;
    return outcome ?? unknown('fault');
  };
  const answering = Object.assign(ask, { asked: 0 });
  return answering;
}

describe('timeout', () => {
  it('answers unknown at the limit', async () => {
    const clock = virtualClock();
    const slow: Ask<null, string> = () => new Promise((resolve) => clock.after(500, () => resolve(done('late'))));
    const outcome = await clock.runUntil(timeout(clock, 100)(slow)(null, {}));
    assert.deepEqual(outcome, unknown('timeout'));
  });

  it('keeps to the shorter patience of the caller, and tells it on', async () => {
    const clock = virtualClock();
    let told: number | undefined;
    const slow: Ask<null, string> = (_, context) => {
      told = context.timeoutMs;
      return new Promise((resolve) => clock.after(80, () => resolve(done('late'))));
    };
    assert.deepEqual(await clock.runUntil(timeout(clock, 100)(slow)(null, { timeoutMs: 50 })), unknown('timeout'));
    assert.equal(told, 50);
  });

  it('leaves no timer behind', async () => {
    const clock = virtualClock();
    assert.deepEqual(await timeout(clock, 100)(scripted(done('at once')))('', {}), done('at once'));
    assert.equal(clock.pending(), 0);
  });
});

describe('retry', () => {
  const options = { attempts: 4, firstMs: 10, mostMs: 1000 };

  it('asks again until it is known', async () => {
    const clock = virtualClock();
    const ask = scripted(unknown('timeout'), unknown('timeout'), done('third'));
    const outcome = await clock.runUntil(retry(clock, chance, retryBudget(0.1, 10), options)(ask)('', {}));
    assert.deepEqual(outcome, done('third'));
    assert.equal(ask.asked, 3);
  });

  it('takes a rejection for an answer, and does not knock at an open circuit', async () => {
    const clock = virtualClock();
    for (const outcome of [rejected({ code: 'no', detail: 'No.' }), unknown('circuit_open')]) {
      const ask = scripted(outcome);
      assert.deepEqual(await retry(clock, chance, retryBudget(0.1, 10), options)(ask)('', {}), outcome);
      assert.equal(ask.asked, 1);
    }
  });

  it('adds at most its budget to a load that fails', async () => {
    const clock = virtualClock();
    const ask = scripted(unknown('timeout'));
    const asking = retry(clock, chance, retryBudget(0.1, 5), options)(ask);
    for (let question = 0; question < 100; question++) await clock.runUntil(asking('', {}));
    assert.ok(ask.asked <= 100 + 5 + 10, `${ask.asked} askings for 100 questions`);
    assert.ok(ask.asked > 100);
  });

  it('waits longer each time, with full jitter, up to a bound', () => {
    const waits = [1, 2, 3, 20].map((attempt) => backoffMs(attempt, chance, { firstMs: 100, mostMs: 5000 }));
    assert.deepEqual(waits, [50, 100, 200, 2500]);
  });
});

describe('bulkhead', () => {
  it('lets some run, some wait, and refuses the rest at once', async () => {
    const finish: ((outcome: Outcome<string>) => void)[] = [];
    const slow: Ask<string, string> = () => new Promise((resolve) => finish.push(resolve));
    const ask = bulkhead({ concurrent: 2, queued: 1 })(slow);
    const asked = ['a', 'b', 'c'].map((each) => ask(each, {}));
    assert.deepEqual(await ask('d', {}), unknown('overloaded'));
    assert.equal(finish.length, 2);
    for (let index = 0; index < 3; index++) {
      finish[index]?.(done(String(index)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await Promise.all(asked), [done('0'), done('1'), done('2')]);
    assert.equal(finish.length, 3);
  });

  it('never lets more run than it may, also when one comes while another is woken', async () => {
    let running = 0;
    let most = 0;
    const ask = bulkhead({ concurrent: 1, queued: 10 })<null, string>(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return done('');
    });
    const first = ask(null, {}).then(() => ask(null, {}));
    await Promise.all([first, ask(null, {}), ask(null, {})]);
    assert.equal(most, 1);
  });

  it('lets the next in though its predecessor threw', async () => {
    let first = true;
    const ask = bulkhead({ concurrent: 1, queued: 1 })<string, string>(async () => {
      if (!first) return done('second');
      first = false;
      throw new Error('fault');
    });
    const asked = [ask('a', {}), ask('b', {})];
    await assert.rejects(asked[0] as Promise<unknown>);
    assert.deepEqual(await asked[1], done('second'));
  });
});

describe('circuit breaker', () => {
  const options = { failureRatio: 0.5, minimumCalls: 4, windowMs: 1000, openMs: 500 };

  async function times(count: number, ask: () => Promise<unknown>) {
    for (let index = 0; index < count; index++) await ask();
  }

  it('stays closed, and closes, for a neighbour that spares its own neighbour', async () => {
    const clock = virtualClock();
    const breaker = circuitBreaker(clock, options);
    await times(10, () => breaker.policy(async () => unknown('circuit_open'))(null, {}));
    assert.equal(breaker.state(), 'closed');
    await times(4, () => breaker.policy(failing)(null, {}));
    await times(8, () => breaker.policy(failing)(null, {}));
    assert.equal(breaker.state(), 'open');
    await clock.advance(500);
    await breaker.policy(async () => unknown('circuit_open'))(null, {});
    assert.equal(breaker.state(), 'closed');
  });

  it('opens on unknown outcomes, then asks nobody', async () => {
    const clock = virtualClock();
    const changes: CircuitState[] = [];
    const breaker = circuitBreaker(clock, { ...options, onChange: (state) => changes.push(state) });
    const ask = scripted(unknown('unreachable'));
    await times(10, () => breaker.policy(ask)('', {}));
    assert.equal(ask.asked, 4);
    assert.equal(breaker.state(), 'open');
    assert.deepEqual(await breaker.policy(ask)('', {}), unknown('circuit_open'));
    assert.deepEqual(changes, ['open']);
  });

  it('stays closed on rejections and on too few calls', async () => {
    const clock = virtualClock();
    const breaker = circuitBreaker(clock, options);
    await times(50, () => breaker.policy(scripted(rejected({ code: 'no', detail: 'No.' })))('', {}));
    assert.equal(breaker.state(), 'closed');
    const young = circuitBreaker(clock, options);
    await times(3, () => young.policy(failing)(null, {}));
    assert.equal(young.state(), 'closed');
  });

  it('forgets failures that have left the window', async () => {
    const clock = virtualClock();
    const breaker = circuitBreaker(clock, options);
    for (let round = 0; round < 5; round++) {
      await times(3, () => breaker.policy(failing)(null, {}));
      await clock.advance(1500);
    }
    assert.equal(breaker.state(), 'closed');
  });

  it('lets one probe through after a while, and closes when it is answered', async () => {
    const clock = virtualClock();
    const breaker = circuitBreaker(clock, options);
    await times(4, () => breaker.policy(failing)(null, {}));
    await clock.advance(500);
    let answer: (outcome: Outcome<string>) => void = () => {};
    const probe = breaker.policy<string, string>(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    )('', {});
    assert.equal(breaker.state(), 'half_open');
    assert.deepEqual(await breaker.policy(scripted(done('')))('', {}), unknown('circuit_open'));
    answer(done('back'));
    assert.deepEqual(await probe, done('back'));
    assert.equal(breaker.state(), 'closed');
    await times(3, () => breaker.policy(failing)(null, {}));
    assert.equal(breaker.state(), 'closed', 'the failures before the outage are forgotten');
  });

  it('opens again when the probe fails', async () => {
    const clock = virtualClock();
    const breaker = circuitBreaker(clock, options);
    await times(4, () => breaker.policy(failing)(null, {}));
    await clock.advance(500);
    await breaker.policy(failing)(null, {});
    assert.equal(breaker.state(), 'open');
    assert.deepEqual(await breaker.policy(scripted(done('')))('', {}), unknown('circuit_open'));
  });
});

describe('compose', () => {
  it('puts the first policy outermost', async () => {
    const seen: string[] = [];
    const naming =
      (name: string) =>
      <Q, A>(next: Ask<Q, A>): Ask<Q, A> =>
      (request, context) => {
        seen.push(name);
        return next(request, context);
      };
    await compose(naming('outer'), naming('inner'))(scripted(done('')))('', {});
    assert.deepEqual(seen, ['outer', 'inner']);
  });
});
