import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemRandom } from '../clock/system.ts';
import type { Tracing } from '../telemetry/port.ts';
import { parseTraceparent } from '../telemetry/port.ts';
import { createTracing } from '../telemetry/tracing.ts';
import { account } from './accounts-harness.ts';
import { type Intent, intent } from './aggregate.ts';
import type { EventStore, Work } from './port.ts';
import { opened } from './store-harness.ts';
import { tracedEventStore } from './traced.ts';

const FIRST = '4bf92f3577b34da6a3ce929d0e0e4736';
const SECOND = 'a3ce929d0e0e47364bf92f3577b34da6';
const within = (traceId: string, flags = '01') => `00-${traceId}-00f067aa0ba902b7-${flags}`;
const adding = (id: string, add: number, traceparent?: string): Intent => ({
  ...intent(account, id, { add }),
  ...(traceparent === undefined ? {} : { metadata: { traceparent } }),
});

/** Whoever begins a span with this one has failed the test. */
const untouched: Tracing = {
  inSpan: () => assert.fail('a span was begun'),
  begin: () => assert.fail('a span was begun'),
  current: () => assert.fail('the context was looked at'),
};

it('hands on a work that nobody samples as it is', async () => {
  const seen: Work[] = [];
  const inner = { decide: async (work: Work) => void seen.push(work) } as unknown as EventStore;
  const store = tracedEventStore(inner, untouched, 'bank');
  const works: Work[] = [
    { intents: [adding('a', 1)] },
    { intents: [adding('a', 1, within(FIRST, '00'))], metadata: { actor: 'bank' } },
    { intents: [], metadata: { traceparent: within(FIRST, '00') } },
  ];
  for (const work of works) await store.decide(work);
  for (const [index, work] of works.entries()) assert.equal(seen[index], work);
});

it('tells streams and event types of a work, never amounts, and its events carry its span', async () => {
  await using bank = await opened();
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  const store = tracedEventStore(bank.store, tracing, 'bank');
  const metadata = { traceparent: within(FIRST), actor: 'teller' };
  const decided = await store.decide({ intents: [adding('a', 4711), adding('b', 4712)], metadata });
  assert.ok(decided.ok);
  const [span, ...others] = tracing.recent.trace(FIRST) ?? [];
  assert.deepEqual(others, []);
  assert.equal(span?.parentSpanId, '00f067aa0ba902b7');
  assert.deepEqual(span?.attributes, {
    'jangteo.service': 'bank',
    'jangteo.streams': 'account/a, account/b',
    'jangteo.outcome': 'done',
    'jangteo.events': 'Added',
  });
  for (const { metadata } of decided.events) {
    assert.equal(parseTraceparent(metadata.traceparent)?.spanId, span?.spanId);
    assert.equal(metadata.actor, 'teller');
  }
});

it('gives each trace of a batch its own span', async () => {
  await using bank = await opened();
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  const store = tracedEventStore(bank.store, tracing, 'bank');
  const intents = [adding('a', 1, within(FIRST)), adding('b', 1), adding('c', 1, within(SECOND))];
  const decided = await store.decide({ intents });
  assert.ok(decided.ok);
  const traceOf = (index: number) => parseTraceparent(decided.events[index]?.metadata.traceparent)?.traceId;
  assert.deepEqual([traceOf(0), traceOf(1), traceOf(2)], [FIRST, undefined, SECOND]);
  const streams = (traceId: string) => tracing.recent.trace(traceId)?.map((span) => span.attributes['jangteo.streams']);
  assert.deepEqual([streams(FIRST), streams(SECOND)], [['account/a'], ['account/c']]);
});

it('tells a rejection by its code and a fault by its name', async () => {
  await using bank = await opened();
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  const store = tracedEventStore(bank.store, tracing, 'bank');
  const metadata = { traceparent: within(FIRST) };
  assert.equal((await store.decide({ intents: [adding('a', -1)], metadata })).ok, false);
  await assert.rejects(store.decide({ intents: [intent(account, 'a', { explode: true })], metadata }), /a bug/);
  const [rejected, failed] = tracing.recent.trace(FIRST) ?? [];
  assert.equal(rejected?.attributes['jangteo.reason'], 'below_zero');
  assert.deepEqual([failed?.failed, failed?.attributes['error.type']], [true, 'Error']);
  assert.doesNotMatch(JSON.stringify(failed), /a bug/);
});
