import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import { systemRandom } from '../clock/system.ts';
import { parseTraceparent, type Tracing } from '../telemetry/port.ts';
import { createTracing } from '../telemetry/tracing.ts';
import type { SubscriptionSpec } from './port.ts';
import { tracedSubscription } from './traced.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SAMPLED = `00-${TRACE}-00f067aa0ba902b7-01`;

const told = (traceparent?: string): HeardEvent => ({
  ...{ source: 'orders', type: 'Told', data: { secret: 'sun@example.com' }, subject: 'ord_1', version: 1 },
  ...{ at: 1, partition: 0, position: 1, metadata: traceparent === undefined ? {} : { traceparent } },
});

function hearing(handle: SubscriptionSpec['on'][string], tracing: Tracing) {
  const spec = tracedSubscription({ name: 'news', source: 'orders', on: { Told: handle } }, tracing, 'reader');
  return (event: HeardEvent) => spec.on.Told?.(event);
}

it('hands on the very event when it is not sampled', () => {
  const untouched: Tracing = {
    inSpan: () => assert.fail('a span was begun'),
    begin: () => assert.fail('a span was begun'),
    current: () => assert.fail('the context was looked at'),
  };
  const heard: HeardEvent[] = [];
  const hear = hearing((event) => void heard.push(event), untouched);
  const events = [told(), told(SAMPLED.replace(/1$/, '0'))];
  for (const event of events) hear(event);
  for (const [index, event] of events.entries()) assert.equal(heard[index], event);
});

it('is a span of the trace that the event carries, which the handler passes on', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  let passedOn: string | undefined;
  const effects = { intents: [] };
  const hear = hearing((event) => {
    passedOn = event.metadata.traceparent;
    return effects;
  }, tracing);
  assert.equal(hear(told(SAMPLED)), effects, 'a handler that answers at once still does');
  const [span] = tracing.recent.trace(TRACE) ?? [];
  assert.equal(span?.name, 'reader hears Told');
  assert.equal(span?.parentSpanId, '00f067aa0ba902b7');
  assert.equal(parseTraceparent(passedOn)?.spanId, span?.spanId);
  assert.doesNotMatch(JSON.stringify(span), /example/);
});

it('ends with its handler, and fails with it', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  const now = hearing(() => {
    throw new RangeError('at once');
  }, tracing);
  assert.throws(() => now(told(SAMPLED)), RangeError);
  let finish = () => {};
  const waiting = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const later = hearing(async () => {
    await waiting;
    throw new TypeError('later');
  }, tracing);
  const heard = later(told(SAMPLED));
  assert.equal(tracing.recent.trace(TRACE)?.length, 1);
  finish();
  await assert.rejects(async () => heard, TypeError);
  const types = tracing.recent.trace(TRACE)?.map((span) => span.attributes['error.type']);
  assert.deepEqual(types, ['RangeError', 'TypeError']);
});
