import type { StockLevel } from '../../contracts/inventory.ts';
import type { Stock } from './stock.ts';

/** A SKU's counts as others may know them. */
export function levelOf(sku: string, { onHand, reserved, sold }: Stock): StockLevel {
  return { sku, onHand, reserved, sold };
}
