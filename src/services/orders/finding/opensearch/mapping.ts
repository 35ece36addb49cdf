import { createHash } from 'node:crypto';
import type { IndexSchema } from '../../../../platform/opensearch/generations.ts';
import type { FoundOrder } from '../port.ts';

const settings = { number_of_shards: 1, auto_expand_replicas: '0-1' };

/** `orders` is searched; `positions` says, by partition, up to where the log is in it: the two live and die together. */
export const schemas = {
  orders: {
    settings,
    mappings: {
      dynamic: 'strict',
      properties: {
        order_id: { type: 'keyword' },
        shopper_id: { type: 'keyword' },
        status: { type: 'keyword' },
        placed_at: { type: 'long' },
        sellers: { type: 'keyword' },
        /** Taken apart before they came here (`words.ts`). */
        words: { type: 'keyword' },
        /** What a list shows. */
        summary: { type: 'object', enabled: false },
      },
    },
  },
  positions: { settings, mappings: { dynamic: false, properties: {} } },
} as const satisfies Record<string, IndexSchema>;

export type OrderKinds = keyof typeof schemas;

/** An index of another release or of another epoch of the log bears another mark, and is made anew. */
export function markOf(epoch: string): string {
  return createHash('sha256')
    .update(JSON.stringify([schemas, epoch]))
    .digest('hex')
    .slice(0, 16);
}

/** An order as OpenSearch takes it. The shopper's id is a pseudonym; what is personal stays sealed in the order's events. */
export function documentOf({ orderId, summary }: FoundOrder, words: readonly string[]) {
  const { shopper_id, status, placed_at, parcels } = summary;
  const sellers = [...new Set(parcels.map(({ sellerId }) => sellerId))];
  return { order_id: orderId, shopper_id, status, placed_at, sellers, words, summary };
}
