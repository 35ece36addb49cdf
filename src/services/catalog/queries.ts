import type { Category, catalog, ProductOnSale } from '../../contracts/catalog.ts';
import { LIMITS } from '../../contracts/shapes.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { done, rejected } from '../../kernel/outcome.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { categories, decodeCategory } from './aggregates.ts';
import type { Listing } from './listing.ts';
import { bestOf } from './product-page.ts';
import type { Shelf } from './shelf.ts';
import { untilChange } from './until-change.ts';

type Queries = Pick<Handlers<typeof catalog>, 'products' | 'newest' | 'categories' | 'sellers'>;

/** What edges ask of the catalogue to show it, answered from the shelf where it is there. */
export function queriesOf(shelf: Shelf, listing: Listing, documents: ServiceKit['documents']): Queries {
  const all = untilChange<Category[]>(1, shelf.changes);
  return {
    products: async ({ productIds }) => done({ products: await onSale(shelf, productIds) }),
    async newest(query) {
      try {
        const { productIds, ...page } = await listing.ids(query);
        return done({ products: await onSale(shelf, productIds), ...page });
      } catch (error) {
        if (error instanceof Problem) return rejected({ code: error.code, detail: error.detail });
        throw error;
      }
    },
    categories: async () => done({ categories: await all.get('categories', () => everyCategory(documents)) }),
    async sellers({ sellerIds }) {
      const found = await shelf.sellers.get(sellerIds);
      return done({ sellers: sellerIds.flatMap((sellerId) => found.get(sellerId) ?? []) });
    },
  };
}

async function onSale(shelf: Shelf, productIds: readonly string[]): Promise<ProductOnSale[]> {
  const states = await shelf.products.get(productIds);
  const shown = productIds.flatMap((productId) => states.get(productId) ?? []).filter((state) => state.onSale);
  const levels = await shelf.availability.get(shown.flatMap(({ product }) => product.variants.map(({ sku }) => sku)));
  return shown.map(({ product, addedAt, changedAt }) => {
    const variants = product.variants.map((variant) => ({
      ...variant,
      availability: levels.get(variant.sku)?.availability ?? 'out_of_stock',
    }));
    return {
      ...product,
      variants,
      availability: bestOf(variants.map((each) => each.availability)),
      addedAt,
      changedAt,
    };
  });
}

async function everyCategory(documents: ServiceKit['documents']) {
  const all = [];
  for (let after: { value: string; key: string } | undefined; ; ) {
    const page = await documents.query({
      ...{ collection: categories, generation: 0, where: {}, order: 'ascending', limit: LIMITS.pageSize },
      ...(after === undefined ? {} : { after }),
    });
    all.push(...page.map(({ body }) => decodeCategory(body)));
    const last = page.at(-1);
    if (last === undefined || page.length < LIMITS.pageSize) return all;
    after = { value: last.key, key: last.key };
  }
}
