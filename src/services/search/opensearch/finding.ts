import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import type { Clock } from '../../../platform/clock/port.ts';
import { UnavailableFault } from '../../../platform/event-store/port.ts';
import type { Engine } from '../../../platform/opensearch/engine.ts';
import type { Word } from '../embedded/words.ts';
import { type Aggregations, facetQueries, facetsIn } from './facets.ts';
import { type Filters, filtersOf, passing } from './filters.ts';
import { availabilityOf } from './levels.ts';
import { errorWays, ON_SALE, productsWith, productsWithWord, type Query, queryWords, type Way } from './words-query.ts';

interface Found {
  readonly timed_out?: boolean;
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly _source: { readonly shown: object; readonly availability: number } }[];
  };
  readonly aggregations?: Aggregations & { readonly matching?: { readonly doc_count: number } };
}

/** No index of this name serves: the engine is new, or has lost what it held. */
export class NoIndex extends UnavailableFault {}

/**
 * Searches an alias as the embedded index does: all words must be held while any product holds them all, else some of them; a
 * word that no product holds as it was typed forgives typing errors. The first question is enough for most searches; one that
 * finds nothing is followed by one that asks what each word finds, and by one that searches in these ways.
 */
export function searcher(
  ask: Engine['query'],
  alias: string,
  clock: Clock,
): { search(request: SearchRequest): Promise<SearchAnswer>; refreshed(): void } {
  /** The commonest currency, until the index changes here, and for a moment: it may change elsewhere too. */
  let commonest: { readonly currency: Promise<string | undefined>; readonly until: number } | undefined;

  async function post(path: string, body: object | string): Promise<unknown> {
    const { status, body: answer } = await ask({ method: 'POST', path: `/${alias}/${path}`, body });
    if (status === 404) throw new NoIndex('OpenSearch holds no search index');
    if (status !== 200)
      throw new Error(`OpenSearch refuses a search with ${status}: ${JSON.stringify(answer).slice(0, 500)}`);
    return answer;
  }

  async function find(request: SearchRequest, query: Query): Promise<Found> {
    const found = (await post('_search', searchBody(request, query))) as Found;
    if (found.timed_out === true) throw new UnavailableFault('OpenSearch gave the search up');
    return found;
  }

  /** The best way in which any product holds each word; undefined for a word that none does. */
  async function waysOf(words: readonly Word[]): Promise<readonly (Way | undefined)[]> {
    const questions = words.flatMap((word) => (['typed', ...errorWays(word)] as const).map((way) => ({ word, way })));
    const lines = questions.flatMap(({ word, way }) => {
      const query = { bool: { filter: [ON_SALE, productsWithWord(word, way)] } };
      return ['{}', JSON.stringify({ query, size: 0, track_total_hits: 1, terminate_after: 1 })];
    });
    const { responses } = (await post('_msearch', `${lines.join('\n')}\n`)) as {
      readonly responses: readonly Partial<Found>[];
    };
    return words.map((word) => {
      const held = questions.find((each, at) => each.word === word && (responses[at]?.hits?.total.value ?? 0) > 0);
      return held?.way;
    });
  }

  async function commonestCurrency(): Promise<string | undefined> {
    const aggs = { currencies: { terms: { field: 'currencies', size: 1 } } };
    const body = { size: 0, query: ON_SALE, aggs };
    const { aggregations } = (await post('_search', body)) as {
      readonly aggregations?: { readonly currencies?: { readonly buckets: readonly { readonly key: string }[] } };
    };
    return aggregations?.currencies?.buckets[0]?.key;
  }

  function meantCurrency(): Promise<string | undefined> {
    if (commonest !== undefined && clock.now() < commonest.until) return commonest.currency;
    const currency = commonestCurrency();
    const mine = { currency, until: clock.now() + CURRENCY_KEPT_MS };
    commonest = mine;
    currency.catch(() => {
      if (commonest === mine) commonest = undefined;
    });
    return currency;
  }

  async function search(asked: SearchRequest): Promise<SearchAnswer> {
    const words = queryWords(asked.q);
    // A query of odd characters alone asks for something that no product holds; an empty one asks for everything.
    if (words.length === 0 && asked.q.trim() !== '') return NOTHING;
    const currency = asked.currency ?? (await meantCurrency());
    const request = currency === undefined ? asked : { ...asked, currency };
    if (words.length === 0) return answerOf(request, await find(request, ON_SALE));

    const first = await find(
      request,
      productsWith(
        words.map((word) => [word, 'typed']),
        'all',
      ),
    );
    if (first.aggregations?.matching?.doc_count !== 0) return answerOf(request, first);
    const ways = await waysOf(words);
    const held = words.flatMap((word, at): [Word, Way][] => [ways[at]].flatMap((way) => (way ? [[word, way]] : [])));
    if (held.length === 0) return answerOf(request, first);
    const isComplete = held.length === words.length;
    if (isComplete && ways.some((way) => way !== 'typed')) {
      const together = await find(request, productsWith(held, 'all'));
      if (together.aggregations?.matching?.doc_count !== 0) return answerOf(request, together);
    }
    return answerOf(request, await find(request, productsWith(held, 'some')));
  }

  return {
    search,
    refreshed() {
      commonest = undefined;
    },
  };
}

const CURRENCY_KEPT_MS = 1_000;

const NOTHING: SearchAnswer = {
  hits: [],
  total: 0,
  facets: { category: [], seller: [], availability: [], options: [], price: null },
};

function searchBody(request: SearchRequest, query: Query): object {
  const filters: Filters = filtersOf(request);
  const { limit, offset } = request;
  const post_filter = passing(filters);
  return {
    query,
    ...(post_filter === undefined ? {} : { post_filter }),
    aggs: { matching: { filter: { match_all: {} } }, ...facetQueries(request, filters) },
    sort: sortOf(request),
    from: offset,
    size: limit,
    track_total_hits: true,
    _source: ['shown', 'availability'],
  };
}

/** Of equals the newest comes first; a product without a price in the currency comes last. */
function sortOf({ sort = 'relevance', currency, q }: SearchRequest): readonly object[] {
  const newest = [{ addedAt: 'desc' }, { productId: 'asc' }];
  if (sort === 'price_asc' || sort === 'price_desc') {
    const order = sort === 'price_asc' ? 'asc' : 'desc';
    return [{ [`prices.${currency}`]: { order, missing: '_last', unmapped_type: 'long' } }, ...newest];
  }
  return sort === 'newest' || q.trim() === '' ? newest : [{ _score: 'desc' }, ...newest];
}

function answerOf(request: SearchRequest, { hits, aggregations = {} }: Found): SearchAnswer {
  return {
    hits: hits.hits.map(({ _source: { shown, availability } }) => ({
      ...(shown as Omit<SearchAnswer['hits'][number], 'availability'>),
      availability: availabilityOf(availability),
    })),
    total: hits.total.value,
    facets: facetsIn(request, aggregations as Aggregations),
  };
}
