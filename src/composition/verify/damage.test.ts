import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cardProcessor } from '../../contracts/card-processor.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import { foldHash, snapshots } from '../../platform/event-store/snapshots.ts';
import { personKeys } from '../../platform/keyring/key-store.ts';
import { sagaRuns } from '../../platform/sagas/run-document.ts';
import type { Storage, StoredEvent } from '../../platform/storage/port.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { availability } from '../../services/catalog/aggregates.ts';
import { stock } from '../../services/inventory/stock.aggregate.ts';
import { noStock } from '../../services/inventory/stock.ts';
import { searchAvailability, searchProducts } from '../../services/search/kept.ts';
import { keyringNeed } from '../keyring.ts';
import { type MemoryShop, memoryShop } from '../memory-shop-harness.ts';
import { fillEmptyShop } from '../sample.ts';
import { documentsOf } from './documents.ts';
import { type Kept, verify, verifySettled } from './verify.ts';

const SKU = 'WTC';
const quiet = () => undefined;
let shop: MemoryShop;
let keys: Storage;
let bought: string;
let undone: string;

before(async () => {
  shop = await memoryShop(silentLogger);
  await fillEmptyShop(shop.composition.calls, quiet);
  keys = await shop.engines.storageFor(keyringNeed);
  undone = await buy('tok_visa');
  const cancel = await ask(`/v1/admin/orders/${undone}/cancel`, shop.adminToken, {}, { 'idempotency-key': 'cancel' });
  assert.ok(cancel.status < 300);
  bought = await buy('tok_visa');
  const ship = await ask(`/v1/admin/orders/${bought}/parcels/parcel-1/ship`, shop.adminToken, {});
  assert.equal(ship.status, 201);
  assert.deepEqual(await findings(verifySettled), []);
});
after(() => shop?.[Symbol.asyncDispose]());

async function ask(path: string, token: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${shop.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { readonly orderId: string } };
}

async function buy(card: string): Promise<string> {
  const opened = await fetch(`${shop.url}/v1/carts`, { method: 'POST' });
  const { cartId, token } = (await opened.json()) as { cartId: string; token: string };
  await ask(`/v1/carts/${cartId}/lines`, token, { sku: SKU, quantity: 2 });
  const purchase = {
    email: 'sun@example.com',
    shippingAddress: { name: 'Sun', line1: '1 Market Street', city: 'London', postalCode: 'N1', country: 'GB' },
    payment: { token: card },
  };
  const headers = { 'idempotency-key': cartId, prefer: 'wait=10' };
  const { status, body } = await ask(`/v1/carts/${cartId}/checkout`, token, purchase, headers);
  assert.equal(status, 201);
  return body.orderId;
}

/** All sentences of a verification of the whole shop, its keyring and its processor. */
async function findings(
  how: typeof verify,
  events?: { readonly service: string; readonly change: (event: StoredEvent) => StoredEvent },
): Promise<readonly string[]> {
  const kept = shop.composition.parts.map(({ name, definition, storage }): Kept => {
    if (name !== events?.service) return { definition, storage };
    const readFeed: Storage['readFeed'] = async (...asked) => (await storage.readFeed(...asked)).map(events.change);
    return { definition, storage: { ...storage, readFeed } };
  });
  const processor = shop.composition.calls.client(cardProcessor);
  const verdicts = await how(kept, quiet, { keys: { storage: keys }, processor });
  return verdicts.flatMap(({ violations }) => violations);
}

const databaseOf = (service: string): Storage => {
  const part = shop.composition.parts.find(({ name }) => name === service);
  assert.ok(part);
  return part.storage;
};

let commits = 0;

/** Writes past every rule; null deletes. */
async function write(storage: Storage, collection: Collection, key: string, body: JsonObject | null): Promise<void> {
  const rest = { fences: [], events: [], idempotency: [], positions: [] };
  const documents = [{ collection, generation: 0, key, body }];
  const result = await storage.commit({ id: `damage-${++commits}`, at: Date.now(), documents, ...rest });
  assert.equal(result.fate, 'done');
}

/** Damages one document, asks what is found, and mends it again. */
async function foundWhen(
  storage: Storage,
  collection: Collection,
  key: string,
  damage: (body: JsonObject) => JsonObject | null,
) {
  const before = (await storage.documents(collection, 0, [key])).get(key)?.body ?? null;
  await write(storage, collection, key, damage(before ?? {}));
  try {
    return await findings(verify);
  } finally {
    await write(storage, collection, key, before);
  }
}

