import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cardProcessor } from '../../contracts/card-processor.ts';
import type { Client } from '../../kernel/contract.ts';
import { done } from '../../kernel/outcome.ts';
import { localCalls } from '../../platform/calls/local.ts';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { guardOf } from '../../platform/resilience/guard.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { type SimulatorProcess, simulatorProcess } from '../simulation/child-harness.ts';
import { cardProcessorIntegration } from './integration.ts';

type Door = Client<typeof cardProcessor>;

let simulator: SimulatorProcess;
let door: Door;
let stop: (() => Promise<void>) | undefined;
let number = 0;

const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const reference = () => `ord_${++number}`;
const held = async (authorisation: string) => (await simulator.get(`/authorisations/${authorisation}`)).body;

/** The door as a composition opens it: guarded as it asks to be, and patient, so that a busy machine is no time-out. */
async function openDoor(url: string, settings: object = {}) {
  const running = await cardProcessorIntegration.start({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    client: () => assert.fail('the processor asks nobody'),
    settings: { url, timeoutMs: 10_000, openMs: 200, ...settings },
  });
  assert.ok(running.guard);
  const calls = localCalls(silentLogger);
  const { policy } = guardOf('card-processor', running.guard, systemClock, silentLogger);
  calls.serve(cardProcessor, running.handlers, () => policy);
  return { handlers: calls.client(cardProcessor), stop: running.stop };
}

before(async () => {
  simulator = await simulatorProcess('card-processor');
  ({ handlers: door, stop } = await openDoor(simulator.url));
});
after(async () => {
  await stop?.();
  await simulator.kill();
});

describe('an authorisation', () => {
  test('is approved once however often it is asked', async () => {
    const wish = { reference: reference(), amount: gbp(1_000), token: 'tok_visa' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => door.authorise(wish, {})));
    assert.deepEqual(
      answers,
      Array.from({ length: 20 }, () => done({})),
    );
    assert.deepEqual(await held(wish.reference), {
      ...{ reference: wish.reference, status: 'authorised', ...gbp(1_000) },
      ...{ captured: 0, voided: 0, refunded: 0 },
    });
  });

  for (const token of ['tok_declined', 'tok_unheard_of'])
    test(`is declined for ${token}, the second time too`, async () => {
      const wish = { reference: reference(), amount: gbp(1_000), token };
      for (const _ of [1, 2]) {
        const outcome = await door.authorise(wish, {});
        assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, 'card_declined');
      }
    });

  test('that is lost on the way back is unknown, and the same one when asked again', async () => {
    const wish = { reference: reference(), amount: gbp(700), token: 'tok_lost' };
    assert.equal((await door.authorise(wish, {})).kind, 'unknown');
    assert.deepEqual(await door.authorise(wish, {}), done({}));
    assert.equal((await held(wish.reference)).amount, 700);
  });

  test('that is broken is unknown', async () => {
    const outcome = await door.authorise({ reference: reference(), amount: gbp(1), token: 'tok_broken' }, {});
    assert.deepEqual(outcome, { kind: 'unknown', reason: 'fault' });
  });

  test('that is slow is unknown at its deadline and approved when asked with patience', async () => {
    await simulator.control({ slowMs: 800 });
    const wish = { reference: reference(), amount: gbp(1), token: 'tok_slow' };
    const hasty = await openDoor(simulator.url, { timeoutMs: 200 });
    assert.deepEqual(await (hasty.handlers as Door).authorise(wish, {}), { kind: 'unknown', reason: 'timeout' });
    await hasty.stop?.();
    assert.deepEqual(await door.authorise(wish, {}), done({}));
  });

  test('that its void has overtaken is refused for ever', async () => {
    const wish = { reference: reference(), amount: gbp(500), token: 'tok_delayed' };
    const asked = door.authorise(wish, {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await door.void({ reference: 'v', authorisation: wish.reference }, {}), done({}));
    const outcome = await asked;
    assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, 'payment_voided');
    assert.equal((await simulator.get(`/authorisations/${wish.reference}`)).status, 404);
  });

  test('of one reference with another amount is refused', async () => {
    const wish = { reference: reference(), amount: gbp(1), token: 'tok_visa' };
    await door.authorise(wish, {});
    const outcome = await door.authorise({ ...wish, amount: gbp(2) }, {});
    assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, 'processor_refused');
  });
});

