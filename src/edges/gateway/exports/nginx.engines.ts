import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { closeAll, service } from '../front/gateway-harness.ts';
import { readRouteTable } from '../routes/read.ts';
import { type Route, type RouteTable, servicesOf } from '../routes/schema.ts';
import { nginxOf } from './nginx.ts';
import type { Addresses } from './port.ts';

/** The exported file in a real nginx (`apt-get install nginx`; JANGTEO_TEST_NGINX names another program). */
const NGINX = process.env.JANGTEO_TEST_NGINX ?? 'nginx';
const folder = mkdtempSync(join(tmpdir(), 'jangteo-nginx-'));
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
const FILE = join(import.meta.dirname, '../../../../topologies/routes/microservices.json');

const route = (name: string, path: string, more: Partial<Route> = {}): Route => ({
  name,
  path,
  service: 'one',
  ...more,
});
const TABLE: RouteTable = {
  name: 'test',
  versions: { v1: { deprecatedSince: '2026-11-01', sunset: '2027-05-01' } },
  routes: [
    route('things', '/things/*', { version: 'v1' }),
    route('buy', '/things/{id}/buy', { version: 'v1', methods: ['POST'], service: 'two', maxBodyBytes: 10 }),
    route('read-only', '/read-only', { methods: ['GET'] }),
    route('limited', '/limited', { rateLimit: { count: 2, perMs: 60_000 } }),
    route('again', '/again', { service: 'flaky', retries: 1 }),
    route('mirrored', '/mirrored', { mirror: { service: 'two', percent: 100 } }),
    {
      name: 'canary',
      path: '/canary',
      targets: [
        { service: 'one', weight: 1 },
        { service: 'two', weight: 1 },
      ],
    },
    route('events', '/events', { streams: true }),
    route('down', '/down', { service: 'down' }),
  ],
};

const heard: string[] = [];
let nginx: ChildProcess | undefined;
let url = '';

before(async () => {
  const found = spawnSync(NGINX, ['-v']);
  assert.equal(
    found.error,
    undefined,
    'There is no nginx here: apt-get install nginx, or name one by JANGTEO_TEST_NGINX.',
  );
  const saying = (name: string) =>
    service((request, response) => {
      heard.push(`${name} ${request.method} ${request.url} ${request.headers['x-mirrored'] ?? ''}`.trim());
      if (request.url === '/events') return response.writeHead(200).write('data: 1\n\n');
      request.resume().on('end', () => response.end(`${name} ${request.headers['x-forwarded-for']}`));
    });
  const addressOf = (origin: string) => origin.slice('http://'.length);
  const [one, two] = [addressOf(await saying('one')), addressOf(await saying('two'))];
  const unwell = addressOf(await service((_request, response) => response.writeHead(503).end('unwell')));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const addresses: Addresses = { one: [one], two: [two], flaky: [unwell, one], down: ['127.0.0.1:1'] };
  const file = configured(nginxOf(TABLE, addresses, `127.0.0.1:${port}`).text);
  nginx = spawn(NGINX, ['-p', folder, '-e', 'stderr', '-c', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  for (let tries = 0; !(await fetch(url).catch(() => undefined)); tries++) {
    assert.ok(tries < 100 && nginx.exitCode === null, 'nginx does not answer');
    await pause(50);
  }
});

after(async () => {
  const ended = nginx && once(nginx, 'exit');
  nginx?.kill('SIGQUIT');
  await closeAll();
  nginx?.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true });
});

describe('the routes of our gateway in nginx', () => {
  it('are a file that nginx takes, those of the topology, too', () => {
    const table = readRouteTable(readFileSync(FILE, 'utf8'));
    const addresses = Object.fromEntries(table.routes.flatMap(servicesOf).map((name) => [name, ['127.0.0.1:3000']]));
    const file = configured(nginxOf(table, addresses, '8080').text);
    const { status, stderr } = spawnSync(NGINX, ['-t', '-p', folder, '-e', 'stderr', '-c', file], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });

  it('lead to the same services', async () => {
    const textOf = async (path: string, init = {}) => (await (await fetch(url + path, init)).text()).split(' ')[0];
    assert.deepEqual(
      [
        await textOf('/v1/things'),
        await textOf('/v1/things/7/more'),
        await textOf('/v1/things/7/buy', { method: 'POST' }),
        await textOf('/v1/things/7/buy'),
      ],
      ['one', 'one', 'two', 'one'],
    );
    const seen = new Set(await Promise.all(Array.from({ length: 40 }, () => textOf('/canary'))));
    assert.deepEqual([...seen].sort(), ['one', 'two']);
  });

  it('tell versions, and problems in our own form', async () => {
    const answer = await fetch(`${url}/v1/things`);
    assert.equal(answer.headers.get('deprecation'), '@1793491200');
    assert.equal(answer.headers.get('sunset'), 'Sat, 01 May 2027 00:00:00 GMT');
    const problemOf = async (path: string, init = {}) => {
      const refused = await fetch(url + path, init);
      assert.equal(refused.headers.get('content-type'), 'application/problem+json', path);
      return `${refused.status} ${((await refused.json()) as { code: string }).code}`;
    };
    assert.equal(await problemOf('/nothing'), '404 not_found');
    assert.equal(await problemOf('/read-only', { method: 'POST' }), '405 method_not_allowed');
    assert.equal(await problemOf('/down'), '502 bad_gateway');
    assert.equal(
      await problemOf('/read-only', { method: 'POST', body: 'x'.repeat(1_100_000) }),
      '413 payload_too_large',
    );
    const limited = await Promise.all([1, 2, 3, 4].map(() => fetch(`${url}/limited`)));
    assert.equal(limited.filter(({ status }) => status === 429).length, 2);
  });

  it('send again, mirror and stream', async () => {
    for (let i = 0; i < 3; i++) assert.match(await (await fetch(`${url}/again`)).text(), /^one/);
    assert.match(await (await fetch(`${url}/mirrored?q=1`)).text(), /^one/);
    while (!heard.includes('two GET /mirrored?q=1 true')) await pause(5);
    const stream = await fetch(`${url}/events`);
    const { value } = (await stream.body?.getReader().read()) ?? {};
    assert.equal(Buffer.from(value ?? []).toString(), 'data: 1\n\n');
  });
});

/** A whole configuration around a server, in a file. */
function configured(server: string): string {
  const file = join(folder, 'nginx.conf');
  const places = TEMPORARY.map((each) => `${each}_temp_path ${folder}/${each};`).join(' ');
  const main = `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr crit; events {}`;
  writeFileSync(file, `${main}\nhttp {\naccess_log off; ${places}\n${server}}\n`);
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
