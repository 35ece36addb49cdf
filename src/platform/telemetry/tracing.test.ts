import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemRandom } from '../clock/system.ts';
import { createLogger } from './logger.ts';
import { isSampled, parseTraceparent } from './port.ts';
import { createTracing } from './tracing.ts';

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const traceIdOf = (traceparent: string | undefined) => parseTraceparent(traceparent)?.traceId ?? 'none';

it('spans nest by the context they run in, across waits', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 1 });
  let inner: string | undefined;
  const outer = await tracing.inSpan('checkout', { lines: 2 }, undefined, async (traceparent) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(tracing.current(), traceparent);
    inner = await tracing.inSpan('reserve', {}, undefined, async (nested) => nested);
    return traceparent;
  });
  assert.equal(tracing.current(), undefined);
  const [first, second] = tracing.recent.trace(traceIdOf(outer)) ?? [];
  assert.deepEqual([first?.name, first?.attributes, second?.name], ['checkout', { lines: 2 }, 'reserve']);
  assert.equal(second?.parentSpanId, first?.spanId);
  assert.equal(parseTraceparent(inner)?.spanId, second?.spanId);
  assert.ok((first?.durationMs ?? 0) >= 4);
});

it('a request whose trace is kept is logged when it is answered, and lines within it name their trace', async () => {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => void lines.push(line) });
  const tracing = await createTracing({ random: systemRandom, ratio: 0, logger });
  const attributes = { 'http.request.method': 'POST', 'http.route': '/v1/carts' };
  const span = tracing.begin('POST /v1/carts', attributes, PARENT);
  span?.within(() => logger.warn({ lag: 1 }, 'late'));
  span?.end({ 'http.response.status_code': 201 });
  await tracing.inSpan('hear', {}, PARENT, async () => {});
  logger.info({}, 'outside');
  const [late, answered, outside, ...others] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(others, []);
  assert.deepEqual([late.msg, late.traceId], ['late', traceIdOf(PARENT)]);
  assert.deepEqual([answered.msg, answered.route, answered.status], ['answered', '/v1/carts', 201]);
  assert.deepEqual([answered.traceId, answered.spanId], [traceIdOf(PARENT), late.spanId]);
  assert.equal(outside.traceId, undefined);
});

it('a trace follows its traceparent through a log', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  await tracing.inSpan('hear', {}, PARENT, async () => {});
  const [span] = tracing.recent.trace(traceIdOf(PARENT)) ?? [];
  assert.deepEqual([span?.name, span?.parentSpanId], ['hear', '00f067aa0ba902b7']);
});

it('what is not sampled runs all the same, and hands its context on', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  assert.equal(await tracing.inSpan('a', {}, undefined, async (given) => given), undefined);
  const unsampled = PARENT.replace(/1$/, '0');
  assert.equal(await tracing.inSpan('a', {}, unsampled, async (given) => given), unsampled);
  assert.equal(tracing.begin('a', {}, undefined), undefined);
});

it('about one trace in n is sampled', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 0.1 });
  let sampled = 0;
  for (let count = 0; count < 2_000; count++) {
    const span = tracing.begin('a', {}, undefined);
    if (span !== undefined) sampled++;
    span?.end();
  }
  assert.ok(sampled > 100 && sampled < 320, String(sampled));
});

it('a failure marks its span with its name alone', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 1 });
  let traceparent: string | undefined;
  const failing = tracing.inSpan('pay', {}, undefined, async (given) => {
    traceparent = given;
    throw new RangeError('card of kim@example.com');
  });
  await assert.rejects(failing, RangeError);
  const [span] = tracing.recent.trace(traceIdOf(traceparent)) ?? [];
  assert.deepEqual([span?.failed, span?.attributes], [true, { 'error.type': 'RangeError' }]);
  assert.doesNotMatch(JSON.stringify(span), /kim/);
});

it('only so many traces are kept', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 1 });
  const ids: string[] = [];
  for (let count = 0; count < 600; count++) {
    await tracing.inSpan('a', {}, undefined, async (given) => ids.push(traceIdOf(given)));
  }
  assert.equal(tracing.recent.trace(ids[0] ?? ''), undefined);
  assert.equal(ids.filter((id) => tracing.recent.trace(id) !== undefined).length, 500);
});

it('a traceparent is read strictly', () => {
  assert.deepEqual(parseTraceparent(PARENT), {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    sampled: true,
  });
  for (const text of [
    undefined,
    '',
    'x',
    PARENT.slice(1),
    `ff${PARENT.slice(2)}`,
    PARENT.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
    `${PARENT}0`,
    PARENT.toUpperCase(),
  ]) {
    assert.equal(parseTraceparent(text), undefined, String(text));
  }
});

it('one character says whether a traceparent asks for spans', () => {
  for (const flags of ['01', '03', '0b', 'ff']) assert.equal(isSampled(PARENT.replace(/01$/, flags)), true, flags);
  for (const flags of ['00', '02', '0a', 'fe']) assert.equal(isSampled(PARENT.replace(/01$/, flags)), false, flags);
  for (const none of [undefined, '', PARENT.slice(0, 54)]) assert.equal(isSampled(none), false);
});
