import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import type { IndexEntry, IndexHealth, SkuAvailability } from '../port.ts';
import { answerOf } from './answer.ts';
import { AVAILABILITY, createColumns } from './columns.ts';
import { createMatcher } from './matching.ts';
import { createVocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** An index in memory. A changed product becomes a new document and outdates its old one, so all lists only grow. */
export interface EmbeddedIndex {
  put(entry: IndexEntry): void;
  remove(productId: string, version: number): void;
  /** With `onlyIfUnknown`, what was told before stays: it is newer than what an index is filled with. */
  setAvailability(change: SkuAvailability, onlyIfUnknown?: boolean): void;
  search(request: SearchRequest): SearchAnswer;
  /** How many products it holds. */
  size(): number;
  health(): IndexHealth;
}

/** Outdated documents are not worth a rebuild below this number. */
const WORN_FROM = 10_000;
const REMOVED = -1;

/** An empty index, in memory alone. */
export function createIndex(): EmbeddedIndex {
  const columns = createColumns();
  const vocabulary = createVocabulary();
  const match = createMatcher(vocabulary);
  const products = new Map<string, { readonly version: number; readonly document: number }>();
  /** The newest availability of each SKU, and the document it counts for. */
  const stock = new Map<string, { readonly level: number; readonly version: number }>();
  const documentOf = new Map<string, number>();
  /** How often each currency was seen: the commonest is meant when a sort by price names none. */
  const priced = new Map<string, number>();
  let size = 0;
  let outdated = 0;

  /** Outdates what is known of a product; answers whether `version` is news. */
  function supersede(productId: string, version: number): boolean {
    const known = products.get(productId);
    if (known !== undefined && known.version >= version) return false;
    if (known !== undefined && known.document !== REMOVED) {
      columns.live.values[known.document] = 0;
      for (const sku of columns.skus[known.document] ?? [])
        if (documentOf.get(sku) === known.document) documentOf.delete(sku);
      columns.skus[known.document] = [];
      columns.shown[known.document] = '';
      size--;
      outdated++;
    }
    return true;
  }

  function weighStock(document: number): void {
    let most = 0;
    for (const sku of columns.skus[document] ?? []) most = Math.max(most, stock.get(sku)?.level ?? 0);
    columns.availability.values[document] = most;
  }

  return {
    put(entry) {
      if (!supersede(entry.productId, entry.version)) return;
      const document = columns.push(entry);
      vocabulary.add(document, entry);
      products.set(entry.productId, { version: entry.version, document });
      for (const sku of entry.skus) documentOf.set(sku, document);
      for (const currency of Object.keys(entry.prices)) priced.set(currency, (priced.get(currency) ?? 0) + 1);
      weighStock(document);
      size++;
    },
    remove(productId, version) {
      if (supersede(productId, version)) products.set(productId, { version, document: REMOVED });
    },
    setAvailability({ sku, availability, version = 0 }, onlyIfUnknown = false) {
      const known = stock.get(sku);
      if (known !== undefined && (onlyIfUnknown ? known.version >= version : known.version > version)) return;
      stock.set(sku, { level: AVAILABILITY.indexOf(availability), version });
      const document = documentOf.get(sku);
      if (document !== undefined) weighStock(document);
    },
    search(request) {
      const words = wordsOf(request.q);
      const live = columns.live.values;
      // A query of odd characters alone asks for something that no product holds; an empty one asks for everything.
      const matches =
        words.length > 0 || request.q.trim() !== ''
          ? match(words, columns.length, (document) => live[document] === 1)
          : undefined;
      const { currency = commonestCurrency() } = request;
      return answerOf(currency === undefined ? request : { ...request, currency }, columns, matches);
    },
    size: () => size,
    health: () => ({ worn: outdated >= WORN_FROM && outdated > size }),
  };

  function commonestCurrency(): string | undefined {
    return [...priced].sort(([, a], [, b]) => b - a)[0]?.[0];
  }
}
