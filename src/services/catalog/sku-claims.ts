import type { Product } from '../../contracts/catalog.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import { type KnownProduct, refusalOf, type Surroundings, skusOf } from './product.ts';

/** Who holds a SKU as it was read: the version is what a compare-and-set of the claim expects. */
export interface Claim {
  readonly productId: string;
  readonly version: number;
}

/** A claim to write beside the products' events: null gives the SKU back. */
export interface ClaimChange {
  readonly sku: string;
  readonly productId: string | null;
  readonly expectedVersion: number;
}

/** What was read before several products are put (or, with `next` null, withdrawn) in one commit. */
export interface Read {
  readonly products: ReadonlyMap<string, KnownProduct>;
  readonly claims: ReadonlyMap<string, Claim>;
}

/** Which of the products can be put together, and the SKU claims that go with them. */
export interface PutPlan {
  readonly accepted: readonly Product[];
  readonly rejected: ReadonlyMap<string, Rejection>;
  readonly claims: readonly ClaimChange[];
}

/** Plans to put `wanted` (each product once) in their order: a SKU that one gives up can be taken by a later one. */
export function planPuts(wanted: readonly Product[], read: Read, shop: Omit<Surroundings, 'holderOf'>): PutPlan {
  const holders = new Map<string, string | null>();
  const holderOf = (sku: string) => {
    const planned = holders.get(sku);
    return planned === undefined ? read.claims.get(sku)?.productId : (planned ?? undefined);
  };
  const accepted: Product[] = [];
  const rejected = new Map<string, Rejection>();
  for (const product of wanted) {
    const rejection = refusalOf(product, { ...shop, holderOf });
    if (rejection !== undefined) {
      rejected.set(product.productId, rejection);
      continue;
    }
    accepted.push(product);
    for (const sku of skusOf(read.products.get(product.productId) ?? null)) holders.set(sku, null);
    for (const { sku } of product.variants) holders.set(sku, product.productId);
  }
  return { accepted, rejected, claims: claimChanges(holders, read) };
}

/** The claims that a withdrawn product gives back. */
export function planWithdrawal(productId: string, read: Read): readonly ClaimChange[] {
  const held = skusOf(read.products.get(productId) ?? null);
  return claimChanges(new Map(held.map((sku) => [sku, null])), read);
}

function claimChanges(holders: ReadonlyMap<string, string | null>, { claims }: Read): readonly ClaimChange[] {
  return [...holders]
    .filter(([sku, productId]) => (claims.get(sku)?.productId ?? null) !== productId)
    .map(([sku, productId]) => ({ sku, productId, expectedVersion: claims.get(sku)?.version ?? 0 }));
}
