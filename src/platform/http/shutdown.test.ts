import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { it } from 'node:test';
import { readiness } from './readiness.ts';
import { serverUnderTest } from './server-harness.ts';
import { openEventStream } from './sse.ts';

const textOf = async (response: IncomingMessage) => {
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
};

it('a server that closes ends its streams first, answers what is under way, and takes nothing new', async () => {
  const state = readiness();
  state.enter('ready');
  const http = await serverUnderTest({ readiness: state, reconnectMs: 1_234 });
  let answerSlow = () => {};
  http.get(
    '/slow',
    () =>
      new Promise((resolve) => {
        answerSlow = () => resolve({ done: true });
      }),
  );
  http.get('/events', async (request, reply) => void openEventStream(request, reply));
  await http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = http.server.address() as { port: number };
  const ask = async (path: string, agent?: Agent) =>
    (await once(get({ port, host: '127.0.0.1', path, agent: agent ?? false }), 'response'))[0] as IncomingMessage;

  const keptAlive = new Agent({ keepAlive: true, maxSockets: 1 });
  await textOf(await ask('/healthz', keptAlive));
  const stream = await ask('/events');
  const slow = ask('/slow');
  await new Promise((resolve) => setTimeout(resolve, 30));

  const closed = http.close();
  assert.equal(await textOf(stream), 'retry: 1234\n\n');
  assert.equal(state.phase, 'draining');
  await new Promise((resolve) => setTimeout(resolve, 30));
  await assert.rejects(ask('/healthz'), { code: 'ECONNREFUSED' });
  answerSlow();
  assert.equal(await textOf(await slow), '{"done":true}');
  await closed;
  keptAlive.destroy();
});

it('readiness follows phase and parts', async () => {
  const state = readiness();
  const http = await serverUnderTest({ readiness: state });
  let well = true;
  state.addCheck('storage', () => ({ ok: well, detail: { lag: 3 }, ...(!well && { why: 'It lags.' }) }));
  const statusOf = async () => (await http.inject('/readyz')).statusCode;

  assert.equal(await statusOf(), 503, 'starting');
  state.enter('ready');
  assert.equal(await statusOf(), 200);
  well = false;
  const answer = await http.inject('/readyz');
  assert.equal(answer.statusCode, 503);
  assert.deepEqual(answer.json(), {
    ready: false,
    phase: 'ready',
    parts: [{ part: 'storage', ok: false, why: 'It lags.' }],
  });
  well = true;
  state.addCheck('bus', () => Promise.reject(new Error('gone')));
  assert.equal(await statusOf(), 503, 'a check that throws');
  assert.equal((await http.inject('/healthz')).statusCode, 200);
});
