import type { Pool } from 'pg';
import { MOST_ROWS } from './document-index.ts';
import type { OutboxFeed } from './port.ts';
import { feedOf, guardConnections, headsOf, identityOf } from './postgres-rows.ts';

/**
 * Another service's published events, over connections of the bus's role to that service's database. It reads the outbox views
 * and nothing else. Throws when the database cannot be reached. The caller ends the pool, after `close`.
 */
export async function postgresOutboxFeed(options: { readonly pool: Pool; readonly name: string }): Promise<OutboxFeed> {
  const { pool, name } = options;
  guardConnections(pool);
  const log = await identityOf(pool, name, 'outbox_heads');
  return {
    log,
    readFeed: (after, limit) => feedOf(pool, 'outbox', log.partitions, after, Math.min(limit, MOST_ROWS)),
    heads: () => headsOf(pool, 'outbox_heads'),
    async close() {},
  };
}
