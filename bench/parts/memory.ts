import { residentMb } from '../load/processes.ts';
import type { BenchShop } from '../shop.ts';

/** Memory of the shop's Node process under a load, in MB. */
export interface Memory {
  /** The most that was resident. */
  readonly residentMb: number;
  /** What the search index's worker thread held of it at the end, by its own account. */
  readonly indexMb: number;
}

const LOOK_EVERY_MS = 250;

/** Watches from now until `stop`. */
export function watchMemory(shop: BenchShop): { stop(): Promise<Memory> } {
  let most = residentMb(shop.pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentMb(shop.pid));
  }, LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      return { residentMb: most, indexMb: await indexMb(shop) };
    },
  };
}

/** What the worker thread of the search index holds. */
export async function indexMb(shop: BenchShop): Promise<number> {
  const bytes = (await shop.metrics()).get('jangteo_search_index_bytes{service="search"}');
  if (bytes === undefined) throw new Error('the shop does not tell the memory of its search index');
  return bytes / 1_048_576;
}
