import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { systemClock } from '../clock/system.ts';
import { otlpLogs, shipLogs } from './otlp-logs.ts';

const entry = JSON.stringify({
  ...{ level: 'warn', time: 1_700_000_000_123, msg: 'late', service: 'orders', lag: 3, err: { type: 'Error' } },
  ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) },
});
const line = (text: string, stream: 'stdout' | 'stderr' = 'stdout', program = 'orders-1') => ({
  program,
  stream,
  text,
});

it('an entry of ours keeps its level, time, trace and fields; any other line is a line', () => {
  const heard = [line(entry), line('out of memory', 'stderr')].map((each) => ({ line: each, heardAt: 5 }));
  assert.deepEqual(otlpLogs(heard, { 'service.namespace': 'shop' }), {
    resourceLogs: [
      {
        resource: {
          attributes: [
            { key: 'service.namespace', value: { stringValue: 'shop' } },
            { key: 'service.name', value: { stringValue: 'orders' } },
            { key: 'service.instance.id', value: { stringValue: 'orders-1' } },
          ],
        },
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1700000000123000000',
                observedTimeUnixNano: '5000000',
                severityText: 'warn',
                severityNumber: 13,
                body: { stringValue: 'late' },
                attributes: [
                  { key: 'service', value: { stringValue: 'orders' } },
                  { key: 'lag', value: { intValue: 3 } },
                  { key: 'err', value: { stringValue: '{"type":"Error"}' } },
                ],
                traceId: 'a'.repeat(32),
                spanId: 'b'.repeat(16),
              },
              {
                timeUnixNano: '5000000',
                observedTimeUnixNano: '5000000',
                severityText: 'warn',
                severityNumber: 13,
                body: { stringValue: 'out of memory' },
                attributes: [],
              },
            ],
          },
        ],
      },
    ],
  });
});

/** A collector that answers as it is told, and what it took. */
async function collector() {
  const taken: string[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (state.status === 200)
        for (const [, said] of body.matchAll(/"body":\{"stringValue":"([^"]*)"/g)) taken.push(said ?? '');
      response.writeHead(state.status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, taken, state, [Symbol.asyncDispose]: async () => void server.close().closeAllConnections() };
}

it('lines wait while the collector is away, the oldest are lost when there are too many, and it is told', async () => {
  await using away = await collector();
  away.state.status = 503;
  const said: string[] = [];
  const shipper = shipLogs({
    ...{ url: away.url, clock: systemClock, gatherMs: 5, mostWaiting: 3 },
    say: (each) => said.push(each),
  });
  for (const text of ['one', 'two', 'three']) shipper.add(line(text));
  while (said.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  shipper.add(line('four'));
  away.state.status = 200;
  while (away.taken.length < 3 || said.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(away.taken, ['two', 'three', 'four']);
  assert.equal(shipper.dropped(), 1);
  assert.match(said.join('\n'), /takes no log lines[\s\S]*takes log lines again; 1 were lost/);
  shipper.add(line('five'));
  await shipper.close();
  assert.equal(away.taken.at(-1), 'five');
});
