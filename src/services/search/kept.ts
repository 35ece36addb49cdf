import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { IndexEntry, IndexSource, SkuAvailability } from './port.ts';

/** What an index is filled from: a document for each product on sale, as the catalogue told it. */
export const searchProducts: Collection = { name: 'search_products', fields: {}, indexes: [] };

/** And one for each SKU, as inventory told it. */
export const searchAvailability: Collection = { name: 'search_availability', fields: {}, indexes: [] };

const DOCUMENTS_AT_ONCE = 500;

/** The write that keeps a product for the next filling. */
export function keepEntry(entry: IndexEntry) {
  const { prices, title, description, options = {}, ...rest } = entry;
  const texts = { title: { ...title }, description: { ...description } };
  const body: JsonObject = { ...rest, ...texts, prices: { ...prices }, options: { ...options } };
  return { collection: searchProducts, generation: 0, key: entry.productId, body };
}

/** The write that forgets a product. */
export function dropEntry(productId: string) {
  return { collection: searchProducts, generation: 0, key: productId, body: null };
}

/** The write that keeps how a SKU is to be had. */
export function keepAvailability({ sku, ...body }: SkuAvailability) {
  return { collection: searchAvailability, generation: 0, key: sku, body };
}

/** Everything that is kept, read page by page. */
export function keptSource(documents: ServiceKit['documents']): IndexSource {
  return {
    entries: pages(documents, searchProducts, (_, body) => body as unknown as IndexEntry),
    availability: pages(documents, searchAvailability, (sku, body) => ({ ...body, sku }) as unknown as SkuAvailability),
  };
}

async function* pages<Item>(
  documents: ServiceKit['documents'],
  collection: Collection,
  read: (key: string, body: JsonObject) => Item,
): AsyncGenerator<readonly Item[]> {
  for (let last: string | undefined; ; ) {
    const after = last === undefined ? {} : { after: { value: null, key: last } };
    const limit = DOCUMENTS_AT_ONCE;
    const page = await documents.query({ collection, generation: 0, where: {}, limit, ...after });
    if (page.length > 0) yield page.map(({ key, body }) => read(key, body));
    if (page.length < limit) return;
    last = page.at(-1)?.key;
  }
}
