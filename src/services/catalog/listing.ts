import type { Json } from '../../kernel/json.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Positions } from '../../platform/storage/port.ts';
import { products } from './aggregates.ts';
import { listOf, type ProductPage, pageOfText } from './product-page.ts';
import type { Shelf } from './shelf.ts';

export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly category?: string;
  readonly seller?: string;
}

/** Answers a page of the products on sale, newest first, as it is sent. Throws `invalid_cursor`. */
export type ListProducts = (query: ListQuery) => Promise<ProductPage>;

/** `heads` is the newest commit this process knows: a listing that has not caught up with it is served, but not kept. */
export function createListing(
  { documents, view }: Pick<ServiceKit, 'documents' | 'view'>,
  shelf: Shelf,
  heads: () => Positions | undefined,
): ListProducts {
  async function entries({ limit, category, seller }: ListQuery, after: Place | undefined) {
    const order = 'descending';
    const page = { order, limit: limit + 1, ...(after === undefined ? {} : { after }) } as const;
    const ofSeller: Record<string, string> = seller === undefined ? {} : { sellerId: seller };
    if (category === undefined) {
      const where = { status: 'on_sale', ...ofSeller };
      const found = await documents.query({ collection: products, generation: 0, where, ...page });
      return {
        found: found.map(({ key, body }) => ({ productId: key, key, value: Number(body.addedAt) })),
        fresh: true,
      };
    }
    const upTo = heads();
    const where = { categoryId: category, ...ofSeller };
    const answer = await view('category_listing').query(
      { where, ...page },
      upTo === undefined ? {} : { after: upTo, waitMs: 0 },
    );
    const found = answer.value.map(({ key, body }) => {
      return { productId: String(body.productId), key, value: Number(body.addedAt) };
    });
    return { found, fresh: upTo !== undefined && !answer.stale };
  }

  return async (query) => {
    const name = `products ${query.category ?? ''} ${query.seller ?? ''}`;
    const shelfKey = `${query.limit} ${name}`;
    const kept = query.cursor === undefined ? shelf.lists.get(shelfKey) : undefined;
    if (kept !== undefined) return kept;
    const changes = shelf.changes();
    const { found, fresh } = await entries(query, placeIn(decodeCursor(query.cursor, name)));
    const shown = found.slice(0, query.limit);
    const pages = await shelf.pages.get(shown.map(({ productId }) => productId));
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor([last.value, last.key], name);
    const items = shown.flatMap(({ productId }) => pages.get(productId)?.text ?? []);
    const list = pageOfText(listOf(items, nextCursor));
    if (query.cursor === undefined && fresh && changes === shelf.changes()) shelf.lists.set(shelfKey, list);
    return list;
  };
}

interface Place {
  readonly value: number;
  readonly key: string;
}

function placeIn(cursor: Json | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [value, key] = Array.isArray(cursor) ? cursor : [];
  if (typeof value === 'number' && typeof key === 'string') return { value, key };
  throw new Problem(
    'invalid_cursor',
    'Pass `nextCursor` of the page before exactly as it came, or none for the start.',
  );
}
