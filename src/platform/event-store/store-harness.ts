import type { Collection } from '../../kernel/view.ts';
import type { Clock } from '../clock/port.ts';
import { seededRandom } from '../clock/seeded.ts';
import { systemClock } from '../clock/system.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { account, documentAccount, snapshotAccount } from './accounts-harness.ts';
import { type EventStoreOptions, eventStoreCollections, openEventStore } from './open.ts';
import type { EventStore } from './port.ts';

export const plainDocuments: Collection = { name: 'plain', fields: {}, indexes: [] };

export const storedCollections: readonly Collection[] = [
  ...eventStoreCollections,
  plainDocuments,
  ...(documentAccount.document ? [documentAccount.document.collection] : []),
];

export function newStorage(clock: Clock = systemClock): Storage {
  return memoryStorage({ name: 'test', clock, collections: storedCollections });
}

/** An open event store that closes at the end of its scope. */
export interface Opened extends AsyncDisposable {
  readonly store: EventStore;
  readonly storage: Storage;
}

/** An event store over memory, or over the storage given. */
export async function opened(options: Partial<EventStoreOptions> = {}): Promise<Opened> {
  const clock = options.clock ?? systemClock;
  const storage = options.storage ?? newStorage(clock);
  const store = await openEventStore({
    aggregates: [account, snapshotAccount, documentAccount],
    clock,
    random: seededRandom(1),
    owner: 'test',
    logger: silentLogger,
    ...options,
    storage,
  });
  return { store, storage, [Symbol.asyncDispose]: () => store.close() };
}
