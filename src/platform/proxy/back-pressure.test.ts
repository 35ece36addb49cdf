import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { closeAll, proxyTo, upstream } from './raw-sockets-harness.ts';

afterEach(closeAll);

const CHUNK = Buffer.alloc(65_536, 97);
const CHUNKS = 640;
/** What kernel and processes may hold between two ends: far less than the 40 MB that go through. */
const HELD = 16 * 2 ** 20;

/** Writes all chunks as fast as they are taken. */
async function pour(out: NodeJS.WritableStream, tell: (bytes: number) => void): Promise<void> {
  for (let i = 0; i < CHUNKS; i++) {
    tell((i + 1) * CHUNK.length);
    if (!out.write(CHUNK)) await new Promise((resolve) => out.once('drain', resolve));
  }
}

/** Waits until a count stands still. */
async function settled(count: () => number): Promise<number> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await pause(100);
  }
  return count();
}

it('an answer waits for a client that does not read, and then comes whole', async () => {
  let written = 0;
  const origin = await upstream(async (_request, response) => {
    await pour(response, (bytes) => {
      written = bytes;
    });
    response.end();
  });
  const { send, next } = await proxyTo(origin);
  const client = await send('');
  client.socket.pause();
  client.socket.write('GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n');
  assert.ok((await settled(() => written)) < HELD, `${written} bytes were taken from the upstream`);
  const result = next();
  client.socket.resume();
  assert.deepEqual(await result, { kind: 'answered', status: 200, complete: true });
  assert.ok((await client.closed()).length > CHUNKS * CHUNK.length);
});

it('an upload waits for an upstream that does not read, and then arrives whole', async () => {
  let read = 0;
  const asked = Promise.withResolvers<() => void>();
  const origin = await upstream((request, response) =>
    asked.resolve(
      () => void request.on('data', (chunk) => (read += chunk.length)).on('end', () => response.end('all')),
    ),
  );
  const { send } = await proxyTo(origin);
  const client = await send(`POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: ${CHUNKS * CHUNK.length}\r\n\r\n`);
  let written = 0;
  const poured = pour(client.socket, (bytes) => {
    written = bytes;
  });
  const readOn = await asked.promise;
  assert.ok((await settled(() => written)) < HELD, `${written} bytes were taken from the client`);
  readOn();
  await poured;
  await client.until('all');
  assert.equal(read, CHUNKS * CHUNK.length);
});
