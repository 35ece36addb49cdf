import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { namedRoutes } from '../../src/composition/gateway/routes.ts';
import type { Topology } from '../../src/composition/topology.ts';
import { temporaryFolder } from '../crash/shop-process.ts';
import {
  assertLedgerBalances,
  assertNothingLost,
  assertStockWhole,
  crowd,
  type Purchase,
  stockForCrowds,
} from '../crash/shoppers.ts';
import { type Body, call, eventually, putProduct, type ShopUnderTest } from '../scenarios/api.ts';
import { idsOf, type Searchers, searchers } from './searchers.ts';
import { type SupervisedUnderTest, startSupervised } from './supervised.ts';

/**
 * Search in a process of its own, beside one with everything else and behind a gateway: only search is loaded, and only search grows.
 * It is loaded by more people than it is to have requests under way, so that nothing here depends on how fast the machine is.
 */
const PIECES = 20;
const PLATES = 20;
const [FEW, MANY] = [2, 12];
const ANSWERS = 150;
/** A machine that has other work may take minutes for the start of a process. */
const WITHIN_MS = 240_000;
const ALONE = ['app-1', 'gateway-1', 'search-1'];
const GROWN = [...ALONE, 'search-2'];
/** Who searches may have to wait for the processor for a moment: that is not yet quiet. */
const grow = { max: 2, underWay: 1, growAfterMs: 1_000, shrinkAfterMs: 5_000, restMs: 1_000 };

/** However long a search takes on a machine that has other work, it is answered. */
const PATIENCE_MS = 30_000;

function apart({ balancer: _, ...topology }: Topology): Topology {
  const { services = [], ...app } = topology.processes?.app ?? {};
  return {
    ...topology,
    services: { ...topology.services, search: { settings: { queryTimeoutMs: PATIENCE_MS } } },
    engines: { ...topology.engines, opensearch: { url: process.env.JANGTEO_TEST_OPENSEARCH ?? '' } },
    search: 'opensearch',
    processes: {
      gateway: { gateway: { routes: patientRoutes() } },
      app: { ...app, replicas: 1, services: services.filter((service) => service !== 'search') },
      search: { services: ['search'], grow },
    },
  };
}

/** A file with the usual routes, of which none is given up early. */
function patientRoutes(): string {
  const table = namedRoutes('microservices');
  const file = join(folder, 'routes.json');
  writeFileSync(file, JSON.stringify({ ...table, routes: table.routes.map(({ timeoutMs: _, ...route }) => route) }));
  return file;
}

