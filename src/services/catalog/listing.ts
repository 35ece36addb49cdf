import type { Json } from '../../kernel/json.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ReadyAnswer } from '../../platform/http/ready-answer.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Positions } from '../../platform/storage/port.ts';
import { products } from './aggregates.ts';
import { listOf } from './product-page.ts';
import type { Shelf } from './shelf.ts';
import { untilChange } from './until-change.ts';

export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly category?: string;
  readonly seller?: string;
  /** The cursor is `previousCursor` of the page after. */
  readonly newer?: true;
}

/** Lists the products on sale, newest first. Those that read throw `invalid_cursor`. */
export interface Listing {
  /** A page of the list as it is sent, if it is at hand. */
  peek(query: ListQuery): ReadyAnswer | undefined;
  /** A page of the list as it is sent. */
  list(query: ListQuery): Promise<ReadyAnswer>;
  /** The ids that a page of the list holds; `stale` when the listing has not caught up with the newest change. */
  ids(query: ListQuery): Promise<ListedIds>;
}

interface ListedIds {
  readonly productIds: readonly string[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  readonly stale: boolean;
}

/** First pages whose ids are remembered. */
const MOST_LISTS = 5_000;

/** `heads` is the newest commit this process knows: a listing that has not caught up with it is served, but not kept. */
export function createListing(
  { documents, view }: Pick<ServiceKit, 'documents' | 'view'>,
  shelf: Shelf,
  heads: () => Positions | undefined,
): Listing {
  async function entries({ limit, category, seller, newer }: ListQuery, after: Place | undefined) {
    const order = newer ? 'ascending' : 'descending';
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

  async function readIds(query: ListQuery): Promise<ListedIds> {
    const name = nameOf(query);
    const after = placeIn(decodeCursor(query.cursor, name));
    const { found, fresh } = await entries(query, after);
    const shown = found.slice(0, query.limit);
    if (query.newer) shown.reverse();
    const hasMore = found.length > shown.length;
    const cursorOf = (isAny: boolean, entry: (typeof found)[number] | undefined) =>
      isAny && entry !== undefined ? encodeCursor([entry.value, entry.key], name) : null;
    return {
      productIds: shown.map(({ productId }) => productId),
      nextCursor: cursorOf(hasMore || query.newer === true, shown.at(-1)),
      previousCursor: cursorOf(query.newer ? hasMore : after !== undefined, shown[0]),
      stale: !fresh,
    };
  }

  const firstIds = untilChange<ListedIds>(MOST_LISTS, shelf.changes, ({ stale }) => !stale);
  const ids = ({ newer, ...query }: ListQuery) => {
    if (query.cursor === undefined) return firstIds.get(shelfKey(query), () => readIds(query));
    return readIds(newer ? { ...query, newer } : query);
  };

  async function list(query: ListQuery): Promise<ReadyAnswer> {
    const changes = shelf.changes();
    const { productIds, nextCursor, stale } = await ids(query);
    const pages = await shelf.pages.get(productIds);
    const items = productIds.flatMap((productId) => pages.get(productId) ?? []);
    const page = listOf(items, nextCursor);
    if (query.cursor === undefined && !stale && changes === shelf.changes()) shelf.lists.set(shelfKey(query), page);
    return page;
  }

  return {
    peek: (query) => (query.cursor === undefined ? shelf.lists.get(shelfKey(query)) : undefined),
    ids,
    list,
  };
}

/** The name that a list's cursors are for. */
function nameOf({ category, seller }: ListQuery): string {
  return `products ${category ?? ''} ${seller ?? ''}`;
}

function shelfKey(query: ListQuery): string {
  return `${query.limit} ${nameOf(query)}`;
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
