import assert from 'node:assert/strict';
import { type Composition, compose } from '../../../composition/compose.ts';
import type { Engines } from '../../../composition/engines/engines.ts';
import { memoryEngines } from '../../../composition/engines/memory.ts';
import { integrations, services } from '../../../composition/registry.ts';
import { fillEmptyShop } from '../../../composition/sample.ts';
import { catalog, type Product } from '../../../contracts/catalog.ts';
import { inventory } from '../../../contracts/inventory.ts';
import { orders } from '../../../contracts/orders.ts';
import { type SearchAnswer, type SearchRequest, search } from '../../../contracts/search.ts';
import { type SimulatorProcess, simulatorProcess } from '../../../integrations/simulation/child-harness.ts';
import { makeId } from '../../../kernel/ids.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { systemClock, systemRandom } from '../../../platform/clock/system.ts';
import { capabilities } from '../../../platform/http/capability.ts';
import { silentLogger } from '../../../platform/telemetry/silent.ts';
import { asked } from '../fixtures.ts';

/** A shop with the sample catalogue whose search is an OpenSearch; its databases outlive a restart. */
export interface ShopOnOpenSearch {
  search(q: string, changes?: Partial<SearchRequest>): Promise<Outcome<SearchAnswer>>;
  put(product: Product): Promise<void>;
  withdraw(productId: string): Promise<void>;
  stock(sku: string, onHand: number): Promise<void>;
  /** Buys one piece; answers the order's status in the end. */
  buy(sku: string): Promise<string>;
  /** Stops every service and starts it anew. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function shopOnOpenSearch(settings: {
  readonly url: string;
  readonly prefix: string;
  readonly queryTimeoutMs: number;
}): Promise<ShopOnOpenSearch> {
  const engines = memoryEngines({ clock: systemClock, random: systemRandom });
  const processor = await simulatorProcess('card-processor');
  let shop = await open(engines, processor, settings);
  await fillEmptyShop(shop.calls, () => undefined);
  const client: Composition['calls']['client'] = (contract) => shop.calls.client(contract);
  const ok = (outcome: Outcome<unknown>) => assert.equal(outcome.kind, 'done', JSON.stringify(outcome));

  return {
    search: (q, changes) => client(search).search(asked(q, changes)),
    put: async (product) => ok(await client(catalog).putProduct(product)),
    withdraw: async (productId) => ok(await client(catalog).withdrawProduct({ productId })),
    stock: async (sku, onHand) => ok(await client(inventory).setOnHand({ sku, onHand })),
    async buy(sku) {
      const offers = await client(catalog).offers({ skus: [sku], currency: 'GBP' });
      assert.ok(offers.kind === 'done');
      const { offers: found, terms } = offers.answer;
      const [offer] = found;
      assert.ok(offer !== undefined);
      const [orderId, cartId, shopperId] = ['ord', 'crt', 'shp'].map((kind) =>
        makeId({ kind, cell: 0, bucket: 5, timeMs: systemClock.now() }, systemRandom.bytes(10)),
      ) as [string, string, string];
      const { productId, sellerId, title, unitPrice } = offer;
      const shippingAddress = { name: 'Sun', line1: '1 Market St', city: 'London', postalCode: 'N1', country: 'GB' };
      const placed = await client(orders).place({
        ...{ orderId, cartId, shopperId, currency: 'GBP', terms, email: 'sun@example.com', shippingAddress },
        ...{ lines: [{ sku, productId, sellerId, title, unitPrice, quantity: 1 }], paymentToken: 'tok_visa' },
      });
      ok(placed);
      const outcome = await client(orders).outcome({ orderId, waitMs: 30_000 });
      return outcome.kind === 'done' ? outcome.answer.status : outcome.kind;
    },
    async restart() {
      await shop.stop();
      shop = await open(engines, processor, settings);
    },
    async close() {
      await shop.stop();
      await processor[Symbol.asyncDispose]();
    },
  };
}

async function open(engines: Engines, processor: SimulatorProcess, settings: object): Promise<Composition> {
  const definitions = await Promise.all(Object.values(services).map((load) => load()));
  const cardProcessor = await integrations['card-processor']?.();
  assert.ok(cardProcessor !== undefined);
  return compose({
    services: definitions.map((definition) => ({
      definition,
      settings: definition.contract.service === search.service ? { index: 'opensearch', ...settings } : {},
    })),
    integrations: [{ definition: cardProcessor, settings: { url: processor.url } }],
    ...{ engines, owner: 'test', masterKey: new Uint8Array(32), logger: silentLogger },
    capabilities: capabilities('a secret of the test'),
  });
}
