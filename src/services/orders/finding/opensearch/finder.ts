import { UnavailableFault } from '../../../../platform/event-store/port.ts';
import type { Engine } from '../../../../platform/opensearch/engine.ts';
import type { OrderSummary } from '../../status.view.ts';
import type { FoundOrder, OrderFinder, OrderWishes } from '../port.ts';
import { wordsAsked } from '../words.ts';

interface Found {
  readonly timed_out?: boolean;
  readonly hits: { readonly hits: readonly { readonly _id: string; readonly _source: { summary: OrderSummary } }[] };
}

/** Finds in the index behind an alias, as it was refreshed last. */
export function searchingFinder(ask: Engine['query'], alias: string): OrderFinder {
  return {
    async find(wishes, { limit, after }) {
      const question = {
        query: { bool: { filter: filtersOf(wishes) } },
        sort: [{ placed_at: 'desc' }, { order_id: 'desc' }],
        size: limit + 1,
        track_total_hits: false,
        _source: ['summary'],
        ...(after === undefined ? {} : { search_after: [...after] }),
      };
      const { status, body } = await ask({ method: 'POST', path: `/${alias}/_search`, body: question });
      if (status === 404) throw new UnavailableFault('OpenSearch holds no index of orders');
      if (status !== 200)
        throw new Error(`OpenSearch refuses to look for orders with ${status}: ${JSON.stringify(body).slice(0, 500)}`);
      const { timed_out, hits } = body as Found;
      if (timed_out === true) throw new UnavailableFault('OpenSearch gave the search up');
      const found = hits.hits.map(({ _id, _source }): FoundOrder => ({ orderId: _id, summary: _source.summary }));
      const orders = found.slice(0, limit);
      const last = found.length > limit ? orders.at(-1) : undefined;
      return { orders, stale: false, ...(last && { next: [last.summary.placed_at, last.orderId] }) };
    },
  };
}

function filtersOf({ status, shopper, seller, from, below, q }: OrderWishes): object[] {
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(below === undefined ? {} : { lt: below }) };
  const terms = { status, shopper_id: shopper, sellers: seller };
  return [
    ...Object.entries(terms).flatMap(([field, value]) => (value === undefined ? [] : [{ term: { [field]: value } }])),
    ...(from === undefined && below === undefined ? [] : [{ range: { placed_at: bounds } }]),
    ...(q === undefined ? [] : wordsAsked(q).map((word) => ({ prefix: { words: word } }))),
  ];
}
