import { catalog, type ProductOnSale } from '../../../contracts/catalog.ts';
import { type SearchAnswer, search } from '../../../contracts/search.ts';
import { sleep } from '../../../platform/clock/port.ts';
import { answerOf, Problem } from '../../../platform/http/problem.ts';
import type { AskedPage } from '../dialect.ts';
import type { MobileParts } from '../parts.ts';
import { keyOf, type Place, placeOf } from './key.ts';
import { isPlain, nameOfList, searchFor, type Wanted } from './narrowed.ts';
import { pageWithin, windowAround } from './window.ts';

const SEARCH_MS = 800;
/** The search pages no deeper. */
const DEEPEST = 10_000;

/** A page of a list of products, from the catalogue (`products`) or the search (`hits`, in the order to be shown). */
export interface ProductPage {
  readonly products: readonly ProductOnSale[];
  readonly hits: SearchAnswer['hits'];
  readonly nextKey: string | null;
  readonly previousKey: string | null;
  readonly before: number | null;
  readonly after: number | null;
  /** Null where the search was not asked or did not answer. */
  readonly facets: SearchAnswer['facets'] | null;
  readonly total: number | null;
  /** The search did not answer: what it was asked for is left out, or stands in another order. */
  readonly isStandIn: boolean;
  /** The list has not caught up with the newest change: it may be shown, and no copy kept. */
  readonly isBehind: boolean;
}

/**
 * Lists of products, page by page. A plain list is the catalogue's: whatever comes in meanwhile, its pages hold every product once.
 * Everything else is the search's, whose pages find their place again by an anchor. When the search is away, the first page is the
 * catalogue's; a later one is `unavailable`, for it cannot go on in another order.
 */
export function productLists({ client, clock, logger }: Pick<MobileParts, 'client' | 'clock' | 'logger'>) {
  const ask = { search: client(search), catalog: client(catalog) };

  async function searched(wanted: Wanted, slice: { offset: number; limit: number }): Promise<SearchAnswer | undefined> {
    const late = sleep(clock, SEARCH_MS).then(() => undefined);
    try {
      const asked = ask.search.search(searchFor(wanted, slice), { timeoutMs: SEARCH_MS });
      const outcome = await Promise.race([asked, late]);
      return outcome?.kind === 'done' ? outcome.answer : undefined;
    } catch (error) {
      logger.warn({ err: error }, 'the search of a list failed');
      return undefined;
    }
  }

  async function fromCatalogue(
    { category, narrowing: { seller } }: Wanted,
    place: Extract<Place, { by: 'catalog' }> | undefined,
    { size }: AskedPage,
    list: string,
  ): Promise<ProductPage> {
    const { products, nextCursor, previousCursor, stale } = answerOf(
      await ask.catalog.newest({
        limit: size,
        ...(category !== undefined && { category }),
        ...(seller !== undefined && { seller }),
        ...(place && { cursor: place.cursor }),
        ...(place?.isBack && { newer: true }),
      }),
    );
    const key = (cursor: string | null | undefined, isBack: boolean) =>
      cursor === null || cursor === undefined ? null : keyOf({ by: 'catalog', cursor, isBack }, list);
    const counts = { before: place === undefined ? 0 : null, after: nextCursor === null ? 0 : null };
    return {
      ...{ products, hits: [], facets: null, total: null, isStandIn: false, isBehind: stale, ...counts },
      nextKey: key(nextCursor, false),
      previousKey: key(previousCursor, true),
    };
  }

  async function fromSearch(
    wanted: Wanted,
    place: Extract<Place, { by: 'search' }> | undefined,
    { size }: AskedPage,
    list: string,
  ): Promise<ProductPage | undefined> {
    const slice = windowAround(place, size);
    const answer = await searched(wanted, slice);
    if (answer === undefined) return undefined;
    const { total, facets } = answer;
    const ids = answer.hits.map(({ productId }) => productId);
    const { from, to } = pageWithin(ids, slice, place, size);
    const [before, end] = [slice.offset + from, slice.offset + to];
    const key = (anchor: string | undefined, offset: number, isBack: boolean) =>
      anchor === undefined ? null : keyOf({ by: 'search', anchor, offset, isBack }, list);
    const hasMore = end < total && end + size < DEEPEST;
    return {
      ...{ products: [], hits: answer.hits.slice(from, to), facets, total, isStandIn: false, isBehind: false },
      nextKey: hasMore ? key(ids[to - 1] ?? place?.anchor, end - 1, false) : null,
      previousKey: before > 0 ? key(ids[from], before, true) : null,
      before,
      after: Math.max(0, total - end),
    };
  }

  return {
    /** Throws `invalid_cursor` for a key of another list, `unavailable` when nobody answers. */
    async page(wanted: Wanted, asked: AskedPage): Promise<ProductPage> {
      const list = nameOfList(wanted);
      const place = placeOf(asked.key, list);
      if (place?.by === 'catalog' || (place === undefined && isPlain(wanted)))
        return fromCatalogue(wanted, place, asked, list);
      const found = await fromSearch(wanted, place, asked, list);
      if (found !== undefined) return found;
      if (place !== undefined) throw new Problem('unavailable', 'The search does not answer. Ask for this page again.');
      if (wanted.q !== '') return NOTHING;
      return { ...(await fromCatalogue(wanted, undefined, asked, list)), isStandIn: true };
    },

    /** By what a plain list can be narrowed, and how much it holds; undefined when the search does not answer in time. */
    facets: (wanted: Wanted) => searched(wanted, { offset: 0, limit: 1 }),
  };
}

const NOTHING: ProductPage = {
  ...{ products: [], hits: [], nextKey: null, previousKey: null, before: 0, after: 0 },
  ...{ facets: null, total: null, isStandIn: true, isBehind: false },
};
