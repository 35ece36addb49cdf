import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Route } from '../routes/schema.ts';
import { closeAll, gatewayOver, saying, service } from './gateway-harness.ts';
import { followRouteFile } from './reload.ts';

afterEach(closeAll);

const NOBODY = 'http://127.0.0.1:1';
const route = (more: Partial<Route> & { readonly name?: string } = {}): Route => {
  const { service: _none, ...rest } = { service: 'one', ...more };
  return { name: 'all', path: '/*', ...rest, ...(more.targets === undefined && { service: more.service ?? 'one' }) };
};
const textOf = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).text();
const problemOf = async (answer: Response) => {
  assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  const problem = (await answer.json()) as { code: string; status: number; requestId: string };
  assert.equal(problem.status, answer.status);
  assert.equal(problem.requestId, answer.headers.get('x-request-id'));
  return problem.code;
};

describe('a gateway', () => {
  it('leads to services by path, version and method, and answers what leads nowhere itself', async () => {
    const { url, counted } = await gatewayOver(
      [
        route({ name: 'old', version: 'v1', path: '/things/{id}', methods: ['GET'] }),
        route({ name: 'new', version: 'v2', path: '/things/{id}', service: 'two' }),
      ],
      { one: [await saying('one')], two: [await saying('two')] },
      { table: { versions: { v1: { deprecatedSince: '2026-11-01', sunset: '2027-05-01' }, v2: {} } } },
    );
    const old = await fetch(`${url}/v1/things/7?q=1`);
    assert.deepEqual(
      [await old.text(), old.headers.get('deprecation'), old.headers.get('sunset')],
      ['one', '@1793491200', 'Sat, 01 May 2027 00:00:00 GMT'],
    );
    const fresh = await fetch(`${url}/v2/things/7`, { method: 'DELETE' });
    assert.deepEqual([await fresh.text(), fresh.headers.get('deprecation')], ['two', null]);
    const refused = await fetch(`${url}/v1/things/7`, { method: 'DELETE' });
    assert.deepEqual([await problemOf(refused), refused.headers.get('allow')], ['method_not_allowed', 'GET']);
    assert.equal(await problemOf(await fetch(`${url}/v3/things/7`)), 'not_found');
    assert.deepEqual(counted, [
      'GET /v1/things/{id} 200',
      'DELETE /v2/things/{id} 200',
      'DELETE none 405',
      'GET none 404',
    ]);
  });

  it('gives a request one name on its whole way', async () => {
    const origin = await service((request, response) => response.end(request.headers.traceparent));
    const { url } = await gatewayOver([route()], { one: [origin] });
    const answer = await fetch(url);
    assert.match(await answer.text(), new RegExp(`^00-${answer.headers.get('x-request-id')}-[0-9a-f]{16}-00$`));
    const traceparent = '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01';
    assert.equal(await textOf(url, { headers: { traceparent } }), traceparent);
  });

  it('limits bodies, told and untold lengths alike', async () => {
    const origin = await service((request, response) => request.resume().on('end', () => response.end('taken')));
    const { url } = await gatewayOver([route({ maxBodyBytes: 10 })], { one: [origin] });
    const send = (body: string | ReadableStream) => fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
    assert.equal(await (await send('0123456789')).text(), 'taken');
    assert.equal(await problemOf(await send('0123456789a')), 'payload_too_large');
    const untold = ReadableStream.from([Buffer.from('0123456789'), Buffer.from('a')]);
    assert.equal(await problemOf(await send(untold as ReadableStream)), 'payload_too_large');
  });

  it('limits each client, says when to come again, and lets all through when the limits cannot be asked', async () => {
    const services = { one: [await saying('one')] };
    const limited = [route({ rateLimit: { count: 2, perMs: 60_000 } })];
    const { url } = await gatewayOver(limited, services);
    assert.deepEqual([await textOf(url), await textOf(url)], ['one', 'one']);
    const refused = await fetch(url);
    assert.equal(await problemOf(refused), 'too_many_requests');
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    const shopperOf = ({ headers }: { headers: NodeJS.Dict<string | string[]> }) => headers.authorization?.toString();
    const byToken = [route({ rateLimit: { count: 1, perMs: 60_000, by: 'token' as const } })];
    const tokens = await gatewayOver(byToken, services, { shopperOf });
    const statusOf = async (authorization: string) => (await fetch(tokens.url, { headers: { authorization } })).status;
    assert.deepEqual([await statusOf('a'), await statusOf('b'), await statusOf('a')], [200, 200, 429]);
    const down = await gatewayOver(limited, services, {
      limits: () => ({ take: () => Promise.reject(new Error('down')) }),
    });
    for (let i = 0; i < 4; i++) assert.equal(await textOf(down.url), 'one');
  });

  it('tells what became of a request that came to no answer', async () => {
    const dies = await service((request) => request.socket.destroy());
    const hangs = await service(() => {});
    const codeWith = async (origin: string, more = {}) => {
      const { url } = await gatewayOver([route(more)], { one: [origin] });
      const answer = await fetch(url, { method: 'POST', body: 'x' });
      return `${answer.status} ${await problemOf(answer)} ${answer.headers.get('retry-after')}`;
    };
    assert.equal(await codeWith(NOBODY), '503 unavailable 1');
    assert.equal(await codeWith(dies), '503 unavailable 1');
    assert.equal(await codeWith(hangs, { timeoutMs: 20 }), '504 gateway_timeout null');
  });
});

