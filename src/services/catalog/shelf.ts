import { LRUCache } from 'lru-cache';
import type { Availability, Seller } from '../../contracts/catalog.ts';
import type { Collection } from '../../kernel/view.ts';
import { idOf } from '../../platform/event-store/aggregate.ts';
import { type ReadyAnswer, readyAnswer } from '../../platform/http/ready-answer.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { availability, decodeProduct, decodeSeller, products, sellers, skus } from './aggregates.ts';
import type { KnownProduct } from './product.ts';
import { publicProduct } from './product-page.ts';
import { type ReadThrough, readThrough } from './read-through.ts';

/** What shoppers ask for all the time, at hand: bounded, and dropped by the commits that change it. */
export interface Shelf {
  readonly products: ReadThrough<KnownProduct>;
  readonly sellers: ReadThrough<Seller>;
  /** SKU → the product that holds it. */
  readonly holders: ReadThrough<{ readonly productId: string }>;
  readonly availability: ReadThrough<{ readonly availability: Availability }>;
  /** Ready pages of the products on sale, by product id. */
  readonly pages: ReadThrough<ReadyAnswer>;
  /** Ready first pages of lists, by their query; dropped with every change. */
  readonly lists: LRUCache<string, ReadyAnswer>;
  /** Grows with every change, so that what was read before it is not kept after it. */
  readonly changes: () => number;
  readonly forget: (events: readonly StoredEvent[]) => void;
  readonly forgetAvailability: (sku: string) => void;
}

const MOST = { products: 20_000, sellers: 5_000, skus: 50_000, pages: 20_000, lists: 500 };

/** An empty shelf over the catalogue’s documents; whoever hears the commits calls `forget`. */
export function createShelf(documents: ServiceKit['documents']): Shelf {
  const read =
    <Value extends object>(collection: Collection, decode: (body: never) => Value) =>
    async (keys: readonly string[]): Promise<ReadonlyMap<string, Value>> => {
      const found = await documents.documents(collection, 0, keys);
      return new Map([...found].map(([key, { body }]) => [key, decode(body as never)]));
    };
  const asItIs = <Value>(body: Value): Value => body;
  const known = readThrough<KnownProduct>(MOST.products, read(products, decodeProduct));
  const stock = readThrough<{ availability: Availability }>(MOST.skus, read(availability, asItIs));
  const holders = readThrough<{ productId: string }>(MOST.skus, read(skus, asItIs));
  const pageBySku = new LRUCache<string, string>({ max: MOST.skus });
  const pages = readThrough<ReadyAnswer>(MOST.pages, renderPages);
  const lists = new LRUCache<string, ReadyAnswer>({ max: MOST.lists });
  let changes = 0;

  async function renderPages(productIds: readonly string[]): Promise<ReadonlyMap<string, ReadyAnswer>> {
    const states = await known.get(productIds);
    const onSale = [...states.values()].filter((state) => state.onSale);
    const needed = onSale.flatMap(({ product }) => product.variants.map(({ sku }) => sku));
    for (const { product } of onSale) for (const { sku } of product.variants) pageBySku.set(sku, product.productId);
    const levels = await stock.get(needed);
    return new Map(
      onSale.map((state) => [
        state.product.productId,
        readyAnswer(JSON.stringify(publicProduct(state, (sku) => levels.get(sku)?.availability))),
      ]),
    );
  }

  function forgetProduct(productId: string): void {
    for (const { sku } of known.peek(productId)?.product.variants ?? []) holders.drop(sku);
    known.drop(productId);
    pages.drop(productId);
  }

  function changed(): void {
    changes++;
    lists.clear();
  }

  return {
    products: known,
    sellers: readThrough<Seller>(MOST.sellers, read(sellers, decodeSeller)),
    holders,
    availability: stock,
    pages,
    lists,
    changes: () => changes,
    forget(events) {
      if (events.length === 0) return;
      for (const event of events) {
        if (event.type === 'SellerChanged') this.sellers.drop(idOf(event.stream));
        else forgetProduct(idOf(event.stream));
        for (const sku of skusIn(event)) holders.drop(sku);
      }
      changed();
    },
    forgetAvailability(sku) {
      stock.drop(sku);
      const productId = pageBySku.get(sku);
      if (productId !== undefined) pages.drop(productId);
      changed();
    },
  };
}

function skusIn(event: StoredEvent): readonly string[] {
  if (event.type !== 'ProductChanged') return [];
  return (event.data as unknown as { product: KnownProduct['product'] }).product.variants.map(({ sku }) => sku);
}
