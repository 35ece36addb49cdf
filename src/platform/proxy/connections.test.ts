import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { closeAll, type Heard, listening, proxyTo, rawUpstream } from './raw-sockets-harness.ts';

afterEach(closeAll);

const BODY_TIMEOUT_MS = 400;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`;

/** An upstream that answers each request of a connection with these bytes; and how many connections there were. */
async function countingUpstream(answer: (path: string, heard: Heard) => string) {
  const connections: Heard[] = [];
  const origin = await rawUpstream(async (heard) => {
    connections.push(heard);
    for (let from = 0; ; ) {
      await heard.until('\r\n\r\n');
      while (heard.text.indexOf('\r\n\r\n', from) < 0)
        await new Promise((resolve) => heard.socket.once('data', resolve));
      const [, path = ''] = /^[A-Z]+ (\S+)/.exec(heard.text.slice(from)) ?? [];
      from = heard.text.indexOf('\r\n\r\n', from) + 4;
      heard.socket.write(answer(path, heard));
    }
  });
  return { origin, connections };
}

/** Asks one after another, each on a connection of its own to us; answers how many connections went on to the upstream. */
async function connectionsFor(answer: (path: string) => string): Promise<number> {
  const { origin, connections } = await countingUpstream(answer);
  const { send } = await proxyTo(origin);
  for (const path of ['/1', '/2', '/3']) await (await send(get(path))).until('ok');
  return connections.length;
}

it('a connection is used again, unless the upstream ends it soon or does not say where its answer ends', async () => {
  assert.equal(await connectionsFor(() => OK), 1);
  const with_ = (line: string) => OK.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`);
  assert.equal(await connectionsFor(() => with_('Keep-Alive: timeout=5')), 1);
  assert.equal(await connectionsFor(() => with_('Keep-Alive: timeout=2')), 3);
  assert.equal(await connectionsFor(() => with_('Connection: x, Close')), 3);
  assert.equal(await connectionsFor(() => OK.replace('1.1', '1.0')), 3);
});

it('what an upstream says unasked never becomes the answer to another request', async () => {
  const { origin, connections } = await countingUpstream((path) =>
    path === '/more' ? `${OK}${OK.replace(/ok$/, 'no')}` : OK,
  );
  const { send } = await proxyTo(origin);
  await (await send(get('/more'))).until('ok');
  const next = await send(get('/next'));
  await next.until('ok');
  assert.doesNotMatch(next.text, /no$/);
  assert.equal(connections.length, 2);

  // The same while the connection rests.
  connections.at(-1)?.socket.write(OK.replace(/ok$/, 'no'));
  await connections.at(-1)?.closed();
  await (await send(get('/last'))).until('\r\n\r\nok');
  assert.equal(connections.length, 3);
});

it('what waits for a connection gets the one that becomes free, or the place of one that broke', async () => {
  const { origin, connections } = await countingUpstream((path, { socket }) => {
    if (path === '/breaks') setImmediate(() => socket.destroy());
    return path === '/breaks' ? '' : OK;
  });
  const { send, results } = await proxyTo(origin, { connections: 1 });
  const clients = await Promise.all(['/1', '/2', '/breaks', '/3'].map((path) => send(get(path))));
  for (const client of clients) await client.until(client === clients[2] ? 'broken' : 'ok');
  assert.equal(connections.length, 2);
  assert.equal(results.filter(({ kind }) => kind === 'answered').length, 3);
});

it('an upstream that falls silent within its answer is cut off; a client that does not read is not its fault', async () => {
  const silent = await countingUpstream(() => 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
  const cut = await (await proxyTo(silent.origin, { bodyTimeoutMs: BODY_TIMEOUT_MS })).send(get('/'));
  assert.match(await cut.closed(), /half$/);

  const bytes = 20_000_000;
  const plenty = createServer((_request, response) => void response.end(Buffer.alloc(bytes, 97)));
  const origin = `http://127.0.0.1:${await listening(plenty)}`;
  const client = await (await proxyTo(origin, { bodyTimeoutMs: BODY_TIMEOUT_MS })).send('');
  client.socket.pause();
  client.socket.write(get('/').replace('Host', 'Connection: close\r\nHost'));
  await pause(3 * BODY_TIMEOUT_MS);
  client.socket.resume();
  assert.ok((await client.closed()).length > bytes);
});

it('requests that could be read in two ways are not sent', async () => {
  const { origin, connections } = await countingUpstream(() => OK);
  const chunked = 'POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n';
  await (await (await proxyTo(origin)).send(chunked)).until('refused');
  for (const target of [{ path: '/a b' }, { path: '/a\r\nB: c' }, { headers: { 'x-a': 'b\r\nc: d' } }])
    await (await (await proxyTo([{ origin, ...target }])).send(get('/'))).until('refused');
  assert.equal(connections.length, 0);
});

it('a POST without a body says so', async () => {
  const { origin, connections } = await countingUpstream(() => OK);
  await (await (await proxyTo(origin)).send(get('/').replace('GET', 'POST'))).until('ok');
  assert.match(connections[0]?.text ?? '', /\r\ncontent-length: 0\r\n\r\n$/);
});
