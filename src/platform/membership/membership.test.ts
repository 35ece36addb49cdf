import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { systemClock, systemRandom } from '../clock/system.ts';
import type { Discovery, Known } from '../discovery/port.ts';
import { staticDiscovery } from '../discovery/static.ts';
import { localInvalidations } from '../invalidation/local.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { NOTICES_PATH, openMembership } from './membership.ts';

const TOKEN = 'what peers show each other';

/** Two processes' memberships, each with a server of its own, which may be cut off and come back. */
async function two(discovering?: (origins: readonly string[]) => Discovery) {
  const servers = await Promise.all(['a', 'b'].map(() => listening()));
  const ids = ['app-1', 'app-2'] as const;
  const origins = servers.map(({ port }) => `http://127.0.0.1:${port}`);
  const instances = ids.map((id, index) => ({ id, origin: origins[index] ?? '', metadata: {} }));
  const discovery = discovering?.(origins) ?? staticDiscovery(systemClock, { shop: instances });
  const opened = ids.map((id, index) => {
    const local = localInvalidations(silentLogger);
    const membership = openMembership({
      ...{ self: { id, origin: origins[index] ?? '' }, discovery, name: 'shop', token: TOKEN, local },
      ...{ clock: systemClock, random: systemRandom, logger: silentLogger },
    });
    servers[index]?.server.on('request', (request, response) => {
      const url = new URL(request.url ?? '', 'http://peer');
      if (url.pathname !== NOTICES_PATH || request.headers.authorization !== `Bearer ${TOKEN}`)
        return response.writeHead(404).end();
      response.writeHead(200);
      response.once('close', membership.tellTo(response, url.searchParams.get('member') ?? undefined));
    });
    return membership;
  });
  const [a, b] = opened as [(typeof opened)[0], (typeof opened)[0]];
  return {
    ...{ a, b, servers },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((each) => each.close()));
      for (const { server } of servers) server.close().closeAllConnections();
    },
  };
}

async function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

const ROUTES = [{ method: 'GET', url: '/v1/carts/:cartId' }];

