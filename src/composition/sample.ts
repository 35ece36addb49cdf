import { catalog } from '../contracts/catalog.ts';
import { inventory } from '../contracts/inventory.ts';
import type { Calls } from '../platform/calls/port.ts';
import { loadSample } from '../services/catalog/sample/load.ts';

/** Puts the sample catalogue into a shop that has no product yet. */
export async function fillEmptyShop({ client }: Calls, say: (line: string) => void): Promise<void> {
  const products = await loadSample({ catalog: client(catalog), inventory: client(inventory) });
  if (products > 0) say(`Filled the empty shop with a sample catalogue of ${products} products.`);
}