describe('what is sent again', () => {
  it('all that was not sent, with its whole body, to whoever takes it', async () => {
    const echo = await service((request, response) => void request.pipe(response));
    const { url } = await gatewayOver([route()], { one: [NOBODY, echo] });
    for (let i = 0; i < 3; i++) assert.equal(await textOf(url, { method: 'POST', body: `body ${i}` }), `body ${i}`);
  });

  it('what is safe, when its fate is unknown or a service is unwell; a purchase never', async () => {
    let deaths = 0;
    const dies = await service((request) => {
      deaths++;
      request.socket.destroy();
    });
    const unwell = await saying('unwell', 503);
    const services = { one: [dies, await saying('well')], two: [unwell, await saying('well')] };
    const { url } = await gatewayOver(
      [
        route({ name: 'one', path: '/one', retries: 1 }),
        route({ name: 'two', path: '/two', service: 'two', retries: 1 }),
      ],
      services,
    );
    assert.deepEqual([await textOf(`${url}/one`), await textOf(`${url}/two`)], ['well', 'well']);
    assert.equal(await problemOf(await fetch(`${url}/one`, { method: 'POST' })), 'unavailable');
    assert.equal(await textOf(`${url}/two`, { method: 'POST' }), 'unwell');
    assert.equal(deaths, 2);
  });

  it('within a budget: when all are unwell, a service hears little more than it was asked', async () => {
    let asked = 0;
    const unwell = await service((_request, response) => {
      asked++;
      response.writeHead(503).end('unwell');
    });
    const { url } = await gatewayOver([route({ retries: 3 })], { one: [unwell] });
    for (let i = 0; i < 50; i++) assert.equal(await textOf(url), 'unwell');
    assert.ok(asked > 55 && asked <= 50 + 10 + 5 + 50, `${asked}`);
  });

  it('a read that takes unusually long: the first answer counts, and the slow one is ended', async () => {
    let ended = 0;
    let slow = false;
    const one = await service((_request, response) => {
      if (!slow) return response.end('fast');
      slow = false;
      response.on('close', () => ended++);
    });
    const { url } = await gatewayOver([route({ hedge: { afterMs: 5 } })], { one: [one] });
    for (let i = 0; i < 25; i++) assert.equal(await textOf(url), 'fast');
    slow = true;
    assert.equal(await textOf(url), 'fast');
    while (ended === 0) await pause(2);
    slow = true;
    const post = fetch(url, { method: 'POST', signal: AbortSignal.timeout(100) });
    await assert.rejects(post, 'a write is not asked twice');
  });
});

describe('canary, mirror and drill', () => {
  it('a canary gets its share; a sticky route leads one client to one target', async () => {
    const services = { old: [await saying('old')], new: [await saying('new')] };
    const targets = [
      { service: 'old', weight: 1 },
      { service: 'new', weight: 1 },
    ];
    const seen = async (sticky: boolean) => {
      const { url } = await gatewayOver([route({ targets, sticky })], services);
      return new Set(await Promise.all(Array.from({ length: 30 }, () => textOf(url)))).size;
    };
    assert.deepEqual([await seen(false), await seen(true)], [2, 1]);
  });

  it('a mirror sees reads, marked, and changes nothing for the client, even when it hangs', async () => {
    const mirrored: string[] = [];
    const hangs = await service(({ method, url, headers }) =>
      mirrored.push(`${method} ${url} ${headers['x-mirrored']}`),
    );
    const { url } = await gatewayOver([route({ mirror: { service: 'two', percent: 100 } })], {
      one: [await saying('one')],
      two: [hangs],
    });
    assert.equal(await textOf(`${url}/a`), 'one');
    assert.equal(await textOf(`${url}/b`, { method: 'POST', body: 'x' }), 'one');
    while (mirrored.length === 0) await pause(2);
    assert.deepEqual(mirrored, ['GET /a true']);
  });

  it('faults are met in drills only', async () => {
    const faults = [{ header: { name: 'x-drill', value: 'on' }, delayMs: 30, status: 503 as const }];
    const services = { one: [await saying('one')] };
    const headers = { 'x-drill': 'on' };
    const drill = await gatewayOver([route({ faults })], services, { drills: true });
    const from = performance.now();
    assert.equal(await problemOf(await fetch(drill.url, { headers })), 'unavailable');
    assert.ok(performance.now() - from >= 29);
    assert.equal(await textOf(drill.url), 'one');
    const usual = await gatewayOver([route({ faults })], services);
    assert.equal(await textOf(usual.url, { headers }), 'one');
  });
});