const folder = temporaryFolder('jangteo-growing-');
let shop: SupervisedUnderTest;
let isStopped = false;
const everything: Purchase[] = [];
const plates = Array.from({ length: PLATES }, (_, at) => `plate-${String(at).padStart(2, '0')}`);
/** What there is to find. */
const asked = new Map([
  ['plate', plates],
  ['teapot', ['teapot']],
  ['수건', ['towel']],
]);
before(async () => {
  shop = await startSupervised('scale-out', { adapt: apart });
  await stockForCrowds(shop, PIECES);
  await Promise.all(
    plates.map((plate) => putProduct(shop, plate, 'potter', { en: `Plate ${plate}`, ko: `접시 ${plate}` }, 700)),
  );
  for (const [words, ids] of asked)
    await eventually(
      async () => idsOf(await found(shop, words)),
      (told) => told.join() === ids.join(),
      WITHIN_MS,
    );
});
after(async () => {
  if (!isStopped) await shop?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const replicas = () =>
  shop
    .rows()
    .filter(({ name, state }) => state === 'running' && /-\d$/.test(name))
    .map(({ name }) => name)
    .sort();
const are = (names: readonly string[]) =>
  eventually(
    async () => replicas(),
    (now) => now.join() === names.join(),
    WITHIN_MS,
  );
/** What was ever started beside those that are always there. */
const grown = () => shop.said.flatMap((line) => / requests under way: (\S+) is started/.exec(line)?.[1] ?? []);

function doorOf(name: string): ShopUnderTest {
  const port = shop.rows().find((row) => row.name === name)?.port;
  assert.ok(port, `${name} is there`);
  return { ...shop, url: `http://127.0.0.1:${port}` };
}

/** By the gateway, and by the process that shows the pages. */
const bothWays = () => [shop, doorOf('app-1')];

async function found(door: ShopUnderTest, words: string): Promise<Body> {
  const { status, body } = await call(door, 'GET', `/v1/search?limit=100&q=${encodeURIComponent(words)}`);
  return status === 200 ? body : { hits: [] };
}

/** How many searches a replica has answered since it began. */
async function answeredBy(name: string): Promise<number> {
  const { body } = await call(doorOf(name), 'GET', '/metrics');
  const told = String(body).matchAll(/^jangteo_http_request_duration_seconds_count\{([^}]*)\} (\d+)/gm);
  return [...told].reduce((sum, [, labels, count]) => sum + (labels?.includes('"/v1/search"') ? Number(count) : 0), 0);
}

/** What each of the two has answered while there were so many answers. */
async function sharesOf(load: Searchers): Promise<readonly number[]> {
  const names = ['search-1', 'search-2'];
  const from = await Promise.all(names.map(answeredBy));
  const right = load.right();
  await eventually(
    async () => load.right() - right,
    (count) => count >= ANSWERS,
    WITHIN_MS,
  );
  const to = await Promise.all(names.map(answeredBy));
  return to.map((count, at) => count - (from[at] ?? 0));
}

function assertEverybodyFound(load: Searchers): void {
  assert.deepEqual(load.wrong, []);
  assert.ok(load.right() > 0, 'somebody has searched');
}

describe('a shop of which one process may grow', { concurrency: false }, () => {
  it('sells without growing', async () => {
    assert.deepEqual(replicas(), ALONE);
    await using shoppers = crowd(shop, FEW, { wait: 5 });
    await pause(grow.growAfterMs * 4);
    await shoppers.leave();
    everything.push(...shoppers.purchases);
    assert.deepEqual([shoppers.surprises, replicas(), grown()], [[], ALONE, []]);
  });

  it('grows where it is loaded and nowhere else; both replicas answer, and neither searching nor buying fails', async () => {
    await using shoppers = crowd(shop, FEW, { wait: 5 });
    await using load = searchers(bothWays(), MANY, asked);
    await are(GROWN);
    const shares = await sharesOf(load);
    for (const share of shares) assert.ok(share > ANSWERS / 6, `the two have answered ${shares}`);
    await load.leave();
    await shoppers.leave();
    everything.push(...shoppers.purchases);
    assertEverybodyFound(load);
    assert.deepEqual([shoppers.surprises, grown()], [[], ['search-2']]);
  });

  it('tells everywhere what has changed, and loses no search when the replica that came last is killed', async () => {
    await using load = searchers(bothWays(), MANY, asked);
    await are(GROWN);
    await putProduct(shop, 'teapot', 'potter', { en: 'Blue stoneware teapot', ko: '파란 도자기찻주전자' }, 2_600);
    for (const name of ['search-1', 'search-2'])
      await eventually(
        async () => (await found(doorOf(name), 'teapot')).hits[0]?.prices,
        (prices) => prices?.[0]?.amount === 2_600,
        WITHIN_MS,
      );
    const victim = shop.rows().find(({ name }) => name === 'search-2');
    assert.ok(victim?.pid);
    process.kill(victim.pid, 'SIGKILL');
    await eventually(
      async () => shop.rows().find(({ name }) => name === 'search-2'),
      (row) => row?.state === 'running' && row.restarts === victim.restarts + 1,
      WITHIN_MS,
    );
    const shares = await sharesOf(load);
    for (const share of shares) assert.ok(share > ANSWERS / 6, `the two have answered ${shares}`);
    await load.leave();
    assertEverybodyFound(load);
  });

  it('comes back to what it was when it is quiet, and who searches does not notice', async () => {
    await using few = searchers([shop], 1, asked, 500);
    await are(ALONE);
    const right = few.right();
    await eventually(
      async () => few.right() - right,
      (count) => count > 5,
      WITHIN_MS,
    );
    await few.leave();
    assertEverybodyFound(few);
    assert.ok(shop.said.some((line) => line.includes('search is quiet: search-2 is retired')));
  });

  it('keeps every invariant through all of that', async () => {
    await assertNothingLost(shop, everything);
    await assertStockWhole(shop, everything, PIECES);
    await assertLedgerBalances(shop);
    await shop.verify();
  });

  it('ends while another replica is only starting', async () => {
    await are(ALONE);
    const before = grown().length;
    await using load = searchers(bothWays(), MANY, asked);
    await eventually(
      async () => grown().length,
      (count) => count > before,
      WITHIN_MS,
    );
    const starting = await eventually(
      async () => shop.rows().find(({ name }) => name === 'search-2'),
      (row) => row?.pid !== undefined,
    );
    assert.equal(starting?.state, 'starting');
    isStopped = true;
    await Promise.all([load.leave(), shop.stop()]);
    assert.throws(() => process.kill(starting?.pid ?? 0, 0), { code: 'ESRCH' });
    assert.ok(!shop.said.some((line) => line.includes('search-2 could not')), shop.said.slice(-20).join('\n'));
  });
});
