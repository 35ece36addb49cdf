import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { catalog } from '../contracts/catalog.ts';
import { orders } from '../contracts/orders.ts';
import { cardProcessorSimulator } from '../integrations/card-processor/simulator/server.ts';
import { makeId } from '../kernel/ids.ts';
import { seededRandom } from '../platform/clock/seeded.ts';
import { systemClock } from '../platform/clock/system.ts';
import { capabilities } from '../platform/http/capability.ts';
import { silentLogger } from '../platform/telemetry/silent.ts';
import { type Composition, compose } from './compose.ts';
import type { Engines } from './engines/engines.ts';
import { memoryEngines } from './engines/memory.ts';
import { SetupFault } from './fault.ts';
import { integrations, known, services } from './registry.ts';
import { fillEmptyShop } from './sample.ts';

const random = seededRandom(7);
let processor: Server;
let processorUrl: string;

before(async () => {
  processor = cardProcessorSimulator().listen(0, '127.0.0.1');
  await once(processor, 'listening');
  const address = processor.address();
  processorUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
after(() => {
  processor.close();
  processor.closeAllConnections();
});

async function composed(
  engines: Engines,
  settings: Record<string, Record<string, unknown>> = {},
): Promise<Composition> {
  const definitions = await Promise.all(known.services.map((name) => services[name]?.()));
  const cardProcessor = await integrations['card-processor']?.();
  assert.ok(cardProcessor !== undefined);
  return compose({
    services: definitions
      .filter((definition) => definition !== undefined)
      .map((definition) => ({ definition, settings: settings[definition.contract.service] ?? {} })),
    integrations: [{ definition: cardProcessor, settings: { url: processorUrl } }],
    engines,
    owner: 'test',
    masterKey: new Uint8Array(32),
    capabilities: capabilities('a secret of the test'),
    logger: silentLogger,
  });
}

/** Places an order for one piece of the first product; answers its id once it is confirmed. */
async function buy({ calls }: Composition): Promise<string> {
  const { client } = calls;
  const sku = 'WTC';
  const offers = await client(catalog).offers({ skus: [sku], currency: 'GBP' });
  assert.equal(offers.kind, 'done');
  const { offers: found, terms } = offers.answer;
  const [offer] = found;
  assert.ok(offer !== undefined, `${sku} is not in the sample`);
  const [orderId, cartId, shopperId] = ['ord', 'crt', 'shp'].map((kind) =>
    makeId({ kind, cell: 0, bucket: 5, timeMs: systemClock.now() }, random.bytes(10)),
  ) as [string, string, string];
  const { productId, sellerId, title, unitPrice } = offer;
  const placed = await client(orders).place({
    ...{ orderId, cartId, shopperId, currency: 'GBP', terms },
    lines: [{ sku, productId, sellerId, title, unitPrice, quantity: 1 }],
    email: 'sun@example.com',
    shippingAddress: { name: 'Sun', line1: '1 Market Street', city: 'London', postalCode: 'N1', country: 'GB' },
    paymentToken: 'tok_visa',
  });
  assert.equal(placed.kind, 'done', JSON.stringify(placed));
  const outcome = await client(orders).outcome({ orderId, waitMs: 10_000 });
  assert.equal(outcome.kind === 'done' && outcome.answer.status, 'confirmed', JSON.stringify(outcome));
  return orderId;
}

describe('a composition on memory', () => {
  it('runs the whole shop, and what it kept is there for the next one', async () => {
    const engines = memoryEngines({ clock: systemClock, random });
    const first = await composed(engines);
    await fillEmptyShop(first.calls, () => undefined);
    const orderId = await buy(first);
    await first.stop();

    const second = await composed(engines);
    const outcome = await second.calls.client(orders).outcome({ orderId });
    assert.equal(outcome.kind === 'done' && outcome.answer.status, 'confirmed');
    await second.stop();
  });

  it('says in one sentence which settings of a topology are wrong', async () => {
    const engines = memoryEngines({ clock: systemClock, random });
    await assert.rejects(
      composed(engines, { inventory: { lowStockAt: -1 } }),
      (error) => error instanceof SetupFault && /The settings of inventory .*lowStockAt/.test(error.message),
    );
  });

  it('gives back what it opened when a part cannot start', async () => {
    const engines = memoryEngines({ clock: systemClock, random });
    let closed = 0;
    const counting = { ...engines, close: async () => void closed++ };
    await assert.rejects(composed(counting, { inventory: { lowStockAt: -1 } }));
    assert.equal(closed, 1);
    await (await composed(engines)).stop();
  });
});
