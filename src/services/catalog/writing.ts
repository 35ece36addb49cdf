import type { Category, Product, Seller } from '../../contracts/catalog.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import { type Intent, idOf, intent } from '../../platform/event-store/aggregate.ts';
import { ConflictFault, type Decided, UnavailableFault, type Work } from '../../platform/event-store/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { DocumentWrite } from '../../platform/storage/port.ts';
import {
  categoryAggregate,
  decodeProduct,
  productAggregate,
  products as productDocuments,
  sellerAggregate,
  skus,
} from './aggregates.ts';
import { type CategoryState, misplacement } from './category.ts';
import type { KnownProduct } from './product.ts';
import { sameContent } from './same-content.ts';
import { type ClaimChange, planPuts, planWithdrawal, type Read } from './sku-claims.ts';

export type Written =
  | { readonly kind: 'changed' | 'unchanged' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };
type Idempotency = { readonly key: string; readonly bodyHash: string } | undefined;

/** The writes of the catalogue. Each is one commit; repeating it with the same content changes nothing. */
export interface Writing {
  putSeller(seller: Seller, idempotency?: Idempotency): Promise<Written>;
  putCategory(category: Category, idempotency?: Idempotency): Promise<Written>;
  /**
   * Puts several products (each id once) in one commit and answers for each by its id; the rejected harm no other. `seen` is the
   * revision that somebody worked on: a product that has another by now, and other content, is refused (`product_changed`).
   */
  putProducts(
    products: readonly Product[],
    idempotency?: Idempotency,
    seen?: number,
  ): Promise<ReadonlyMap<string, Written>>;
  withdrawProduct(productId: string, idempotency?: Idempotency): Promise<Written>;
  setPrice(sku: string, currency: string, amount: number, idempotency?: Idempotency): Promise<Written>;
}

/** How often a write looks again when somebody else wrote in between. */
const ATTEMPTS = 8;

