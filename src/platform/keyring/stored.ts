import { LRUCache } from 'lru-cache';
import { parseId } from '../../kernel/ids.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { Clock, Random } from '../clock/port.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import { decrypt, encrypt, freshNonce, KEY_BYTES } from './cipher.ts';
import { ErasedPerson, type Keyring } from './port.ts';

/** A person's key, wrapped with the house's master key; after an erasure only the fact of it. Kept for ever. */
export const personKeys: Collection = { name: 'person_keys', fields: {}, indexes: [] };

/** For how long another process may still read with a key that was destroyed here. */
const CACHED_MS = 60_000;
const YOUNG_MS = 10 * 60_000;
const CACHED_KEYS = 10_000;

export interface StoredKeyringOptions {
  readonly store: EventStore;
  readonly documents: Pick<Storage, 'documents'>;
  /** 32 bytes. Whoever loses it has erased everybody. */
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  /** Keys kept in memory. Default 10,000. */
  readonly cacheEntries?: number;
}

type KeyEntry = { readonly key: Uint8Array | 'erased' };

/** A keyring whose wrapped keys are documents of a database of its own. A destroyed key is read nowhere after a minute. */
export function storedKeyring(options: StoredKeyringOptions): Keyring {
  const { store, documents, masterKey, clock, random, cacheEntries = CACHED_KEYS } = options;
  const cache = new LRUCache<string, KeyEntry>({ max: cacheEntries, ttl: CACHED_MS, perf: clock });
  const making = new Map<string, Promise<Uint8Array>>();

  /** Whether the person was made just now, and so has hardly a key yet: making one finds out, without a look before. */
  function isYoung(person: string): boolean {
    return clock.now() - (parseId(person)?.timeMs ?? 0) < YOUNG_MS;
  }

  async function find(person: string): Promise<KeyEntry | undefined> {
    const cached = cache.get(person);
    if (cached !== undefined) return cached;
    const document = (await documents.documents(personKeys, 0, [person])).get(person);
    if (document === undefined) return undefined;
    const wrapped = document.body.wrapped;
    const entry: KeyEntry =
      typeof wrapped === 'string'
        ? { key: Buffer.from(decrypt(masterKey, wrapped, person), 'base64') }
        : { key: 'erased' };
    cache.set(person, entry);
    return entry;
  }

  async function findOrMake(person: string, mayBeKnown = !isYoung(person)): Promise<Uint8Array> {
    const found = mayBeKnown ? await find(person) : undefined;
    if (found?.key === 'erased') throw new ErasedPerson(`the key of ${person} has been destroyed`);
    if (found !== undefined) return found.key;
    const key = Uint8Array.from(random.bytes(KEY_BYTES));
    const wrapped = encrypt(masterKey, Buffer.from(key).toString('base64'), person, freshNonce(random));
    const body = { wrapped, createdAt: clock.now() };
    try {
      await store.decide({
        intents: [],
        documents: [{ collection: personKeys, generation: 0, key: person, body, expectedVersion: 0 }],
      });
    } catch (error) {
      if (error instanceof ConflictFault) return findOrMake(person, true);
      throw error;
    }
    cache.set(person, { key });
    return key;
  }

  function keyOf(person: string): Promise<Uint8Array> {
    const cached = cache.get(person);
    if (cached !== undefined && cached.key !== 'erased') return Promise.resolve(cached.key);
    const running = making.get(person);
    if (running !== undefined) return running;
    const made = findOrMake(person).finally(() => making.delete(person));
    making.set(person, made);
    return made;
  }

  return {
    prepare(person) {
      keyOf(person).catch(() => undefined);
    },
    async seal(person, personal) {
      const key = await keyOf(person);
      return { person, sealed: encrypt(key, JSON.stringify(personal), person, freshNonce(random)) };
    },
    async open({ person, sealed }) {
      const entry = await find(person);
      if (entry === undefined || entry.key === 'erased') return undefined;
      return JSON.parse(decrypt(entry.key, sealed, person)) as JsonObject;
    },
    async erase(person) {
      const body = { erasedAt: clock.now() };
      await making.get(person)?.catch(() => undefined);
      await store.decide({ intents: [], documents: [{ collection: personKeys, generation: 0, key: person, body }] });
      cache.set(person, { key: 'erased' });
    },
    close: () => store.close(),
  };
}