describe('membership', () => {
  it('tells peers who leads what, also those that come later, and when it ends', async () => {
    await using shop = await two();
    const end = shop.a.lead('cart', 7, ROUTES);
    assert.equal(shop.a.leaderOf('cart')?.isSelf, true);
    const leader = await shop.b.awaitLeader('cart', 5_000);
    assert.deepEqual([leader?.member, leader?.isSelf, leader?.term, leader?.routes], ['app-1', false, 7, ROUTES]);
    assert.equal(shop.b.lives('app-1'), true);
    end();
    await until(shop.b.onChange, () => shop.b.leaderOf('cart') === undefined);
    assert.deepEqual([...shop.b.known()], [['cart', ROUTES]], 'what its routes are is still known');
    assert.equal(await shop.b.awaitLeader('cart', 10), undefined);
  });

  it('knows peers by the names that they say, where discovery knows addresses alone, its own among them', async () => {
    await using shop = await two((origins) =>
      staticDiscovery(systemClock, {
        shop: origins.map((origin) => ({
          id: new URL(origin).host,
          origin: origin.replace('127.0.0.1', 'localhost'),
          metadata: {},
        })),
      }),
    );
    shop.a.lead('cart', 7, ROUTES);
    const leader = await shop.b.awaitLeader('cart', 5_000);
    assert.deepEqual([leader?.member, leader?.isSelf, shop.b.lives('app-1')], ['app-1', false, true]);
    assert.deepEqual([shop.a.leaderOf('cart')?.isSelf, shop.a.lives('app-1')], [true, true]);
  });

  it('believes a peer that it hears although discovery has lost it; once it is silent it is gone', async () => {
    const tell: ((known: Known) => void)[] = [];
    const known = (origins: readonly string[]): Known => ({
      instances: origins.map((origin, index) => ({ id: `app-${index + 1}`, origin, metadata: {} })),
      ...{ state: 'current', confirmedAt: 0 },
    });
    let all: readonly string[] = [];
    await using shop = await two((origins) => {
      all = origins;
      return {
        ...staticDiscovery(systemClock, {}),
        watch(_name, changed) {
          if (changed !== undefined) tell.push(changed);
          return { current: () => known(origins), first: Promise.resolve(known(origins)), close: () => undefined };
        },
      };
    });
    shop.a.lead('cart', 7, ROUTES);
    await shop.b.awaitLeader('cart', 5_000);
    for (const changed of tell) changed(known([]));
    assert.deepEqual([shop.b.lives('app-1'), shop.b.leaderOf('cart')?.member], [true, 'app-1']);
    shop.servers[0]?.server.closeAllConnections();
    await until(shop.b.onChange, () => !shop.b.lives('app-1'));
    assert.equal(shop.b.leaderOf('cart'), undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(shop.b.lives('app-1'), false, 'nobody looks for it where it was');
    for (const changed of tell) changed(known(all));
    await until(shop.b.onChange, () => shop.b.leaderOf('cart')?.member === 'app-1');
  });

  it('believes the greater term when two claim a service', async () => {
    await using shop = await two();
    shop.a.lead('cart', 7, ROUTES);
    shop.b.lead('cart', 8, ROUTES);
    await until(shop.a.onChange, () => shop.a.leaderOf('cart')?.member === 'app-2');
    assert.equal(shop.b.leaderOf('cart')?.member, 'app-2');
  });

  it('forgets who is heard no more, empties caches, and learns anew when the peer is back', async () => {
    await using shop = await two();
    let emptied = 0;
    shop.b.invalidations.subscribe(
      () => undefined,
      () => emptied++,
    );
    shop.a.lead('cart', 7, ROUTES);
    const first = await shop.b.awaitLeader('cart', 5_000);
    shop.servers[0]?.server.closeAllConnections();
    await until(shop.b.onChange, () => shop.b.leaderOf('cart') === undefined);
    assert.equal(emptied, 1);
    assert.equal((await shop.b.awaitLeader('cart', 5_000))?.term, first?.term);
  });

  it('does not count on a peer that is leaving, though it still leads', async () => {
    await using shop = await two();
    shop.a.lead('cart', 7, ROUTES);
    await shop.b.awaitLeader('cart', 5_000);
    shop.a.retire();
    await until(shop.b.onChange, () => !shop.b.lives('app-1'));
    assert.equal(shop.b.leaderOf('cart')?.member, 'app-1');
  });

  it('tells peers, also those that come later, what it may not lead', async () => {
    await using shop = await two();
    const end = shop.a.standAside('cart');
    await until(shop.b.onChange, () => shop.b.standsAside('app-1', 'cart'));
    assert.deepEqual([shop.b.standsAside('app-1', 'orders'), shop.a.standsAside('app-1', 'cart')], [false, true]);
    shop.servers[0]?.server.closeAllConnections();
    await until(shop.b.onChange, () => !shop.b.lives('app-1'));
    await until(shop.b.onChange, () => shop.b.lives('app-1') && shop.b.standsAside('app-1', 'cart'));
    end();
    await until(shop.b.onChange, () => !shop.b.standsAside('app-1', 'cart'));
  });

  it('gives up a peer that says nothing, though its connection stands', { timeout: 20_000 }, async () => {
    await using shop = await two();
    shop.a.lead('cart', 7, ROUTES);
    await shop.b.awaitLeader('cart', 5_000);
    // A paused process keeps its connections open: here, one that answers and never says a word.
    shop.servers[0]?.server.removeAllListeners('request').on('request', (_request, response) => {
      response.writeHead(200).write('{}\n');
    });
    shop.servers[0]?.server.closeAllConnections();
    await until(shop.b.onChange, () => !shop.b.lives('app-1'));
    await until(shop.b.onChange, () => shop.b.lives('app-1'));
    await until(shop.b.onChange, () => !shop.b.lives('app-1'));
  });

  it('carries publications and the growth of logs to the peer, in one line for many', async () => {
    await using shop = await two();
    shop.a.lead('cart', 7, ROUTES);
    shop.b.lead('orders', 7, ROUTES);
    await Promise.all([shop.b.awaitLeader('cart', 5_000), shop.a.awaitLeader('orders', 5_000)]);
    const tags: string[] = [];
    const grown: unknown[] = [];
    const all = Promise.withResolvers<void>();
    shop.b.invalidations.subscribe((heard) => tags.push(...heard), assert.fail);
    shop.b.onGrown((log, heads) => {
      grown.push([log, heads]);
      all.resolve();
    });
    const heardHere: string[] = [];
    shop.a.invalidations.subscribe((heard) => heardHere.push(...heard), assert.fail);
    for (let position = 1; position <= 100; position++) {
      shop.a.invalidations.publish([`order:${position % 3}`]);
      shop.a.grew('orders', [position, 0]);
    }
    await all.promise;
    assert.deepEqual(grown, [['orders', [100, 0]]]);
    assert.deepEqual(tags, ['order:1', 'order:2', 'order:0']);
    assert.equal(heardHere.length, 100);
  });

  it('tells of logs only who leads something', async () => {
    await using shop = await two();
    shop.a.lead('cart', 7, ROUTES);
    await shop.b.awaitLeader('cart', 5_000);
    const heard: string[] = [];
    const told = Promise.withResolvers<void>();
    shop.b.onGrown((log) => heard.push(log));
    shop.b.invalidations.subscribe(() => told.resolve(), assert.fail);
    shop.a.grew('cart', [1]);
    shop.a.invalidations.publish(['cart:1']);
    await told.promise;
    assert.deepEqual(heard, []);
    shop.b.lead('orders', 7, ROUTES);
    await shop.a.awaitLeader('orders', 5_000);
    const following = new Promise((resolve) => shop.b.onGrown((_log, heads) => resolve(heads)));
    shop.a.grew('cart', [2]);
    assert.deepEqual(await following, [2]);
  });
});

function until(onChange: (listener: () => void) => () => void, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      stop();
      resolve();
    };
    const stop = onChange(look);
    look();
  });
}
