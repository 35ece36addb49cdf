import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, it } from 'node:test';
import { systemClock } from '../clock/system.ts';
import { openHop } from './hop.ts';
import { answering, closeAll, keep, listening, proxyTo, rawUpstream, talkTo, upstream } from './raw-sockets-harness.ts';

afterEach(closeAll);

const GET = 'GET /x HTTP/1.1\r\nHost: shop\r\n\r\n';

/** A server that answers by `handle`, which is given a hop. */
async function serverOf(
  handle: (hop: ReturnType<typeof openHop>, request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<number> {
  const hop = openHop({ clock: systemClock });
  keep(hop);
  return listening(createServer((request, response) => void handle(hop, request, response)));
}

it('of a race the first answer is passed on, and the others are ended', async () => {
  let slowEnded: Promise<string> | undefined;
  const slowAsked = Promise.withResolvers<void>();
  const slow = await rawUpstream(async (each) => {
    slowEnded = each.closed();
    await each.until('\r\n\r\n');
    slowAsked.resolve();
  });
  const fast = await rawUpstream(async (each) => {
    await each.until('\r\n\r\n');
    await slowAsked.promise;
    each.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfast');
  });
  let results: Promise<unknown> | undefined;
  const port = await serverOf((hop, request, response) => {
    const race = hop.race();
    results = Promise.all([slow, fast].map((origin) => hop.forward(request, response, { origin, race })));
  });
  const client = await talkTo(port, GET);
  await client.until('fast');
  assert.deepEqual(await results, [{ kind: 'lost' }, { kind: 'answered', status: 200, complete: true }]);
  assert.match((await slowEnded) ?? '', /^GET \/x /);
});

it('a declined status is answered elsewhere', async () => {
  const sick = await answering('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nsick');
  const well = await answering('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell');
  const port = await serverOf(async (hop, request, response) => {
    const first = await hop.forward(request, response, { origin: sick, decline: new Set([503]) });
    assert.deepEqual(first, { kind: 'declined', status: 503 });
    await hop.forward(request, response, { origin: well });
  });
  const client = await talkTo(port, GET);
  await client.until('well');
  assert.doesNotMatch(client.text, /sick|503/);
});

it('a body that turns out too large is refused, whatever it said of its length', async () => {
  const origin = await upstream((request, response) => request.resume().on('end', () => response.end('taken')));
  const proxy = await proxyTo([{ origin, maxBodyBytes: 8 }]);
  const head = 'POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n';
  const within = await proxy.send(`${head}8\r\nexactly!\r\n0\r\n\r\n`);
  await within.until('taken');
  const beyond = await proxy.send(`${head}8\r\nexactly!\r\n1\r\n!\r\n`);
  await beyond.until('refused');
  assert.deepEqual(proxy.results.at(-1), { kind: 'refused', reason: 'too-large' });
});

it('an echo tells the status and answers nobody; without an upstream it tells nothing', async () => {
  const heard: unknown[] = [];
  const origin = await upstream(({ url, headers }, response) => {
    heard.push(url, headers['x-mirrored']);
    response.writeHead(404).end('for nobody');
  });
  const port = await serverOf(async (hop, request, response) => {
    const headers = { 'x-mirrored': 'yes' };
    const told = [
      await hop.echo(request, { origin, headers }),
      await hop.echo(request, { origin: 'http://127.0.0.1:1' }),
    ];
    response.end(`own ${JSON.stringify(told)}`);
  });
  const client = await talkTo(port, GET);
  await client.until('own [404,null]');
  assert.deepEqual(heard, ['/x', 'yes']);
  assert.doesNotMatch(client.text, /nobody/);
});
