import type { Product } from '../../contracts/catalog.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import { idOf } from '../../platform/event-store/aggregate.ts';
import type { Storage, StoredEvent } from '../../platform/storage/port.ts';
import { availability } from '../../services/catalog/aggregates.ts';
import { keepEntry, searchAvailability, searchProducts } from '../../services/search/kept.ts';
import { entryOf } from '../../services/search/product-entry.ts';
import { documentsOf } from './documents.ts';
import { type Verdict, verdict } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** What services keep of what others told them must be what the others would tell now. */
export interface CopyChecks {
  see(service: string, event: StoredEvent): void;
  verdicts(storages: ReadonlyMap<string, Storage>): Promise<readonly Verdict[]>;
}

const whole = (body: JsonObject) => body;
/** Of what is kept of a SKU, what inventory tells of it. */
const told = ({ availability: level = null }: JsonObject): JsonObject => ({ availability: level });

export function copyChecks(): CopyChecks {
  /** By product on sale, the fingerprint of what search must have. */
  const products = new Map<string, string>();
  const levels = new Map<string, string>();

  return {
    see(service, { type, stream, version, data }) {
      if (service === 'catalog' && type === 'ProductChanged') {
        const { product, addedAt } = data as unknown as { product: Product; addedAt: number };
        products.set(idOf(stream), fingerprint(keepEntry(entryOf(product, addedAt, version)).body));
      }
      if (service === 'catalog' && type === 'ProductWithdrawn') products.delete(idOf(stream));
      if (service === 'inventory' && type === 'AvailabilityChanged')
        levels.set(String(data.sku), fingerprint({ availability: data.availability }));
    },
    async verdicts(storages) {
      const pairs = [
        { keeper: 'search', collection: searchProducts, source: 'catalog', what: 'product', expected: products },
        // Which event it was is kept beside the level, and by older copies is not.
        { keeper: 'search', collection: searchAvailability, source: 'inventory', what: 'SKU', expected: levels, told },
        { keeper: 'catalog', collection: availability, source: 'inventory', what: 'SKU', expected: levels, told },
      ];
      const found: Verdict[] = [];
      for (const { keeper, collection, source, what, expected, told: toldOf = whole } of pairs) {
        const storage = storages.get(keeper);
        if (storage === undefined || !storages.has(source)) continue;
        found.push(await compareCopy(storage, collection, source, what, expected, toldOf));
      }
      return found;
    },
  };
}

async function compareCopy(
  storage: Storage,
  collection: Collection,
  source: string,
  what: string,
  expected: ReadonlyMap<string, string>,
  toldOf: (body: JsonObject) => JsonObject,
): Promise<Verdict> {
  const { looked, violated, result } = verdict(`${storage.log.name}: ${collection.name} is what ${source} last told`);
  const missing = new Map(expected);
  for await (const { key, body } of documentsOf(storage, collection)) {
    looked();
    const told = expected.get(key);
    missing.delete(key);
    if (told === undefined) violated(`${what} ${key} is kept, but ${source} does not tell of it`);
    else if (fingerprint(toldOf(body)) !== told) violated(`${what} ${key} is not kept as ${source} last told it`);
  }
  for (const key of missing.keys()) violated(`${what} ${key} is not kept, though ${source} told of it`);
  return result();
}
