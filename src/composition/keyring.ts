import { eventStoreCollections, openEventStore } from '../platform/event-store/open.ts';
import { rehearsedStore } from '../platform/hospital/rehearsal.ts';
import { documentKeyStore, personKeys } from '../platform/keyring/key-store.ts';
import type { Keyring, KeyStore } from '../platform/keyring/port.ts';
import { storedKeyring } from '../platform/keyring/stored.ts';
import { coalescedReads } from '../platform/storage/coalesced-reads.ts';
import { keepRetention } from '../platform/storage/retention.ts';
import type { Logger, Metrics } from '../platform/telemetry/port.ts';
import type { Engines, StorageNeed } from './engines/engines.ts';

export const KEYRING = 'keyring';

/** What the database of the keys holds. */
export const keyringNeed: StorageNeed = {
  service: KEYRING,
  collections: [...eventStoreCollections, personKeys],
};

/** The keys of all persons, and whether their database answers. */
export interface OpenedKeyring extends Keyring {
  /** Where they are kept. */
  readonly keys: KeyStore;
  /** The fence of the lease that they were opened by. */
  readonly term: number;
  close(): Promise<void>;
  /** Throws when the database cannot be reached. */
  readonly reach: () => Promise<void>;
}

/** The keys of all persons, in a database of their own: a service's backup holds no key. */
export async function openKeyring(options: {
  readonly engines: Engines;
  readonly owner: string;
  readonly masterKey: Uint8Array;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'groupCommitted'>;
  /** Ends the waiting for another process that keeps them. */
  readonly signal?: AbortSignal;
  /** Another process keeps them from now on. */
  readonly onLost?: () => void;
}): Promise<OpenedKeyring> {
  const { engines, owner, masterKey, metrics } = options;
  const { clock, random } = engines;
  const bounded = engines.cacheEntries === undefined ? {} : { cacheEntries: engines.cacheEntries };
  const logger = options.logger.child({ service: KEYRING });
  const storage = await engines.storageFor(keyringNeed);
  const groupCommitted = (works: number, seconds: number) => metrics.groupCommitted(KEYRING, works, seconds);
  const common = { clock, random, ...bounded };
  const opened = await openEventStore({
    ...{ storage, aggregates: [], owner, logger, groupCommitted, ...common },
    ...(options.signal && { signal: options.signal }),
    ...(options.onLost && { onLost: options.onLost }),
  }).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const store = rehearsedStore(opened);
  const keys = documentKeyStore({ store, documents: { documents: coalescedReads(storage) }, clock });
  const keyring = storedKeyring({ keys, masterKey, ...common });
  const stopRetention = keepRetention(storage, { clock, logger });
  return {
    ...keyring,
    keys,
    term: opened.term,
    reach: async () => void (await storage.heads()),
    async close() {
      await stopRetention();
      await store.close();
      await storage.close();
    },
  };
}
