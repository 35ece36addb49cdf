import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import pg from 'pg';
import { databaseUrl, testServer } from '../../src/platform/postgres/test-database.ts';
import { assertProblem, call, cartWith, checkout, eventually, order, stockShop } from '../scenarios/api.ts';
import { type ShopUnderTest, startShop } from '../shop.ts';

/** Instead of the 15 s that a role really has. */
const PAUSE_IN_TEST = '6s';
/** Shorter than anybody waits for a lock. */
const SOON_MS = 3_500;
const REFUSED_WITHIN_MS = 15_000;
const FREED_WITHIN_MS = 40_000;

let shop: ShopUnderTest;
let superuser: pg.Client;
before(async () => {
  shop = await startShop();
  await stockShop(shop);
  superuser = new pg.Client({ connectionString: databaseUrl(testServer(18), `${shop.databasePrefix}_orders`) });
  superuser.on('error', () => undefined);
  await superuser.connect();
  await superuser.query("set lock_timeout = '20s'");
});
afterEach(async () => {
  const { rows } = await superuser.query('select gid from pg_prepared_xacts where database = current_database()');
  for (const { gid } of rows) await superuser.query(`rollback prepared '${gid}'`);
});
after(async () => {
  await superuser?.end();
  await shop?.stop();
});

/** Reads of what is there, and writes that need other services only, all while something holds the orders' locks. */
async function assertOthersGoOn(orderId: string, token: string): Promise<void> {
  const started = performance.now();
  const paths = ['/v1/products/teapot', '/v1/products', '/v1/orders', `/v1/orders/${orderId}`, '/readyz'];
  const answers = await Promise.all(paths.map((path) => call(shop, 'GET', path, { token })));
  assert.deepEqual(
    answers.map(({ status }) => status),
    paths.map(() => 200),
  );
  await cartWith(shop, { 'towel-1': 1 });
  assert.ok(performance.now() - started < SOON_MS, 'somebody who needs none of the locks had to wait');
}

describe('a transaction that is left open', { concurrency: false }, () => {
  it('stops no reader, refuses writers in time, and loses nothing: forgotten after PREPARE, with the heads of the log', async () => {
    const bought = await cartWith(shop, { 'teapot-1': 1 });
    const { body } = await checkout(shop, bought);
    await superuser.query("begin; update log_head set position = position; prepare transaction 'forgotten'");
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const started = performance.now();
    const refused = checkout(shop, cart, { key: 'while-it-is-held', wait: 1 });
    await assertOthersGoOn(body.orderId, bought.token);
    assertProblem(await refused, 503, 'unavailable');
    assert.notEqual((await refused).headers.get('retry-after'), null);
    assert.ok(performance.now() - started < REFUSED_WITHIN_MS, 'a writer waited too long');

    await superuser.query("rollback prepared 'forgotten'");
    const again = await eventually(
      () => checkout(shop, cart, { key: 'while-it-is-held' }),
      ({ status }) => status === 201,
    );
    assert.equal((await order(shop, again.body.orderId, cart.token)).status, 'confirmed');
    assert.equal((await order(shop, body.orderId, bought.token)).status, 'confirmed');
    const listed = await eventually(
      () => call(shop, 'GET', '/v1/orders', { token: cart.token }),
      (answer) => answer.body.items.length > 0,
    );
    assert.equal(listed.body.items.length, 1);
  });

  it('stops nobody when it holds nothing but its place in history', async () => {
    await superuser.query("begin; select pg_current_xact_id(); prepare transaction 'asleep'");
    for (let n = 0; n < 5; n++)
      assert.equal((await checkout(shop, await cartWith(shop, { 'teapot-1': 1 }))).status, 201);
    await superuser.query("rollback prepared 'asleep'");
  });

  it('refuses readers in time, too, when it has locked a whole table away from them', async () => {
    await superuser.query("begin; lock table log, log_head in access exclusive mode; prepare transaction 'locked'");
    const started = performance.now();
    const refused = await checkout(shop, await cartWith(shop, { 'teapot-1': 1 }), { wait: 1 });
    assertProblem(refused, 503, 'unavailable');
    assert.ok(performance.now() - started < REFUSED_WITHIN_MS, 'a writer waited too long');
    await superuser.query("rollback prepared 'locked'");
    await eventually(async () => (await checkout(shop, await cartWith(shop, { 'teapot-1': 1 }))).status, isCreated);
  });

  it('loses its locks when its program pauses in the middle of it, and its late commit comes to nothing', async () => {
    // A writer of the service's own role, as a process that is stopped while it takes a partition.
    const paused = new pg.Client({ connectionString: await ownersUrl() });
    let lost: Error | undefined;
    paused.on('error', (error) => {
      lost = error;
    });
    await paused.connect();
    await paused.query('begin; update log_head set fence = fence + 1');
    const heldSince = performance.now();
    await eventually(
      async () => (await checkout(shop, await cartWith(shop, { 'teapot-1': 1 }), { wait: 2 })).status,
      isCreated,
      FREED_WITHIN_MS,
    );
    assert.ok(performance.now() - heldSince > SOON_MS, 'the writer held nobody up');
    await assert.rejects(paused.query('commit'));
    assert.ok(lost !== undefined, 'its session should be gone');
  });
});

const isCreated = (status: number) => status === 201;

/** For the orders' own role, with a password of this test's. */
async function ownersUrl(): Promise<string> {
  const { rows } = await superuser.query('select current_database() as name');
  const role = `${rows[0].name.slice(0, -1)}x`;
  await superuser.query(`create role ${role} login superuser password 'paused'`);
  const settings = await superuser.query('select unnest(rolconfig) as setting from pg_roles where rolname = $1', [
    rows[0].name,
  ]);
  const kept = settings.rows.map(({ setting }) => setting);
  assert.ok(kept.includes('idle_in_transaction_session_timeout=15s'), String(kept));
  await superuser.query(`alter role ${role} set idle_in_transaction_session_timeout = '${PAUSE_IN_TEST}'`);
  const url = new URL(databaseUrl(testServer(18), rows[0].name));
  url.username = role;
  url.password = 'paused';
  return url.href;
}
