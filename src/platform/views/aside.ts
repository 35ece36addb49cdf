import type { Clock, Random } from '../clock/port.ts';
import { ConflictFault, RefusedFault, StaleSubscriptionFault, UnavailableFault } from '../event-store/port.ts';
import type { DocumentWrite, PositionAdvance, Storage } from '../storage/port.ts';

/** Documents and the position they are made from, written together. */
export type Write = (documents: readonly DocumentWrite[], position: PositionAdvance) => Promise<void>;

/**
 * Writes beside the event store's groups, so that a rebuild never makes a command wait behind its large batches.
 * Throws the faults that `EventStore.decide` throws.
 */
export function writeAside(storage: Pick<Storage, 'commit' | 'settle'>, clock: Clock, random: Random): Write {
  return async (documents, position) => {
    const id = `view-${Buffer.from(random.bytes(16)).toString('hex')}`;
    const result = await storage.commit({
      id,
      at: clock.now(),
      fences: [],
      events: [],
      documents,
      idempotency: [],
      positions: [position],
    });
    switch (result.fate) {
      case 'done':
        return;
      case 'conflict':
        if (result.conflicts.some(({ kind }) => kind === 'position'))
          throw new StaleSubscriptionFault(position.subscription);
        throw new ConflictFault('a document is not at its expected version');
      case 'refused':
        throw new RefusedFault('the storage refuses the documents of the view', { cause: result.cause });
      case 'unavailable':
        throw new UnavailableFault('the storage is not available', { cause: result.cause });
      case 'unknown': {
        const { committed } = await storage.settle(id, [], position.subscription);
        if (!committed) throw new UnavailableFault('the connection was lost', { cause: result.cause });
      }
    }
  };
}
