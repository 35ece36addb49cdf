import type { Collection } from '../../kernel/view.ts';
import type { Clock } from '../clock/port.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { KeptKey, KeyStore } from './port.ts';

/** A person's key, wrapped with the house's master key; after an erasure only the fact of it. Kept for ever. */
export const personKeys: Collection = { name: 'person_keys', fields: {}, indexes: [] };

export interface KeyStoreOptions {
  readonly store: Pick<EventStore, 'decide'>;
  readonly documents: Pick<Storage, 'documents'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Keys as documents of a database of their own: a service's backup holds none. */
export function documentKeyStore({ store, documents, clock }: KeyStoreOptions): KeyStore {
  async function find(person: string): Promise<KeptKey | undefined> {
    const document = (await documents.documents(personKeys, 0, [person])).get(person);
    if (document === undefined) return undefined;
    const { wrapped } = document.body;
    return typeof wrapped === 'string' ? { wrapped } : 'erased';
  }

  return {
    find,
    async keep(person, wrapped) {
      const body = { wrapped, createdAt: clock.now() };
      try {
        await store.decide({
          intents: [],
          documents: [{ collection: personKeys, generation: 0, key: person, body, expectedVersion: 0 }],
        });
        return { wrapped };
      } catch (error) {
        if (!(error instanceof ConflictFault)) throw error;
        return (await find(person)) ?? 'erased';
      }
    },
    async erase(person) {
      const body = { erasedAt: clock.now() };
      await store.decide({ intents: [], documents: [{ collection: personKeys, generation: 0, key: person, body }] });
    },
  };
}
