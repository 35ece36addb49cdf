import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { openSearchSink } from './opensearch.ts';
import { otlpSink } from './otlp.ts';
import type { LogLine, NumberedLine } from './port.ts';
import { type Poster, postJson } from './post.ts';

const line = (text: string) => ({ program: 'orders-1', stream: 'stdout', text, heardAt: 1_795_000_000_000 }) as const;

test('who signs in stands in the address, and is told to nobody else', async () => {
  const server = createServer(({ headers }, response) => response.end(JSON.stringify(headers.authorization ?? null)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const basic = `Basic ${Buffer.from('shop:p@ss').toString('base64')}`;
  const answered = { kind: 'answered', status: 200 };
  assert.deepEqual(await postJson(`http://shop:p%40ss@${host}/x`, '{}'), { ...answered, body: basic });
  assert.deepEqual(await postJson(`http://${host}/x`, '{}'), { ...answered, body: null });
  server.close();
  server.closeAllConnections();
  for (const address of ['http://shop:hunter2@127.0.0.1:1/x', 'http://shop:hunter2@:x', 'http://%:hunter2@h'])
    assert.doesNotMatch(JSON.stringify(await postJson(address, '{}')), /hunter2/);
});

describe('sinks', () => {
  const lines: NumberedLine[] = ['x', 'y', 'z'].map((text, index) => ({ ...line(text), number: index + 1 }));
  const answering = (status: number, body?: unknown) => {
    const posted: { url: string; body: string }[] = [];
    const post: Poster = async (url, sent) => {
      posted.push({ url, body: sent });
      return { kind: 'answered', status, body };
    };
    return { post, posted };
  };

  test('a collector may refuse lines; too many at once are halved', async () => {
    const encode = (all: readonly LogLine[]) => ({ all: all.map(({ text }) => text) });
    const some = answering(200, { partialSuccess: { rejectedLogRecords: '2' } });
    assert.deepEqual(await otlpSink('http://c:4318/', encode, some.post).send(lines), { kind: 'taken', refused: 2 });
    assert.deepEqual(some.posted, [{ url: 'http://c:4318/v1/logs', body: '{"all":["x","y","z"]}' }]);
    const small = answering(413);
    assert.deepEqual(await otlpSink('http://c:4318', encode, small.post).send(lines), { kind: 'taken', refused: 3 });
    assert.deepEqual(
      small.posted.map(({ body }) => body.length > 15),
      [true, false, true, false, false],
    );
  });

  test('OpenSearch keeps a line once, says which it refuses, and is asked again when it has too much to do', async () => {
    const statuses = (...all: number[]) => ({ items: all.map((status) => ({ create: { status } })) });
    const options = {
      url: 'http://o:9200',
      index: 'logs',
      encode: ({ text }: LogLine) => ({ text }),
    };
    const good = answering(200, statuses(201, 409, 400));
    assert.deepEqual(await openSearchSink(options, good.post).send(lines), { kind: 'taken', refused: 1 });
    await openSearchSink(options, good.post).send(lines);
    assert.equal(good.posted[0]?.body, good.posted[1]?.body, 'the same line has the same name');
    const [first = ''] = good.posted[0]?.body.split('\n') ?? [];
    assert.match(first, /^{"create":{"_index":"logs-2026\.11\.1\d","_id":"[\w-]{27}"}}$/);
    const busy = answering(200, statuses(201, 429, 201));
    assert.equal((await openSearchSink(options, busy.post).send(lines)).kind, 'later');
  });
});