/** The writes over a store; one that somebody else keeps overtaking throws in the end. */
export function createWriting({ store, documents, clock }: Pick<ServiceKit, 'store' | 'documents' | 'clock'>): Writing {
  async function put(intents: readonly Intent[], idempotency: Idempotency): Promise<Written> {
    return writtenOf(await store.decide(workOf(intents, [], idempotency)));
  }

  async function parentsOf(category: Category): Promise<ReadonlyMap<string, CategoryState>> {
    const known = new Map<string, CategoryState>();
    for (let id = category.parentId; id !== undefined && !known.has(id); id = known.get(id)?.parentId)
      known.set(id, (await store.load(categoryAggregate, id)).state);
    return known;
  }

  async function existing(ids: readonly string[], load: (id: string) => Promise<{ state: unknown }>) {
    const unique = [...new Set(ids)];
    const loaded = await Promise.all(unique.map(load));
    return new Set(unique.filter((_, index) => loaded[index]?.state !== null));
  }

  async function readFor(productIds: readonly string[], wanted: readonly Product[]): Promise<Read> {
    const found = await documents.documents(productDocuments, 0, productIds);
    const products = new Map([...found].map(([id, { body }]) => [id, decodeProduct(body)]));
    const touched = [...products.values(), ...wanted.map((product) => ({ product }))];
    const names = new Set(touched.flatMap(({ product }) => product.variants.map(({ sku }) => sku)));
    const held = await documents.documents(skus, 0, [...names]);
    const claims = new Map(
      [...held].map(([sku, { body, version }]) => [sku, { productId: String(body.productId), version }]),
    );
    return { products, claims };
  }

  return {
    putSeller: (seller, idempotency) =>
      put([intent(sellerAggregate, seller.sellerId, { kind: 'put', seller })], idempotency),

    async putCategory(category, idempotency) {
      const parents = await parentsOf(category);
      const rejection = misplacement(category, (id) =>
        id === category.categoryId ? category : (parents.get(id) ?? undefined),
      );
      if (rejection !== undefined) return { kind: 'rejected', rejection };
      return put([intent(categoryAggregate, category.categoryId, { kind: 'put', category })], idempotency);
    },

    async putProducts(wanted, idempotency, seen) {
      const ids = wanted.map(({ productId }) => productId);
      const sellers = await existing(
        wanted.map(({ sellerId }) => sellerId),
        (id) => store.load(sellerAggregate, id),
      );
      const categories = await existing(
        wanted.flatMap(({ categoryIds }) => categoryIds),
        (id) => store.load(categoryAggregate, id),
      );
      const shop = { hasSeller: (id: string) => sellers.has(id), hasCategory: (id: string) => categories.has(id) };
      return untilSettled(async () => {
        const read = await readFor(ids, wanted);
        const overtaken = wanted.filter((product) => isOvertaken(product, read.products.get(product.productId), seen));
        const plan = planPuts(
          wanted.filter((product) => !overtaken.includes(product)),
          read,
          shop,
        );
        const refused = overtaken.map(({ productId }) => [productId, PRODUCT_CHANGED] as const);
        const rejected = [...plan.rejected, ...refused].map(
          ([id, rejection]) => [id, { kind: 'rejected', rejection }] as const,
        );
        if (plan.accepted.length === 0) return new Map<string, Written>(rejected);
        const intents = plan.accepted.map((product) => {
          const revision = read.products.get(product.productId)?.revision ?? 0;
          const command = { kind: 'put', product, seen: revision, now: clock.now() } as const;
          return intent(productAggregate, product.productId, command);
        });
        const decided = await store.decide(workOf(intents, plan.claims, idempotency));
        if (!decided.ok) return undefined;
        const changed = new Set(decided.events.map(({ stream }) => idOf(stream)));
        const accepted = plan.accepted.map(({ productId }) => {
          return [productId, { kind: changed.has(productId) ? 'changed' : 'unchanged' }] as const;
        });
        return new Map<string, Written>([...rejected, ...accepted]);
      });
    },

    withdrawProduct: (productId, idempotency) =>
      untilSettled(async () => {
        const read = await readFor([productId], []);
        const seen = read.products.get(productId)?.revision ?? 0;
        const command = { kind: 'withdraw', seen, now: clock.now() } as const;
        const claims = planWithdrawal(productId, read);
        const decided = await store.decide(workOf([intent(productAggregate, productId, command)], claims, idempotency));
        return movedOn(decided) ? undefined : writtenOf(decided);
      }),

    async setPrice(sku, currency, amount, idempotency) {
      const holder = (await documents.documents(skus, 0, [sku])).get(sku)?.body.productId;
      if (holder === undefined)
        return { kind: 'rejected', rejection: { code: 'unknown_sku', detail: `The SKU ${sku} is not on sale.` } };
      const command = { kind: 'setPrice', sku, currency, amount, now: clock.now() } as const;
      return put([intent(productAggregate, String(holder), command)], idempotency);
    },
  };
}

const PRODUCT_CHANGED: Rejection = {
  code: 'product_changed',
  detail: 'Somebody else has changed the product since you read it: nothing was written. Read it again.',
};

/** Whether somebody has changed the product since it had the revision `seen`, and not into what is wished. */
function isOvertaken(wanted: Product, found: KnownProduct | undefined, seen: number | undefined): boolean {
  if (seen === undefined || (found?.revision ?? 0) === seen) return false;
  return found === undefined || !found.onSale || !sameContent(found.product, wanted);
}

/** Repeats `attempt` while it answers undefined or meets a conflict: somebody else wrote between its reading and its writing. */
async function untilSettled<Answer>(attempt: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let count = 0; count < ATTEMPTS; count++) {
    try {
      const answer = await attempt();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (!(error instanceof ConflictFault)) throw error;
    }
  }
  throw new UnavailableFault('the product keeps changing; asking again is safe');
}

function workOf(intents: readonly Intent[], claims: readonly ClaimChange[], idempotency: Idempotency): Work {
  const documents: DocumentWrite[] = claims.map(({ sku, productId, expectedVersion }) => ({
    collection: skus,
    generation: 0,
    key: sku,
    body: productId === null ? null : { productId },
    expectedVersion,
  }));
  const work = { intents, documents };
  return idempotency === undefined ? work : { ...work, idempotency: { ...idempotency, answer: {} } };
}

function movedOn(decided: Decided): boolean {
  return !decided.ok && decided.rejection.code === 'product_moved_on';
}

function writtenOf(decided: Decided): Written {
  if (!decided.ok) return { kind: 'rejected', rejection: decided.rejection };
  return { kind: decided.events.length > 0 ? 'changed' : 'unchanged' };
}
