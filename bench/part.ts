import type { Figure } from './figures.ts';
import type { BenchShop } from './shop.ts';

export interface BenchOptions {
  /** How long the checkouts last; every other load takes a share of it. */
  readonly seconds: number;
  readonly shoppers: number;
  readonly progress: (line: string) => void;
  /** What the laptop is compared with, by the part `topology`. */
  readonly topology?: string;
  /** How many replicas of what its balancer leads to are tried, one after the other, by the part `replicas`. */
  readonly replicas?: readonly number[];
  /** How much of a core each of those replicas gets, as if on a machine of its own. Absent: what it can take of this one. */
  readonly coreShare?: number;
  /** Aborting stops the shop, removes its data and ends the process. */
  readonly signal?: AbortSignal;
}

/** What the parts of a run share. */
export interface Run extends BenchOptions {
  /** The folder of the shop's data. */
  readonly home: string;
  /** A shop filled with the bench's catalogue, opened at the first asking. */
  shop(): Promise<BenchShop>;
  /** The same shop, its process started anew. */
  freshShop(): Promise<BenchShop>;
  /** Puts the bench's catalogue into an empty shop. */
  fill(shop: BenchShop): Promise<void>;
  readonly skus: readonly string[];
  readonly productIds: readonly string[];
  /** Confirmed checkouts per second over the whole catalogue, once they have been measured. */
  checkoutsPerSecond?: number;
}

/** One thing that the bench measures. */
export interface Part {
  readonly name: string;
  /** How long it takes, more or less, in seconds. */
  takes(options: BenchOptions): number;
  measure(run: Run): Promise<readonly Figure[]>;
}
