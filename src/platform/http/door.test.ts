import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, it } from 'node:test';
import { done } from '../../kernel/outcome.ts';
import { type HttpDoor, httpDoor } from './door.ts';

const SAMPLED = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

let heard: IncomingHttpHeaders = {};
const company = createServer((request, response) => {
  heard = request.headers;
  response.end('{}');
});
let door: HttpDoor;

before(async () => {
  company.listen(0, '127.0.0.1');
  await once(company, 'listening');
  const { port } = company.address() as AddressInfo;
  door = httpDoor({ url: `http://127.0.0.1:${port}`, connections: 1, timeoutMs: 1_000 });
});
after(async () => {
  await door.close();
  company.close();
});

it('sends a sampled traceparent to the other company, and no other', async () => {
  const asking = async (traceparent: string | undefined, body?: object) => {
    const question = { path: '/', traceparent, ...(body && { body }) };
    assert.deepEqual(
      await door.ask({ method: body ? 'POST' : 'GET', ...question }, () => done('heard')),
      done('heard'),
    );
    return heard.traceparent;
  };
  assert.equal(await asking(SAMPLED), SAMPLED);
  assert.equal(await asking(SAMPLED, {}), SAMPLED);
  assert.equal(heard['content-type'], 'application/json');
  assert.equal(await asking(undefined, {}), undefined);
  assert.equal(await asking(SAMPLED.replace(/1$/, '0'), {}), undefined);
});

it('signs in with the name and password of its address, and with none where it has none', async () => {
  const asking = async (asked: HttpDoor, body?: object) => {
    await asked.ask({ method: body ? 'POST' : 'GET', path: '/', ...(body && { body }) }, () => done('heard'));
    return heard.authorization;
  };
  assert.equal(await asking(door), undefined);
  const { port } = company.address() as AddressInfo;
  const signed = httpDoor({ url: `http://shop:s%C3%BC%3A%40@127.0.0.1:${port}`, connections: 1, timeoutMs: 1_000 });
  const basic = `Basic ${Buffer.from('shop:sü:@').toString('base64')}`;
  assert.equal(await asking(signed), basic);
  assert.equal(await asking(signed, {}), basic);
  await signed.close();
});
