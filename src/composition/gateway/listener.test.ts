import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { systemClock } from '../../platform/clock/system.ts';
import { openHop } from '../../platform/proxy/hop.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { gatewayListener } from './listener.ts';

const GRACE_MS = 600_000;

it('a gateway that ends does not wait for event streams that go through it', { timeout: 60_000 }, async () => {
  const upstream = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-odd': 'kept' });
    response.write('data: 1\n\n');
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const hop = openHop({ clock: systemClock });
  const answerHeaders = ['x-request-id', '7'];
  const { server, close } = gatewayListener(
    (request, response) => void hop.forward(request, response, { origin, answerHeaders }),
    { clock: systemClock, logger: silentLogger },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { headers, body } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const told = ['content-type', 'x-odd', 'x-request-id'].map((name) => headers.get(name));
  assert.deepEqual(told, ['text/event-stream; charset=utf-8', 'kept', '7']);
  const reader = body?.getReader();
  await reader?.read();
  const ended = assert.rejects(async () => void (await reader?.read()));
  await close(GRACE_MS);
  await ended;
  await hop.close();
  upstream.closeAllConnections();
  upstream.close();
});
