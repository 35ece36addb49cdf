import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Server as NetServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { closedLoop } from './closed-loop.ts';
import { getRequest, openConnection } from './connection.ts';
import { openLoop } from './open-loop.ts';

async function listening(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

test('an answer is put together from whatever chunks it comes in', async () => {
  const text = `HTTP/1.1 201 Created\r\nContent-Length: 7\r\nx: y\r\n\r\n가 2 3`;
  for (const size of [1, 3, 17, 1_000]) {
    const server = createTcpServer((socket) => {
      socket.on('data', async () => {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) {
          socket.write(bytes.subarray(at, at + size));
          await pause(1);
        }
      });
    });
    const port = await listening(server);
    const connection = await openConnection(port);
    assert.deepEqual(await connection.ask('POST', '/', '', '{}'), { status: 201, body: '가 2 3' });
    assert.equal(await connection.statusOf(getRequest('/')), 201);
    connection.close();
    server.close();
  }
});

test('a closed loop counts what ends in its seconds, and failures apart', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    response.statusCode = ++asked % 2 === 0 ? 500 : 200;
    setTimeout(() => response.end('ok'), 5);
  });
  const port = await listening(server);
  const load = await closedLoop({
    ...{ port, users: 4, seconds: 0.4, warmUpSeconds: 0.1 },
    journey: async (connection) => {
      const status = await connection.statusOf(getRequest('/'));
      if (status !== 200) throw new Error(`answered ${status}`);
    },
  });
  server.close();
  assert.equal(load.all + load.failed, asked);
  assert.equal(load.failed, Math.floor(asked / 2));
  assert.match(load.firstFailure ?? '', /500/);
  assert.ok(load.all > 0 && load.done <= load.all);
});

test('arrivals wait for nobody: a pause of the server is felt by all who come meanwhile', async () => {
  let paused: Promise<void> | undefined;
  let asked = 0;
  const server = createServer(async (_request, response) => {
    if (++asked === 20) paused = pause(300);
    await paused;
    response.end('ok');
  });
  const port = await listening(server);
  const load = await openLoop({
    ...{ port, perSecond: 200, seed: 7, seconds: 1, warmUpSeconds: 0 },
    journey: async (connection) => {
      const from = performance.now();
      await connection.statusOf(getRequest('/'));
      return performance.now() - from;
    },
  });
  server.close();
  assert.equal(load.failed, 0);
  assert.equal(load.journeys.count, asked);
  assert.ok(asked > 120 && asked < 280, `${asked} arrivals`);
  // Some 60 of 200 come during the pause, and the last hundredth of all waited for most of it.
  assert.ok(load.journeys.p99 > 200 && load.journeys.max > 280, JSON.stringify(load.journeys));
});
