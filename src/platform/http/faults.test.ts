import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Type } from 'typebox';
import { systemRandom } from '../clock/system.ts';
import { IdempotencyConflict, UnavailableFault } from '../event-store/port.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { createTracing } from '../telemetry/tracing.ts';
import { Problem } from './problem.ts';
import { serverUnderTest } from './server-harness.ts';

async function serverThatThrows(thrown: unknown) {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => lines.push(line) });
  const http = await serverUnderTest({ logger });
  http.get('/', () => {
    throw thrown;
  });
  return { http, lines };
}

it('an unavailable storage is 503 with Retry-After', async () => {
  const { http } = await serverThatThrows(new UnavailableFault('disk full'));
  const answer = await http.inject('/');
  assert.deepEqual([answer.statusCode, answer.json().code, answer.headers['retry-after']], [503, 'unavailable', '1']);
  assert.ok(!answer.body.includes('disk'));
});

it('a reused idempotency key is 422', async () => {
  const { http } = await serverThatThrows(new IdempotencyConflict('x'));
  const answer = await http.inject('/');
  assert.deepEqual([answer.statusCode, answer.json().code], [422, 'idempotency_key_reused']);
});

it('a problem carries its extra, which cannot pass for the problem itself', async () => {
  const { http } = await serverThatThrows(
    new Problem('out_of_stock', 'Two left.', { available: 2, status: 200, code: 'x' }),
  );
  const answer = await http.inject('/');
  const { available, status, code, detail } = answer.json();
  assert.deepEqual([available, status, code, detail, answer.statusCode], [2, 409, 'out_of_stock', 'Two left.', 409]);
});

it('a needed token is asked for as HTTP asks', async () => {
  const { http } = await serverThatThrows(new Problem('unauthorized', 'A token, please.'));
  assert.equal((await http.inject('/')).headers['www-authenticate'], 'Bearer');
});

it('a fault is logged with its stack and answered without internals', async () => {
  const { http, lines } = await serverThatThrows(new TypeError('x of undefined at shp_1 for kim@example.com'));
  const answer = await http.inject('/');
  assert.deepEqual([answer.statusCode, answer.json().code], [500, 'internal_error']);
  assert.doesNotMatch(answer.body, /undefined|TypeError|faults\.test|kim@/);
  const [line = ''] = lines;
  assert.match(line, /TypeError/);
  assert.match(line, /faults\.test\.ts/);
  assert.ok(line.includes(answer.json().requestId));
  assert.doesNotMatch(line, /kim@/);
});

it('a thrown text, a code out of the catalogue and a foreign status are faults', async () => {
  for (const thrown of [
    'text',
    undefined,
    new Problem('made_up', 'x'),
    Object.assign(new Error('x'), { statusCode: 404 }),
  ]) {
    const { http, lines } = await serverThatThrows(thrown);
    const answer = await http.inject('/');
    assert.deepEqual([answer.statusCode, answer.json().code, lines.length], [500, 'internal_error', 1], String(thrown));
  }
});

it('an answer that does not fit its own schema is a fault, not half an answer', async () => {
  const http = await serverUnderTest();
  http.get(
    '/',
    { schema: { response: { 200: Type.Object({ count: Type.Integer() }) } } },
    async () => ({ count: 'x' }) as never,
  );
  assert.equal((await http.inject('/')).json().code, 'internal_error');
});

it('requests are counted by the template of their route, never by their address', async () => {
  const metrics = createMetrics({ nodeMetrics: false });
  const http = await serverUnderTest({ metrics });
  http.get('/orders/:orderId', async () => ({}));
  await http.inject('/orders/ord_secret?token=tok_visa');
  await http.inject({ method: 'HEAD', url: '/orders/ord_secret' });
  await http.inject('/nothing/ord_secret');
  await http.inject('/orders/%ff');
  const text = await metrics.text();
  assert.match(text, /duration_seconds_count\{method="GET",route="\/orders\/:orderId",status="200"\} 1\n/);
  assert.match(text, /duration_seconds_count\{method="HEAD",route="\/orders\/:orderId",status="200"\} 1\n/);
  assert.match(text, /duration_seconds_count\{method="GET",route="none",status="404"\} 1\n/);
  assert.match(text, /duration_seconds_count\{method="GET",route="none",status="400"\} 1\n/);
  assert.doesNotMatch(text, /secret|tok_visa/);
});

it('a slow request is logged, a fast one is not', async () => {
  const lines: string[] = [];
  const http = await serverUnderTest({ slowMs: 30, logger: createLogger({ write: (line) => lines.push(line) }) });
  http.get('/slow/:id', () => new Promise((resolve) => setTimeout(() => resolve({}), 60)));
  http.get('/fast', async () => ({}));
  await http.inject('/fast');
  await http.inject('/slow/1');
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /"route":"\/slow\/:id"/);
});

it('a sampled request is traced under the id it is answered with, and hands its context on', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 1 });
  const http = await serverUnderTest({ tracing });
  http.post('/orders/:orderId', { schema: { body: Type.Object({}) } }, async (request) => ({
    traceparent: request.traceparent,
    current: tracing.current(),
  }));
  const answer = await http.inject({ method: 'POST', url: '/orders/1', payload: {} });
  const id = String(answer.headers['x-request-id']);
  const [span] = tracing.recent.trace(id) ?? [];
  assert.equal(span?.name, 'POST /orders/:orderId');
  assert.equal(span?.attributes['http.response.status_code'], 200);
  assert.deepEqual(answer.json(), {
    traceparent: `00-${id}-${span?.spanId}-01`,
    current: `00-${id}-${span?.spanId}-01`,
  });
});

it('a trace that comes in goes on when it is sampled', async () => {
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  const http = await serverUnderTest({ tracing });
  http.get('/', async (request) => ({ traceparent: request.traceparent ?? null }));
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const ask = async (traceparent: string) =>
    (await http.inject({ url: '/', headers: { traceparent } })).json().traceparent;
  assert.match(
    await ask(`00-${traceId}-00f067aa0ba902b7-01`),
    new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
  );
  assert.equal(await ask(`00-${traceId}-00f067aa0ba902b7-00`), null);
  assert.equal(await ask('rubbish'), null);
});