async function anyKey(storage: Storage, collection: Collection): Promise<string> {
  for await (const { key } of documentsOf(storage, collection)) return key;
  return assert.fail(`${collection.name} is empty`);
}

describe('verify finds exactly the damage that was done to', () => {
  it('the products that search keeps', async () => {
    const search = databaseOf('search');
    const key = await anyKey(search, searchProducts);
    assert.deepEqual(await foundWhen(search, searchProducts, key, (body) => ({ ...body, prices: { GBP: 1 } })), [
      `product ${key} is not kept as catalog last told it`,
    ]);
    assert.deepEqual(await foundWhen(search, searchProducts, key, () => null), [
      `product ${key} is not kept, though catalog told of it`,
    ]);
    assert.deepEqual(await foundWhen(search, searchProducts, 'nobody', () => ({ productId: 'nobody' })), [
      'product nobody is kept, but catalog does not tell of it',
    ]);
  });

  for (const [service, collection] of [
    ['search', searchAvailability],
    ['catalog', availability],
  ] as const)
    it(`the availability that ${service} keeps`, async () => {
      const damaged = () => ({ availability: 'discontinued' });
      assert.deepEqual(await foundWhen(databaseOf(service), collection, SKU, damaged), [
        `SKU ${SKU} is not kept as inventory last told it`,
      ]);
    });

  it('a snapshot', async () => {
    const made = (version: number) => ({
      ...{ version, fold: stock.snapshot?.fold ?? 0, hash: foldHash(stock) },
      state: stock.snapshot?.encode(noStock) ?? {},
    });
    const inventory = databaseOf('inventory');
    assert.deepEqual(await foundWhen(inventory, snapshots, `stock/${SKU}`, () => made(2)), [
      `the snapshot of stock/${SKU} at version 2 is not the fold of its events`,
    ]);
    assert.deepEqual(await foundWhen(inventory, snapshots, `stock/${SKU}`, () => made(99)), [
      `the snapshot of stock/${SKU} is of version 99, which the stream does not have`,
    ]);
  });

  it('a person’s key', async () => {
    const person = await anyKey(keys, personKeys);
    const [lost = '', ...more] = await foundWhen(keys, personKeys, person, () => null);
    assert.match(lost, new RegExp(`^${person} has neither a key nor an erasure, but is sealed in `));
    assert.deepEqual(more, []);
    const at = Date.now();
    assert.deepEqual(await foundWhen(keys, personKeys, person, (body) => ({ ...body, erasedAt: at })), [
      `${person} was erased at ${new Date(at).toISOString()}, but the key is still there`,
    ]);
    assert.deepEqual(await foundWhen(keys, personKeys, person, () => ({ erasedAt: at })), []);
  });

  it('a saga’s end', async () => {
    const orders = databaseOf('orders');
    const key = await anyKey(orders, sagaRuns);
    assert.deepEqual(await foundWhen(orders, sagaRuns, key, (body) => ({ ...body, refusedEnd: 'order_cancelled' })), [
      `orders: the saga ${key} ended, refused: order_cancelled`,
    ]);
  });

  it('the processor’s book', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const { body } = await shop.processor.get(`/report?day=${day}`);
    const lines = body.lines as readonly { readonly kind: string; readonly amount: number }[];
    const twice = lines.filter(({ kind }) => kind === 'capture');
    await shop.processor.post('/control/report', { day, lines: [...lines, ...twice] });
    const [found = '', ...more] = await findings(verify);
    await shop.processor.post('/control/report', { day });
    assert.match(found, /has the capture shm_\S+ of order \S+ more than once/);
    assert.deepEqual(more, []);
  });

  it('an entry of the ledger: its currency', async () => {
    const change = (event: StoredEvent) =>
      event.type === 'PaymentCaptured'
        ? { ...event, data: { ...event.data, entry: { ...(event.data.entry as JsonObject), currency: 'EUR' } } }
        : event;
    const found = await findings(verify, { service: 'payments', change });
    assert.ok(found.some((each) => /^the entry of payment\/\S+ at version \d is in EUR, .* in GBP$/.test(each)));
  });

  it('a void: what is left on the card of an order that came to nothing', async () => {
    const less = (event: StoredEvent) =>
      event.type === 'PaymentVoided'
        ? { ...event, data: { ...event.data, amount: { amount: 1, currency: 'GBP' } } }
        : event;
    const found = await findings(verify, { service: 'payments', change: less });
    assert.match(found[0] ?? '', new RegExp(`^the card of ${undone} is left with \\d+ held`));
    assert.match(found[1] ?? '', /^The ledger has the void .* with 1 GBP .* the processor's report/);
    assert.equal(found.length, 2);
  });
});
