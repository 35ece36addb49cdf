import assert from 'node:assert/strict';
import { get } from 'node:http';
import { afterEach, describe, it } from 'node:test';
import { sleep } from '../../../platform/clock/port.ts';
import { systemClock } from '../../../platform/clock/system.ts';
import { serverUnderTest } from '../../../platform/http/server-harness.ts';
import type { Route } from '../routes/schema.ts';
import { closeAll, gatewayOver, saying, service } from './gateway-harness.ts';
import { gatewayOperatorRoutes } from './operator-routes.ts';
import type { Origin, Origins } from './origins.ts';

afterEach(closeAll);

const routes: readonly Route[] = [{ name: 'all', path: '/*', service: 'one' }];

/** A service that is led by one process at a time. */
function ledBy(first: string | undefined) {
  const originOf = (origin: string | undefined): Origin | undefined => (origin === undefined ? undefined : { origin });
  let now = originOf(first);
  const waiting = new Set<() => void>();
  const origins: Origins = {
    of: () => now,
    change: (_service, than, waitMs) => {
      if (now !== undefined && now !== than) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      return Promise.race([promise, sleep(systemClock, waitMs)]);
    },
  };
  const lead = (origin: string | undefined) => {
    now = originOf(origin);
    for (const wake of waiting) wake();
  };
  return { origins, lead };
}

async function over(first: string | undefined, patienceMs = 2_000) {
  const { origins, lead } = ledBy(first);
  const { url, tallies } = await gatewayOver(routes, {}, { origins, patienceMs });
  const ask = (init: RequestInit = {}) => fetch(url, init);
  return { ask, lead, tallies };
}

/** Who is killed while it works: hands over first, so that the break and the news come together. */
const dyingTo = (next: () => void) =>
  service((request) => {
    next();
    request.socket.destroy();
  });

describe('while a service changes hands', () => {
  it('requests wait, whatever they are, and go to whoever leads it then', async () => {
    const { ask, lead } = await over(undefined);
    const answers = [ask(), ask({ method: 'POST', body: 'x' })].map(async (each) => (await each).text());
    setTimeout(lead, 20, await saying('new'));
    assert.deepEqual(await Promise.all(answers), ['new', 'new']);
  });

  it('they are told when nobody leads it in time, and when to come again', async () => {
    const { ask } = await over(undefined, 30);
    const answer = await ask({ method: 'POST', body: 'x' });
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '1']);
    assert.match(String(((await answer.json()) as { detail: string }).detail), /Nothing of this was begun/);
  });

  it('what was under way is asked again where that is safe, without a retry in its route; a purchase is not', async () => {
    const world = await over(undefined);
    const heir = await saying('new');
    const dies = await dyingTo(() => world.lead(heir));
    world.lead(dies);
    assert.equal(await (await world.ask()).text(), 'new');
    world.lead(dies);
    const bought = await world.ask({ method: 'POST', body: 'x' });
    assert.deepEqual([bought.status, bought.headers.get('retry-after')], [503, '1']);
    assert.match(String(((await bought.json()) as { detail: string }).detail), /same Idempotency-Key/);
    assert.deepEqual(
      [...world.tallies.all()].map(([template, { repeated }]) => [template, repeated]),
      [['/*', 1]],
    );
  });

  it('what breaks every process that it comes to is not sent on for ever', async () => {
    let asked = 0;
    const world = await over(undefined);
    const poisoned = await dyingTo(() => {
      asked++;
      world.lead(poisoned);
    });
    world.lead(poisoned);
    assert.equal((await world.ask()).status, 503);
    assert.equal(asked, 4);
  });

  it('who leads it no more says so: what had no body goes on, what had one is told to come again', async () => {
    const world = await over(undefined);
    const heir = await saying('new');
    const moved = await service((request, response) => {
      request.resume();
      response.writeHead(421).end();
      world.lead(heir);
    });
    for (const [init, expected] of [
      [{}, 200],
      [{ method: 'DELETE' }, 200],
      [{ method: 'POST', body: 'x' }, 503],
    ] as const) {
      world.lead(moved);
      const answer = await world.ask(init);
      assert.equal(answer.status, expected, JSON.stringify(init));
      await answer.text();
    }
  });
});

describe('a service that hangs', () => {
  it('takes no more than its part of the places: what goes to others is served', async () => {
    const held: (() => void)[] = [];
    const hangs = await service((_request, response) => held.push(() => response.end('late')));
    const { url, load, tallies } = await gatewayOver(
      [
        { name: 'one', path: '/one', service: 'one' },
        { name: 'two', path: '/two', service: 'two' },
      ],
      { one: [hangs], two: [await saying('two')] },
      { table: { load: { concurrent: 10, queued: 10, queueMs: 1_000, perService: 2 } } },
    );
    const waiting = [fetch(`${url}/one`), fetch(`${url}/one`)];
    while (held.length < 2) await sleep(systemClock, 2);
    assert.equal((await fetch(`${url}/one`)).status, 503);
    assert.equal(await (await fetch(`${url}/two`)).text(), 'two');
    for (const end of held) end();
    assert.deepEqual(await Promise.all(waiting.map(async (each) => (await each).text())), ['late', 'late']);
    assert.equal([...tallies.all()].find(([template]) => template === '/one')?.[1].shed, 1);
    assert.equal(load.inside, 0);
  });
});

