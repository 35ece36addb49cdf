import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { after, it } from 'node:test';
import type { Clock } from '../clock/port.ts';
import type { HttpServer } from './port.ts';
import { serverUnderTest } from './server-harness.ts';
import { type EventStream, lastEventId, openEventStream } from './sse.ts';

const servers: HttpServer[] = [];
after(() => Promise.all(servers.map((http) => http.close())));

/** A clock whose timers fire by hand. */
function handClock() {
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    after(_delayMs, task) {
      timers.add(task);
      return () => timers.delete(task);
    },
  };
  const fire = () => {
    const due = [...timers];
    timers.clear();
    for (const task of due) task();
  };
  return { clock, fire, timers };
}

async function listening(options: Parameters<typeof serverUnderTest>[0] = {}) {
  const http = await serverUnderTest(options);
  servers.push(http);
  const streams: EventStream[] = [];
  const resumed: (string | undefined)[] = [];
  http.get('/events', async (request, reply) => {
    resumed.push(lastEventId(request));
    streams.push(openEventStream(request, reply));
  });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = http.server.address() as { port: number };
  const open = async (headers: Record<string, string> = {}) => {
    const request = get({ port, host: '127.0.0.1', path: '/events', headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.setEncoding('utf8');
    let text = '';
    response.on('data', (chunk) => {
      text += chunk;
    });
    response.on('error', () => {});
    return { response, text: () => text, ended: new Promise((resolve) => response.on('close', resolve)) };
  };
  return { http, streams, resumed, open, port };
}

const until = async (condition: () => boolean) => {
  for (let turn = 0; turn < 200 && !condition(); turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition(), 'it did not come to pass');
};

it('events arrive as they are sent, with their ids, unbuffered', async () => {
  const { streams, open } = await listening();
  const client = await open();
  assert.equal(client.response.headers['content-type'], 'text/event-stream; charset=utf-8');
  assert.match(String(client.response.headers['cache-control']), /no-store/);
  assert.ok(client.response.headers['x-request-id']);
  streams[0]?.send({ id: 'a.7', event: 'confirmed', data: { text: 'two\nlines' } });
  await until(() => client.text().endsWith('\n\n'));
  assert.equal(client.text(), 'id: a.7\nevent: confirmed\ndata: {"text":"two\\nlines"}\n\n');
  streams[0]?.close();
  await client.ended;
});

it('a client resumes by Last-Event-ID', async () => {
  const { resumed, open, streams } = await listening();
  await open({ 'last-event-id': 'a.7' });
  await open();
  assert.deepEqual(resumed, ['a.7', undefined]);
  for (const stream of streams) stream.close();
});

it('one heartbeat keeps all streams open, and stops with the last', async () => {
  const { clock, fire, timers } = handClock();
  const { http, open } = await listening({ clock });
  const clients = [await open(), await open()];
  assert.equal(timers.size, 1);
  fire();
  for (const client of clients) await until(() => client.text() === ': still here\n\n');
  for (const { response } of clients) response.destroy();
  await until(() => http.eventStreams.count === 0);
  assert.equal(timers.size, 0);
});

it('a listener learns that its client has gone, however late it asks', async () => {
  const { streams, open, http } = await listening();
  const client = await open();
  const [stream] = streams;
  let told = 0;
  stream?.onClose(() => told++);
  client.response.destroy();
  await until(() => told === 1);
  stream?.send({ data: 'to nobody' });
  stream?.onClose(() => told++);
  assert.deepEqual([told, http.eventStreams.count], [2, 0]);
});

it('a client may hold so many streams and no more; another is not touched', async () => {
  const { open, streams } = await listening({ eventStreams: { perClient: 2 } });
  const mine = { authorization: 'Bearer mine' };
  const first = await open(mine);
  await open(mine);
  const third = await open(mine);
  assert.equal(third.response.statusCode, 429);
  await until(() => third.text().includes('"too_many_requests"'));
  assert.equal((await open({ authorization: 'Bearer theirs' })).response.statusCode, 200);
  first.response.destroy();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal((await open(mine)).response.statusCode, 200);
  for (const stream of streams) stream.close();
});

it('a client that does not read is cut off', async () => {
  const { streams, open, http } = await listening({ eventStreams: { waitingBytes: 50_000 } });
  const client = await open();
  client.response.pause();
  let gone = false;
  streams[0]?.onClose(() => {
    gone = true;
  });
  const data = 'x'.repeat(100_000);
  for (let sent = 0; sent < 500 && !gone; sent++) {
    streams[0]?.send({ data });
    if (sent % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await until(() => gone);
  assert.equal(http.eventStreams.count, 0);
});

it('HEAD opens no stream', async () => {
  const { port, http } = await listening();
  const answer = await fetch(`http://127.0.0.1:${port}/events`, { method: 'HEAD' });
  assert.equal(answer.status, 200);
  await until(() => http.eventStreams.count === 0);
});

it('holds no place for a client that has gone before its stream begins', async () => {
  const http = await serverUnderTest();
  servers.push(http);
  const asked = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  http.get('/late', async (request, reply) => {
    asked.resolve();
    await once(reply.raw, 'close');
    const stream = openEventStream(request, reply);
    stream.send({ data: null });
    stream.onClose(() => ended.resolve());
  });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = http.server.address() as { port: number };
  const request = get({ port, host: '127.0.0.1', path: '/late', agent: false }).on('error', () => undefined);
  await asked.promise;
  request.destroy();
  await ended.promise;
  assert.equal(http.eventStreams.count, 0);
});
