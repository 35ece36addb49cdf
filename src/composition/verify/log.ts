import { idOf, partitionOf } from '../../platform/event-store/aggregate.ts';
import type { Positions, Storage, StoredEvent } from '../../platform/storage/port.ts';
import { type Verdict, verdict } from './finding.ts';

const PAGE = 1_000;

/** The events of a log up to `heads`, in position order within each partition. */
export async function* eventsOf(storage: Pick<Storage, 'readFeed'>, heads: Positions): AsyncGenerator<StoredEvent> {
  const after = heads.map(() => 0);
  for (;;) {
    const page = await storage.readFeed(after, PAGE);
    const wanted = page.filter(({ partition, position }) => position <= (heads[partition] ?? 0));
    yield* wanted;
    for (const { partition, position } of page) after[partition] = position;
    if (wanted.length === 0) return;
  }
}

/**
 * A log is whole: positions are gapless from 1 to the head, versions of each stream are gapless from 1, and every stream is in
 * the partition of its id. `see` is given each event in passing, and waited for where it asks to be.
 */
export async function verifyLog(
  storage: Pick<Storage, 'log' | 'readFeed' | 'heads'>,
  see: (event: StoredEvent) => Promise<void> | void = () => undefined,
): Promise<Verdict> {
  const { looked, violated, result } = verdict(`${storage.log.name}: the log is whole`);
  const heads = await storage.heads();
  const reached = heads.map(() => 0);
  const versions = new Map<string, number>();
  for await (const event of eventsOf(storage, heads)) {
    const { partition, position, stream, version } = event;
    looked();
    if (position !== (reached[partition] ?? 0) + 1)
      violated(`partition ${partition} goes from position ${reached[partition]} to ${position}`);
    if (version !== (versions.get(stream) ?? 0) + 1)
      violated(`${stream} goes from version ${versions.get(stream) ?? 0} to ${version}`);
    if (partition !== partitionOf(idOf(stream), storage.log.partitions))
      violated(`${stream} lies in partition ${partition}, which is not that of its id`);
    reached[partition] = position;
    versions.set(stream, version);
    const pausing = see(event);
    if (pausing !== undefined) await pausing;
  }
  for (const [partition, head] of heads.entries())
    if (reached[partition] !== head)
      violated(`partition ${partition} ends at ${reached[partition]} but its head says ${head}`);
  return result();
}
