import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inventory } from '../../contracts/inventory.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { type MemoryShop, memoryShop } from '../memory-shop-harness.ts';

let shop: MemoryShop;
let headers: Record<string, string>;

before(async () => {
  shop = await memoryShop(silentLogger);
  const url = '/console/api/session';
  const answer = await shop.http.inject({ method: 'POST', url, payload: { token: shop.adminToken, operator: 'Kim' } });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  headers = { cookie, 'x-csrf-token': answer.json().csrfToken };
});
after(() => shop[Symbol.asyncDispose]());

async function get(url: string) {
  const answer = await shop.http.inject({ url, headers });
  assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`);
  assert.equal(answer.headers['cache-control'], 'no-store');
  return answer.json();
}

test('every page’s figures are for those who are signed in', async () => {
  const { paths } = (await shop.http.inject('/console/openapi.json')).json() as { paths: Record<string, object> };
  const reads = Object.entries(paths).filter(([path, methods]) => 'get' in methods && !path.endsWith('/session'));
  assert.ok(reads.length >= 6);
  for (const [path] of reads) {
    const answer = await shop.http.inject(path.replaceAll(/\{\w+\}/g, 'x'));
    assert.equal(answer.statusCode, 401, path);
  }
});

test('the overview tells of money, stock and what waits', async () => {
  const client = shop.composition.calls.client(inventory);
  await client.setOnHand({ sku: 'LAST-ONE', onHand: 1 });
  const alerts = async () => (await get('/console/api/overview')).alerts.items as { level: { sku: string } }[];
  for (let tries = 0; (await alerts()).length === 0 && tries < 50; tries++)
    await new Promise((go) => setTimeout(go, 50));
  assert.equal((await alerts())[0]?.level.sku, 'LAST-ONE');
  const overview = await get('/console/api/overview');
  assert.deepEqual([overview.revenue, overview.cases], [[], []]);
  assert.deepEqual(overview.sagas, { inFlight: 0, stuck: 0 });
  const states = overview.breakers.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`);
  assert.ok(states.includes('card-processor closed'), states.join());
});

test('sagas are told with their steps', async () => {
  const { items, kinds } = await get('/console/api/sagas?phase=forward&waitingMs=1000');
  assert.deepEqual(items, []);
  const checkout = kinds.find(({ saga }: { saga: string }) => saga === 'checkout');
  assert.deepEqual(checkout, { service: 'orders', saga: 'checkout', steps: ['reserve', 'authorise'] });
});

test('a view that is asked for twice at once is rebuilt once', async () => {
  const view = async () => {
    const { items } = await get('/console/api/views');
    return items.find(({ name }: { name: string }) => name === 'stock_alerts');
  };
  const { generation } = await view();
  const url = '/console/api/views/inventory/stock_alerts/rebuild';
  const asked = await Promise.all([1, 2, 3].map(() => shop.http.inject({ method: 'POST', url, headers })));
  assert.deepEqual(
    asked.map(({ statusCode }) => statusCode),
    [202, 202, 202],
  );
  for (let tries = 0; (await view()).generation === generation && tries < 100; tries++)
    await new Promise((go) => setTimeout(go, 50));
  await new Promise((go) => setTimeout(go, 200));
  assert.equal((await view()).generation, generation + 1);
  const unknown = await shop.http.inject({ method: 'POST', url: url.replace('stock_alerts', 'nothing'), headers });
  assert.equal(unknown.json().code, 'unknown_view');
});

test('the system tells of its process, its parts and their logs', async () => {
  const system = await get('/console/api/system');
  assert.equal(system.ready, true);
  assert.equal(system.process.pid, process.pid);
  assert.ok(system.process.memory.rssBytes > 1_000_000);
  const part = system.services.find(({ name }: { name: string }) => name === 'inventory');
  assert.equal(part.log.partitions > 0 && part.log.events > 0, true);
});

test('the topology shows every service, and what just went between them', async () => {
  const product = await shop.http.inject('/v1/products?limit=1');
  assert.equal(product.statusCode, 200);
  const { nodes, edges } = await get('/console/api/topology');
  const ids = new Set(nodes.map(({ id }: { id: string }) => id));
  for (const { name } of shop.composition.parts) assert.ok(ids.has(name) && ids.has(`db:${name}`), name);
  assert.ok(ids.has('card-processor') && ids.has('bus'));
  const toCatalog = edges.find(({ from, to }: { from: string; to: string }) => from === 'gateway' && to === 'catalog');
  assert.ok(toCatalog.total >= 1);
});

test('the pulse is a stream of beats', async () => {
  const answer = await fetch(`${shop.url}/console/api/pulse/events`, { headers });
  assert.match(String(answer.headers.get('content-type')), /event-stream/);
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  const beat = JSON.parse(/data: (.*)\n/.exec(Buffer.from(value ?? []).toString())?.[1] ?? '{}');
  assert.ok(beat.at > 0 && beat.memoryBytes > 0);
  const { beats } = await get('/console/api/pulse');
  assert.ok(beats.length >= 1);
});
