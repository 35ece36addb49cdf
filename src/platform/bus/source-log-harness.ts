import type { Clock } from '../clock/port.ts';
import { partitionOf } from '../event-store/aggregate.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { OutboxFeed, Positions } from '../storage/port.ts';
import { SHOP_EVENTS, type Told } from './conformance.ts';

/** The log of service `shop`, whose owner is in another process. */
export interface SourceLog {
  readonly feed: OutboxFeed;
  /** Commits the events in one commit; answers the log's heads. */
  tell(told: readonly Told[]): Promise<Positions>;
}

export async function sourceLog(clock: Clock, partitions = 3): Promise<SourceLog> {
  const storage = memoryStorage({ name: 'shop', clock, partitions });
  const fences = await storage.acquire('owner', 365 * 24 * 3_600_000);
  const versions = new Map<string, number>();
  return {
    feed: storage.outbox(Object.keys(SHOP_EVENTS)),
    async tell(told) {
      const events = told.map(({ subject, count, type = 'Counted', schemaVersion = 2, padding }) => {
        const version = (versions.get(subject) ?? 0) + 1;
        versions.set(subject, version);
        const counted = schemaVersion === 1 ? { n: count } : { count };
        return {
          ...{ partition: partitionOf(subject, partitions), stream: `thing/${subject}`, version, type, schemaVersion },
          data: padding === undefined ? counted : { ...counted, padding: 'x'.repeat(padding) },
          metadata: {},
        };
      });
      const result = await storage.commit({
        ...{ id: crypto.randomUUID(), at: clock.now(), fences, events },
        ...{ documents: [], idempotency: [], positions: [] },
      });
      if (result.fate !== 'done') throw new Error(`the events were not committed: ${result.fate}`);
      return storage.heads();
    },
  };
}
