import type { Caches } from '../../platform/cache/port.ts';
import type { CartCopiesOptions, CopiedCarts } from './cart-copies.ts';

/** Carts from copies, for a process that answers shoppers where a topology keeps copies. */
export async function copiesRead(
  edges: readonly string[],
  caches: Caches | undefined,
  options: Omit<CartCopiesOptions, 'caches'>,
): Promise<CopiedCarts | undefined> {
  if (caches === undefined || edges.length === 0) return undefined;
  const { openCartCopies } = await import('./cart-copies.ts');
  return openCartCopies({ caches, ...options });
}
