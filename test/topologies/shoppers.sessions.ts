import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock, systemRandom } from '../../src/platform/clock/system.ts';
import { memoryRateLimits } from '../../src/platform/rate-limit/memory.ts';
import { redisRateLimits } from '../../src/platform/rate-limit/redis.ts';
import { connectRedis } from '../../src/platform/redis/connect.ts';
import { call, eventually, stockShop } from '../scenarios/api.ts';
import { type PatientShopper, patientShopper } from './patient-shopper.ts';
import { type SupervisedUnderTest, startSupervised } from './supervised.ts';

const SHOPPERS = 2;
const WITHIN_MS = 120_000;
const PER_MINUTE = 600;

let shop: SupervisedUnderTest;
let operator: { cookie: string; origin: string };
before(async () => {
  shop = await startSupervised('sessions');
  await stockShop(shop);
  const { host, origin } = new URL(shop.url);
  const signedIn = await call(shop, 'POST', '/console/api/session', {
    headers: { origin, host, 'sec-fetch-site': 'same-origin' },
    body: { token: shop.adminToken, operator: 'sun' },
  });
  assert.equal(signedIn.status, 201, JSON.stringify(signedIn.body));
  operator = { cookie: String(signedIn.headers.getSetCookie()[0]).split(';')[0] ?? '', origin };
});
after(() => shop?.stop());

const rowOf = (name: string) => shop.rows().find((row) => row.name.split(' ')[0] === name);
const doorOf = (name: string) => ({ ...shop, url: `http://127.0.0.1:${rowOf(name)?.port}` });

function pidOf(name: string): number {
  const { pid } = rowOf(name) ?? {};
  assert.ok(pid, `${name} runs`);
  return pid;
}

/** Whether a process that was killed is there again, as another. */
async function answersAnew(name: string, killed: number): Promise<boolean> {
  const { pid } = rowOf(name) ?? {};
  if (pid === undefined || pid === killed) return false;
  const ready = await call(doorOf(name), 'GET', '/readyz').catch(() => undefined);
  return ready?.status === 200;
}

/** Who is signed in at a door, as the console there says; undefined while it does not answer. */
async function operatorAt(url: string): Promise<string | null | undefined> {
  const answer = await call({ ...shop, url }, 'GET', '/console/api/session', {
    headers: { cookie: operator.cookie },
  }).catch(() => undefined);
  return answer?.status === 200 ? (answer.body.session?.operator ?? null) : undefined;
}

/** Shoppers who buy one cart after another, and an operator who looks at the console, while `during` happens. */
async function meanwhile(during: (shoppers: readonly PatientShopper[]) => Promise<void>): Promise<void> {
  const shoppers = Array.from({ length: SHOPPERS }, () => patientShopper(shop.url));
  let over = false;
  const shopping = shoppers.map(async (shopper) => {
    while (!over) await shopper.purchase();
  });
  const looking = (async () => {
    for (; !over; await pause(200)) {
      const who = await operatorAt(shop.url);
      assert.ok(who === undefined || who === 'sun', 'the operator was signed out');
    }
  })();
  const all = Promise.all([...shopping, looking]);
  try {
    await Promise.race([during(shoppers), all]);
  } finally {
    over = true;
  }
  await all;
  console.log(`the longest pause: ${Math.round(Math.max(...shoppers.map(({ longestMs }) => longestMs())))} ms`);
}

/** Resolves when everybody has bought `more` since. */
async function everybodyBuys(shoppers: readonly PatientShopper[], more: number): Promise<void> {
  const before = shoppers.map(({ orders }) => orders.length);
  await eventually(
    async () => shoppers.map(({ orders }, index) => orders.length - (before[index] ?? 0)),
    (bought) => bought.every((count) => count >= more),
    WITHIN_MS,
  );
}

