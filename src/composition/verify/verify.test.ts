import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { StoredDocument, StoredEvent } from '../../platform/storage/port.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { type MemoryShop, memoryShop } from '../memory-shop-harness.ts';
import { fillEmptyShop } from '../sample.ts';
import { type Kept, verify, verifySettled } from './verify.ts';

const quiet = () => undefined;
const SKU = 'WTC';
let shop: MemoryShop;

before(async () => {
  shop = await memoryShop(silentLogger);
  await fillEmptyShop(shop.composition.calls, quiet);
  await sellWithADeclineAndARefund();
});
after(() => shop[Symbol.asyncDispose]());

async function ask(path: string, token: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${shop.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as { readonly orderId?: string } };
}

/** One cart whose first card is declined and whose second one pays; two pieces are shipped and one is paid back. */
async function sellWithADeclineAndARefund() {
  const opened = await fetch(`${shop.url}/v1/carts`, { method: 'POST' });
  const { cartId, token } = (await opened.json()) as { cartId: string; token: string };
  assert.equal((await ask(`/v1/carts/${cartId}/lines`, token, { sku: SKU, quantity: 2 })).status, 200);
  const purchase = (card: string) => ({
    email: 'sun@example.com',
    shippingAddress: { name: 'Sun', line1: '1 Market Street', city: 'London', postalCode: 'N1', country: 'GB' },
    payment: { token: card },
  });
  const checkout = (card: string) =>
    ask(`/v1/carts/${cartId}/checkout`, token, purchase(card), { 'idempotency-key': card, prefer: 'wait=10' });
  assert.equal((await checkout('tok_declined')).status, 402);
  const bought = await checkout('tok_visa');
  assert.equal(bought.status, 201);
  const order = `/v1/admin/orders/${bought.body.orderId}`;
  const shipped = await ask(`${order}/parcels/parcel-1/ship`, shop.adminToken, {});
  assert.equal(shipped.status, 201);
  const lines = [{ sku: SKU, quantity: 1 }];
  const refund = await ask(`${order}/refunds`, shop.adminToken, { lines }, { 'idempotency-key': 'refund' });
  assert.equal(refund.status, 201);
}

interface Corruption {
  readonly events?: (events: readonly StoredEvent[]) => readonly StoredEvent[];
  readonly document?: (document: StoredDocument) => StoredDocument;
}

/** The shop's databases, one of which tells something else than was written. */
function keptWith(service: string, { events, document }: Corruption): readonly Kept[] {
  return shop.composition.parts.map(({ name, definition, storage }): Kept => {
    if (name !== service) return { definition, storage };
    const corrupt: Kept['storage'] = {
      ...storage,
      readFeed: async (after, limit) => {
        const told = await storage.readFeed(after, limit);
        return events === undefined ? told : events(told);
      },
      documents: async (...wanted) => {
        const found = await storage.documents(...wanted);
        return document === undefined ? found : new Map([...found].map(([key, each]) => [key, document(each)]));
      },
    };
    return { definition, storage: corrupt };
  });
}

const dataOf = (type: string, change: (data: StoredEvent['data']) => StoredEvent['data']) => ({
  events: (told: readonly StoredEvent[]) =>
    told.map((event) => (event.type === type ? { ...event, data: change(event.data) } : event)),
});

async function violated(service: string, corruption: Corruption): Promise<string> {
  const verdicts = await verify(keptWith(service, corruption), quiet);
  return verdicts
    .filter(({ violations }) => violations.length > 0)
    .map(({ check }) => check)
    .join('; ');
}

describe('verify', () => {
  it('finds a shop sound in which a card was declined, and looks at everything', async () => {
    const verdicts = await verifySettled(keptWith('none', {}), quiet);
    assert.deepEqual(
      verdicts.filter(({ violations }) => violations.length > 0),
      [],
    );
    const unseen = verdicts.filter(({ examined }) => examined === 0).map(({ check }) => check);
    assert.deepEqual(unseen, [
      'search: the log is whole',
      'nothing is held for an order that has ended',
      'what is reserved is what an order under way asked for',
    ]);
  });

  it('finds that a row of the log is gone', async () => {
    const events = (told: readonly StoredEvent[]) => told.filter(({ type }) => type !== 'OrderConfirmed');
    assert.match(await violated('orders', { events }), /orders: the log is whole.*order-status equals its rebuild/);
  });

  it('finds a changed row of the ledger', async () => {
    const changed = dataOf('PaymentCaptured', ({ entry, ...rest }) => {
      const [first, ...others] = (entry as { transfers: { amount: number }[] }).transfers;
      const transfers = [{ ...first, amount: (first?.amount ?? 0) + 1 }, ...others];
      return { ...rest, entry: { ...(entry as object), transfers } } as StoredEvent['data'];
    });
    assert.match(await violated('payments', changed), /ledger_entries equals its rebuild.*every journal entry moves/);
  });

  it('finds a balance that is not the sum of its entries', async () => {
    const document = (each: StoredDocument) =>
      'debits' in each.body ? { ...each, body: { ...each.body, debits: Number(each.body.debits) + 1 } } : each;
    assert.match(await violated('payments', { document }), /ledger_balances equals its rebuild/);
  });

  it('finds a piece sold that nobody bought, and one that is held for an order that has ended', async () => {
    const more = dataOf('StockReserved', (data) => ({ ...data, quantity: Number(data.quantity) + 1 }));
    assert.match(await violated('inventory', more), /what is sold is what confirmed orders hold/);
    const unsold = dataOf('StockSold', (data) => ({ ...data, order: 'ord-of-nobody' }));
    assert.match(await violated('inventory', unsold), /nothing is held for an order that has ended/);
  });

  it('finds a capture and a refund of another amount, and an authorisation that was never given', async () => {
    const dearer = (data: StoredEvent['data']) => ({ ...data, amount: { amount: 1, currency: 'GBP' } });
    assert.match(await violated('payments', dataOf('PaymentCaptured', dearer)), /captured is what was shipped/);
    assert.match(await violated('payments', dataOf('PaymentRefunded', dearer)), /refunded is what was asked/);
    const elsewhere = dataOf('PaymentAuthorised', (data) => ({ ...data, orderId: 'ord-of-nobody' }));
    assert.match(await violated('payments', elsewhere), /every confirmed order was authorised once/);
  });

  it('finds a second standing order of one cart', async () => {
    const standing = dataOf('OrderCancelled', (data) => ({ ...data, orderId: 'ord-of-nobody' }));
    assert.match(await violated('orders', standing), /a cart has one order that stands/);
  });
});