describe('whoever waits', () => {
  const held: (() => void)[] = [];
  const busy = () => service(({ url }, response) => held.push(() => response.end(url)));
  const release = async (left = 1) => {
    while (held.length < left) await sleep(systemClock, 1);
    for (const end of held.splice(0)) end();
  };

  it('and leaves, gives up its place, and is not counted as turned away', async () => {
    const { url, load, tallies, counted } = await gatewayOver(
      routes,
      { one: [await busy()] },
      { table: { load: { concurrent: 1, queued: 1, queueMs: 60_000 } } },
    );
    const first = fetch(url);
    while (load.inside === 0) await sleep(systemClock, 1);
    const leaving = get(url).on('error', () => {});
    while (load.waiting === 0) await sleep(systemClock, 1);
    leaving.destroy();
    while (load.waiting > 0) await sleep(systemClock, 1);
    await release();
    assert.equal((await first).status, 200);
    assert.deepEqual(counted.toSorted(), ['GET /* 200', 'GET /* 499']);
    assert.equal([...tallies.all()][0]?.[1].shed, 0);
    assert.equal(load.inside, 0);
  });

  it('holds no place of a service: what is more important comes before it', async () => {
    const { url, load, tallies } = await gatewayOver(
      [
        { name: 'other', path: '/other', service: 'two' },
        { name: 'browse', path: '/browse', service: 'one', priority: 'low' },
        { name: 'checkout', path: '/checkout', service: 'one', priority: 'high' },
      ],
      { one: [await busy()], two: [await busy()] },
      { table: { load: { concurrent: 1, queued: 5, queueMs: 60_000, perService: 1 } } },
    );
    const ended: string[] = [];
    const ask = async (path: string) => void ended.push(`${path} ${(await fetch(`${url}${path}`)).status}`);
    const other = ask('/other');
    while (load.inside === 0) await sleep(systemClock, 1);
    const browse = ask('/browse');
    while (load.waiting === 0) await sleep(systemClock, 1);
    const checkout = ask('/checkout');
    while (load.waiting < 2) await sleep(systemClock, 1);
    for (const each of [other, checkout, browse]) {
      await release();
      await each;
    }
    assert.deepEqual(ended, ['/other 200', '/checkout 200', '/browse 200']);
    assert.deepEqual(
      [...tallies.all()].map(([, { shed }]) => shed),
      [0, 0, 0],
    );
  });
});

describe('a drill', () => {
  it('is of one route, though another version has one of the same name; operators say which they mean', async () => {
    const things = { name: 'things', path: '/things', service: 'one' };
    const gateway = await gatewayOver(
      [{ ...things, version: 'v1' }, { ...things, version: 'v2' }, ...routes],
      { one: [await saying('one')] },
      { table: { versions: { v1: {}, v2: {} } } },
    );
    const http = await serverUnderTest();
    gatewayOperatorRoutes({ name: 'test', gateway, reload: () => undefined, isThere: () => true })(http);
    const payload = { faults: [{ percent: 100, status: 503 }], forMs: 60_000 };
    const drill = async (method: 'PUT' | 'DELETE', route: string) => {
      const body = method === 'PUT' && { payload };
      const answer = await http.inject({ method, url: `/-/gateway/drills/${route}`, ...body });
      const { route: begun, ended, detail } = answer.json<Record<string, string | number>>();
      return `${answer.statusCode} ${begun ?? ended ?? detail}`;
    };
    const statuses = async () =>
      Promise.all(
        ['v1/things', 'v2/things', 'else'].map(async (path) => (await fetch(`${gateway.url}/${path}`)).status),
      );
    assert.equal(
      await drill('PUT', 'things'),
      '400 Several routes are named things; say which one: things.v1, things.v2.',
    );
    assert.equal(await drill('PUT', 'nothing'), '404 This gateway has no route nothing.');
    assert.equal(await drill('PUT', 'things.v2'), '200 things.v2');
    assert.deepEqual(await statuses(), [200, 503, 200]);
    assert.equal(await drill('PUT', 'all'), '200 all');
    assert.deepEqual(await statuses(), [200, 503, 503]);
    assert.equal(await drill('DELETE', 'things'), '200 1');
    assert.deepEqual(await statuses(), [200, 200, 503]);
    await http.close();
  });

  it('is begun for one route and for a while', async () => {
    const { url, drills, tallies } = await gatewayOver(routes, { one: [await saying('one')] });
    drills.begin('other', [{ percent: 100, status: 503 }], 60_000);
    assert.equal((await fetch(url)).status, 200);
    drills.begin('all', [{ percent: 100, status: 504 }], 40);
    assert.equal((await fetch(url)).status, 504);
    while (drills.all().length > 1) await sleep(systemClock, 5);
    assert.equal((await fetch(url)).status, 200);
    assert.equal(drills.end(), 1);
    assert.equal([...tallies.all()][0]?.[1].drilled, 1);
  });
});
