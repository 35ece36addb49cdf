import type { Storage } from '../../src/platform/storage/port.ts';

export type { Kept } from '../../src/composition/verify/verify.ts';

/** All events of a log as they are kept. */
export async function encodedEvents(storage: Storage): Promise<readonly string[]> {
  const events = await storage.readFeed(
    storage.log.partitions === 0 ? [] : Array.from({ length: storage.log.partitions }, () => 0),
    10_000,
  );
  return events.map((event) => JSON.stringify(event));
}