test('captures, voids and refunds move their parts, once each, and never more than there is', async () => {
  const authorisation = reference();
  await door.authorise({ reference: authorisation, amount: gbp(1_000), token: 'tok_visa' }, {});
  const steps = [
    () => door.capture({ reference: `${authorisation}.s1`, authorisation, amount: gbp(600) }, {}),
    () => door.void({ reference: `${authorisation}.v1`, authorisation, amount: gbp(100) }, {}),
    () => door.refund({ reference: `${authorisation}.r1`, authorisation, amount: gbp(250) }, {}),
  ];
  for (const step of [...steps, ...steps]) assert.deepEqual(await step(), done({}));
  const { captured, voided, refunded } = await held(authorisation);
  assert.deepEqual({ captured, voided, refunded }, { captured: 600, voided: 100, refunded: 250 });

  for (const outcome of [
    await door.capture({ reference: `${authorisation}.s2`, authorisation, amount: gbp(301) }, {}),
    await door.void({ reference: `${authorisation}.v2`, authorisation, amount: gbp(301) }, {}),
    await door.refund({ reference: `${authorisation}.r2`, authorisation, amount: gbp(351) }, {}),
    await door.capture({ reference: 's9', authorisation: 'nobody', amount: gbp(1) }, {}),
  ])
    assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, 'processor_refused');

  const day = new Date().toISOString().slice(0, 10);
  const report = await door.report({ day }, {});
  assert.ok(report.kind === 'done');
  const mine = report.answer.lines.filter((line) => line.authorisation === authorisation);
  assert.deepEqual(
    mine.map(({ kind, amount }) => [kind, amount]),
    [
      ['authorisation', 1_000],
      ['capture', 600],
      ['void', 100],
      ['refund', 250],
    ],
  );
  const csv = await (await fetch(new URL(`/report?day=${day}&format=csv`, simulator.url))).text();
  assert.match(csv, new RegExp(`\\ncapture,${authorisation}.s1,${authorisation},600,GBP,\\d+\\n`));
});

test('malformed requests are refused, and the simulator goes on', async () => {
  for (const body of [{}, { reference: 'x', amount: -1, currency: 'GBP', source: 'tok_visa' }])
    assert.equal((await simulator.post('/authorisations', body)).status, 400);
  const broken = await fetch(new URL('/authorisations', simulator.url), { method: 'POST', body: '{' });
  assert.equal(broken.status, 400);
});

test('the breaker opens while the processor is down and closes when it is back', async () => {
  const { handlers, stop } = await openDoor(simulator.url);
  const ask = () => (handlers as Door).authorise({ reference: reference(), amount: gbp(1), token: 'tok_visa' }, {});
  await simulator.control({ down: true });
  const reasons = new Set<string>();
  for (let asked = 0; asked < 30; asked++) {
    const outcome = await ask();
    reasons.add(outcome.kind === 'unknown' ? outcome.reason : outcome.kind);
  }
  assert.deepEqual([...reasons], ['fault', 'circuit_open']);
  await simulator.control({ down: false });
  await new Promise((resolve) => setTimeout(resolve, 250));
  assert.deepEqual(await ask(), done({}));
  assert.deepEqual(await ask(), done({}));
  await stop?.();
});

test('what was answered survives kill -9 of the simulator, a torn line and a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-processor-'));
  const data = join(folder, 'journal');
  try {
    const first = await simulatorProcess('card-processor', ['--data', data]);
    const wish = { reference: 'ord_kept', amount: 900, currency: 'GBP', source: 'tok_visa' };
    assert.equal((await first.post('/authorisations', wish)).status, 201);
    assert.equal((await first.post('/voids', { reference: 'v1', authorisation: 'ord_never_seen' })).status, 200);
    await first.kill();
    appendFileSync(data, '{"kind":"authorisation","reference":"ord_torn"');

    await using second = await simulatorProcess('card-processor', ['--data', data]);
    assert.equal((await second.get('/authorisations/ord_kept')).body.status, 'authorised');
    assert.equal((await second.get('/authorisations/ord_torn')).status, 404);
    const late = await second.post('/authorisations', { ...wish, reference: 'ord_never_seen' });
    assert.deepEqual(late, { status: 409, body: { error: 'already_voided' } });
    assert.equal((await second.post('/authorisations', { ...wish, reference: 'ord_next' })).status, 201);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a processor that is not there is unknown', async () => {
  const { handlers, stop } = await openDoor('http://127.0.0.1:1');
  const outcome = await (handlers as Door).capture({ reference: 's', authorisation: 'o', amount: gbp(1) }, {});
  assert.deepEqual(outcome, { kind: 'unknown', reason: 'unreachable' });
  await stop?.();
});
