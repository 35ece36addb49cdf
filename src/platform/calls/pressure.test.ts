import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import Fastify from 'fastify';
import { done, unknown } from '../../kernel/outcome.ts';
import { systemClock } from '../clock/system.ts';
import type { HttpServer } from '../http/port.ts';
import { frameReader, frameWriter } from './frames.ts';
import { LINK_PATH, LINK_PROTOCOL, MOST_WAITING } from './link.ts';
import { remoteAsking } from './remote.ts';
import { callRoutes } from './routes.ts';

const TOKEN = 'what peers show each other';
const MIB = 1024 ** 2;

async function originOf(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A process that is paused: it has taken the connection, and reads nothing. */
async function paused() {
  const connections = new Set<Socket>();
  const server = createServer().on('upgrade', (_request, connection: Socket) => {
    connections.add(connection.pause());
    connection.on('error', () => undefined);
    connection.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${LINK_PROTOCOL}\r\n\r\n`);
  });
  const origin = await originOf(server);
  const remote = remoteAsking({ token: TOKEN, clock: systemClock, timeoutMs: 5_000 });
  return {
    ...{ origin, connections },
    ask: (request: unknown) => remote.ask(origin, 'greeter', 'greet', request, {}),
    async [Symbol.asyncDispose]() {
      await remote.close();
      for (const connection of connections) connection.destroy();
      server.close();
    },
  };
}

describe('calls to a process that does not keep up', () => {
  for (const isConnected of [false, true])
    it(`are not sent above a limit of bytes, and that is said at once, ${isConnected ? 'on' : 'before'} a connection`, async () => {
      await using peer = await paused();
      if (isConnected) {
        void peer.ask('first');
        while (peer.connections.size === 0) await setTimeout(2);
        await setTimeout(5);
      }
      const request = 'x'.repeat(4 * MIB);
      const outcomes: unknown[] = [];
      for (let asked = 0; asked < 64 && outcomes.length === 0; asked++) {
        void peer.ask(request).then((outcome) => outcomes.push(outcome));
        await setImmediate();
      }
      assert.deepEqual(outcomes, [unknown('overloaded')]);
    });

  it('are not sent above a limit of calls', async () => {
    await using peer = await paused();
    for (let asked = 0; asked < MOST_WAITING; asked++) void peer.ask('x');
    assert.deepEqual(await peer.ask('x'), unknown('overloaded'));
  });

  it('of whom the answers are not read are read no more, until they are', async () => {
    const [answer, calls] = ['x'.repeat(MIB / 2), 64];
    let asked = 0;
    const local = {
      answers: () => true,
      async ask() {
        asked += 1;
        return done(answer);
      },
    };
    const http = Fastify() as unknown as HttpServer;
    await http.register(async (scope) => callRoutes(local, TOKEN, systemClock)(scope as HttpServer));
    await http.listen({ host: '127.0.0.1', port: 0 });
    const peer = connect((http.server.address() as AddressInfo).port, '127.0.0.1');
    const head = `GET ${LINK_PATH} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${LINK_PROTOCOL}\r\n`;
    peer.write(`${head}Authorization: Bearer ${TOKEN}\r\n\r\n`);
    await once(peer, 'data');
    peer.pause();
    const write = frameWriter(peer);
    const call = { service: 'greeter', call: 'greet', request: 'x'.repeat(64 * 1024), context: {} };
    for (let id = 1; id <= calls; id++) write(id, JSON.stringify(call));
    // The system's own buffers take a few of the answers.
    for (let before = -1; asked === 0 || before < asked; await setTimeout(60)) before = asked;
    assert.ok(asked < (calls * 3) / 4, `${asked} of ${calls} calls were answered to nobody`);
    let heard = 0;
    const all = Promise.withResolvers<void>();
    const read = frameReader(() => {
      heard += 1;
      if (heard === calls) all.resolve();
    });
    peer.on('data', read).resume();
    await all.promise;
    peer.destroy();
    await http.close();
  });
});