describe('too much to do', () => {
  it('is shed: checkout before browsing, with a time to come again; a stream takes no place', async () => {
    const held: (() => void)[] = [];
    const one = await service(({ url }, response) => {
      if (url === '/stream') return response.writeHead(200).write('data: 1\n\n');
      held.push(() => response.end(url));
    });
    const { url, load } = await gatewayOver(
      [
        route({ name: 'stream', path: '/stream', streams: true }),
        route({ name: 'browse', path: '/browse', priority: 'low' }),
        route({ name: 'checkout', path: '/checkout', priority: 'high' }),
      ],
      { one: [one] },
      { table: { load: { concurrent: 1, queued: 1, queueMs: 5_000 } } },
    );
    const stream = await fetch(`${url}/stream`);
    const first = textOf(`${url}/browse`);
    while (held.length === 0) await pause(2);
    const browse = fetch(`${url}/browse`);
    while (load.waiting === 0) await pause(2);
    const checkout = textOf(`${url}/checkout`);
    const shed = await browse;
    assert.equal(await problemOf(shed), 'unavailable');
    assert.equal(shed.headers.get('retry-after'), '1');
    held.shift()?.();
    assert.equal(await first, '/browse');
    while (held.length === 0) await pause(2);
    held.shift()?.();
    assert.equal(await checkout, '/checkout');
    await stream.body?.cancel();
    assert.deepEqual([load.inside, load.waiting], [0, 0]);
  });
});

describe('new routes', () => {
  it('are taken over under load without a dropped request; a broken file changes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jangteo-routes-'));
    const file = join(folder, 'routes.json');
    const write = (name: string) =>
      writeFileSync(file, JSON.stringify({ name: 'test', routes: [route({ service: name })] }));
    const slowly = (text: string) =>
      service((_request, response) => {
        response.write(text);
        setTimeout(() => response.end('.'), 5);
      });
    const gateway = await gatewayOver([route()], { one: [await slowly('one')], two: [await slowly('two')] });
    write('one');
    const refusals: unknown[] = [];
    const followed = followRouteFile({
      file,
      use: gateway.replace,
      refuse: (error) => refusals.push(error),
      everyMs: 60_000,
    });
    const heard = new Map<string, number>();
    let over = false;
    const client = async () => {
      while (!over) {
        const text = await textOf(gateway.url);
        heard.set(text, (heard.get(text) ?? 0) + 1);
      }
    };
    try {
      const clients = Promise.all(Array.from({ length: 8 }, client));
      for (let i = 0; i < 10; i++) {
        await pause(15);
        if (i === 5) writeFileSync(file, '{ "name": ');
        else write(i % 2 === 0 ? 'two' : 'one');
        process.emit('SIGHUP', 'SIGHUP');
      }
      over = true;
      await clients;
    } finally {
      followed.stop();
      rmSync(folder, { recursive: true });
    }
    assert.deepEqual([...heard.keys()].sort(), ['one.', 'two.']);
    assert.equal(refusals.length, 1);
    assert.match(String(refusals[0]), /It is not JSON/);
    assert.equal(
      gateway.counted.every((each) => each === 'GET /* 200'),
      true,
    );
    assert.equal(
      gateway.counted.length,
      [...heard.values()].reduce((sum, each) => sum + each, 0),
    );
  });

  it('are seen when the file changes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jangteo-routes-'));
    const file = join(folder, 'routes.json');
    writeFileSync(file, '{}');
    const used = Promise.withResolvers<string>();
    const followed = followRouteFile({ file, use: ({ name }) => used.resolve(name), refuse: used.reject, everyMs: 20 });
    const writing = setInterval(() => writeFileSync(file, JSON.stringify({ name: 'changed', routes: [route()] })), 30);
    assert.equal(await used.promise, 'changed');
    clearInterval(writing);
    followed.stop();
    rmSync(folder, { recursive: true });
  });

  it('let nobody wait for ever: a client that leaves gives up its place', async () => {
    const never = await service(() => {});
    const { url, load } = await gatewayOver(
      [route()],
      { one: [never] },
      {
        table: { load: { concurrent: 1, queued: 1, queueMs: 5_000 } },
      },
    );
    const leaving = get(url).on('error', () => {});
    while (load.inside === 0) await pause(2);
    leaving.destroy();
    while (load.inside > 0) await pause(2);
  });
});