/** A count of a process, added up over its labels. */
async function counted(door: string, metric: string): Promise<number> {
  const { body } = await call(doorOf(door), 'GET', '/metrics');
  const lines = String(body)
    .split('\n')
    .filter((line) => line.startsWith(metric));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
const hits = async () =>
  (await counted('app-1', 'jangteo_cart_copies_total{outcome="hit"}')) +
  (await counted('app-2', 'jangteo_cart_copies_total{outcome="hit"}'));

describe('a shopper in the middle of everything', { concurrency: false }, () => {
  it('is shown their cart by both processes, by the one that does not lead it from a copy', async () => {
    const before = await hits();
    await meanwhile((shoppers) => everybodyBuys(shoppers, 2));
    assert.ok((await hits()) > before, 'nobody was answered from a copy');
  });

  for (const victim of ['app-1', 'app-2'])
    it(`notices no more than a pause when ${victim} is killed; the operator stays signed in`, async () => {
      await meanwhile(async (shoppers) => {
        await everybodyBuys(shoppers, 1);
        const killed = pidOf(victim);
        process.kill(killed, 'SIGKILL');
        await everybodyBuys(shoppers, 1);
        await eventually(() => answersAnew(victim, killed), Boolean, WITHIN_MS);
        await everybodyBuys(shoppers, 1);
      });
    });
});

describe('guests of one address', { concurrency: false }, () => {
  const address = '203.0.113.77';
  /** Opens carts at both doors at the same time, by the API and by pages; answers how many were opened, and in how many seconds. */
  async function openMany(each: number) {
    const since = performance.now();
    const headers = { 'x-forwarded-for': address, 'sec-fetch-site': 'same-origin', 'x-jangteo': 'page' };
    const asks = ['app-1', 'app-2'].flatMap((name) =>
      Array.from({ length: each }, (_, index) =>
        index % 2 === 0
          ? call(doorOf(name), 'POST', '/v1/carts', { headers, body: { currency: 'GBP' } })
          : call(doorOf(name), 'POST', '/web/v1/en/cart/lines?currency=GBP', {
              headers,
              body: { sku: 'teapot-1', quantity: 1 },
            }),
      ),
    );
    const statuses = (await Promise.all(asks)).map(({ status }) => status);
    assert.ok(
      statuses.every((status) => [200, 201, 429, 503].includes(status)),
      String(statuses),
    );
    const opened = statuses.filter((status) => status === 200 || status === 201).length;
    const unanswered = statuses.filter((status) => status === 503).length;
    return { opened, unanswered, freed: ((performance.now() - since) / 60_000) * PER_MINUTE };
  }

  it('open as many carts as one may, however many processes they ask', async () => {
    const redis = await connectRedis(
      { address: `redis://127.0.0.1:${rowOf('redis')?.port}` },
      systemClock,
      systemRandom,
    );
    try {
      const limiter = redisRateLimits(redis, { local: memoryRateLimits(systemClock) })({
        ...{ name: 'carts.open', count: PER_MINUTE, perMs: 60_000 },
      });
      assert.equal((await limiter.take(address, PER_MINUTE - 20)).allowed, true);
      const { opened, unanswered, freed } = await openMany(60);
      assert.ok(opened <= 20 + freed + 1, `${opened} were opened, ${freed} became free meanwhile`);
      assert.ok(opened + unanswered >= 20 && opened < 120, `${opened} were opened, ${unanswered} not answered`);
    } finally {
      await redis.close();
    }
  });
});

describe('without Redis', { concurrency: false }, () => {
  it('checkout goes on, nobody is signed out, limits are counted by each process, carts are read where they are led; then it is back', async () => {
    await meanwhile(async (shoppers) => {
      await everybodyBuys(shoppers, 1);
      const killed = pidOf('redis');
      process.kill(killed, 'SIGSTOP');
      await eventually(
        () => counted('app-2', 'jangteo_engine_up{engine="redis"}'),
        (up) => up === 0,
        WITHIN_MS,
      );
      const before = await hits();
      await everybodyBuys(shoppers, 1);
      assert.equal(await hits(), before, 'somebody was answered from a copy that cannot be read');
      for (const name of ['app-1', 'app-2']) assert.equal(await operatorAt(doorOf(name).url), 'sun');
      const opened = await call(doorOf('app-1'), 'POST', '/v1/carts', {
        headers: { 'x-forwarded-for': '203.0.113.77' },
        body: { currency: 'GBP' },
      });
      assert.equal(opened.status, 201);
      assert.ok((await counted('app-1', 'jangteo_rate_limits_local_total')) > 0);

      process.kill(killed, 'SIGKILL');
      for (const name of ['app-1', 'app-2'])
        await eventually(
          () => counted(name, 'jangteo_engine_up{engine="redis"}'),
          (up) => up === 1,
          WITHIN_MS,
        );
      await everybodyBuys(shoppers, 1);
      await eventually(hits, (now) => now > before, WITHIN_MS);
    });
  });

  it('nothing was lost that the shop owes anybody', async () => {
    await shop.verify();
  });
});
