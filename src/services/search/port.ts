import type { Availability } from '../../contracts/catalog.ts';
import type { SearchAnswer, SearchRequest } from '../../contracts/search.ts';
import type { Text } from '../../contracts/shapes.ts';

/** A product as an index takes it. */
export interface IndexEntry {
  readonly productId: string;
  /** The product's version at its source: an older entry never replaces a newer one. */
  readonly version: number;
  readonly sellerId: string;
  readonly categoryIds: readonly string[];
  readonly title: Text;
  readonly description: Text;
  /** Option values and the like: found, but not shown. */
  readonly words: readonly string[];
  /** Option name → its values among the variants; absent in entries that were kept before options were told apart. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  readonly skus: readonly string[];
  readonly image?: string;
  /** The lowest price by currency, in minor units. */
  readonly prices: Readonly<Record<string, number>>;
  /** When it first went on sale, in ms. */
  readonly addedAt: number;
}

export interface SkuAvailability {
  readonly sku: string;
  readonly availability: Availability;
  /** The SKU's version at its source: an older change never replaces a newer one. Absent in what was kept before it was told. */
  readonly version?: number;
}

/** What `replaceAll` fills an index from, a part at a time. */
export interface IndexSource {
  readonly availability: AsyncIterable<readonly SkuAvailability[]>;
  readonly entries: AsyncIterable<readonly IndexEntry[]>;
}

/**
 * Full text over products in English and Korean. Holds nothing that cannot be filled again from its owner's documents.
 * Writes are idempotent and may be repeated or come late: versions decide. All may throw when the index is out of reach.
 */
export interface SearchIndex {
  put(entries: readonly IndexEntry[]): Promise<IndexHealth>;
  /** Takes a product out; an entry of this version or an older one will not bring it back. */
  remove(productId: string, version: number): Promise<IndexHealth>;
  setAvailability(changes: readonly SkuAvailability[]): Promise<IndexHealth>;
  /** Fills a second index while the first one serves, then changes over. Writes meanwhile reach both. Answers how many it holds. */
  replaceAll(source: IndexSource): Promise<number>;
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Resolves when searches see everything that was written before; a matter of milliseconds, of a second at most. */
  refreshed(): Promise<void>;
  /** How many products the index that serves held after the last write. */
  size(): number;
  close(): Promise<void>;
}

export interface IndexHealth {
  /** So much of the index is outdated that filling it anew pays. */
  readonly worn: boolean;
}

/** Some of what was to be written is refused for good, by product or SKU, and why; the rest was written. */
export class RefusedEntries extends Error {
  override readonly name = 'RefusedEntries';
  readonly refused: ReadonlyMap<string, string>;

  constructor(refused: ReadonlyMap<string, string>) {
    const [first] = refused;
    super(`the search index refuses ${refused.size} of its entries, ${first?.join(': ')}`);
    this.refused = refused;
  }
}
