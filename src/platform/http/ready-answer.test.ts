import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKnown, type ReadyAnswer, readyAnswer, readyWire, sendReady } from './ready-answer.ts';
import { serverUnderTest } from './server-harness.ts';

const tea = readyAnswer(JSON.stringify({ title: { en: 'tea for £5', ko: '녹차 🍵' } }));

test('what is sent is the JSON in UTF-8, with its length, tag and the headers of every answer', async () => {
  const { http, url } = await serving(tea);
  const answer = await fetch(`${url}/tea`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.deepEqual(JSON.parse(bytes.toString('utf8')), { title: { en: 'tea for £5', ko: '녹차 🍵' } });
  assert.equal(answer.headers.get('content-length'), String(bytes.length));
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(answer.headers.get('etag'), tea.etag);
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  await http.close();
});

test('HEAD tells the same head without a body, and who knows the tag is told so', async () => {
  const { http, url } = await serving(tea);
  const head = await fetch(`${url}/tea`, { method: 'HEAD' });
  assert.equal(head.headers.get('content-length'), String(tea.wire.length));
  assert.equal(await head.text(), '');
  const known = await fetch(`${url}/tea`, { headers: { 'if-none-match': tea.etag } });
  assert.equal(known.status, 304);
  assert.equal(known.headers.get('etag'), tea.etag);
  assert.equal(await known.text(), '');
  await http.close();
});

test('answers are counted and their connection is used again', async () => {
  const { http, url } = await serving(tea);
  for (let time = 0; time < 3; time++) await (await fetch(`${url}/tea`)).text();
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /jangteo_http_request_duration_seconds_count\{[^}]*route="\/tea"[^}]*\} 3/);
  await http.close();
});

test('the tag is that of the bytes, however they were put together', () => {
  assert.equal(readyWire(`[${tea.wire}]`).etag, readyAnswer(`[${Buffer.from(tea.wire, 'latin1')}]`).etag);
  assert.notEqual(readyWire(`[${tea.wire}]`).etag, tea.etag);
});

test('If-None-Match knows a tag among others, weak ones and any', () => {
  assert.ok(isKnown('"a"', '"b", W/"a"'));
  assert.ok(isKnown('"a"', '*'));
  assert.ok(!isKnown('"a"', '"b"'));
  assert.ok(!isKnown('"a"', undefined));
});

async function serving(answer: ReadyAnswer) {
  const http = await serverUnderTest();
  http.get('/tea', (request, reply) => sendReady(request, reply, answer));
  return { http, url: await http.listen({ port: 0, host: '127.0.0.1' }) };
}
