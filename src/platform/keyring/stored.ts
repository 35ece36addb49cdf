import { LRUCache } from 'lru-cache';
import { parseId } from '../../kernel/ids.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Clock, Random } from '../clock/port.ts';
import { decrypt, encrypt, freshNonce, KEY_BYTES } from './cipher.ts';
import { ErasedPerson, type KeptKey, type Keyring, type KeyStore } from './port.ts';

/** For how long another process may still read with a key that was destroyed here. */
const CACHED_MS = 60_000;
const YOUNG_MS = 10 * 60_000;
const CACHED_KEYS = 10_000;

export interface StoredKeyringOptions {
  readonly keys: KeyStore;
  /** 32 bytes. Whoever loses it has erased everybody. */
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  /** Keys kept in memory. Default 10,000. */
  readonly cacheEntries?: number;
}

type KeyEntry = { readonly key: Uint8Array | 'erased' };

/** A keyring whose wrapped keys are kept in a key store. A destroyed key is read nowhere after a minute. */
export function storedKeyring(options: StoredKeyringOptions): Keyring {
  const { keys, masterKey, clock, random, cacheEntries = CACHED_KEYS } = options;
  const cache = new LRUCache<string, KeyEntry>({ max: cacheEntries, ttl: CACHED_MS, perf: clock });
  const making = new Map<string, Promise<Uint8Array>>();

  /** Whether the person was made just now, and so has hardly a key yet: making one finds out, without a look before. */
  function isYoung(person: string): boolean {
    return clock.now() - (parseId(person)?.timeMs ?? 0) < YOUNG_MS;
  }

  function remember(person: string, kept: KeptKey): KeyEntry {
    const entry: KeyEntry =
      kept === 'erased' ? { key: 'erased' } : { key: Buffer.from(decrypt(masterKey, kept.wrapped, person), 'base64') };
    cache.set(person, entry);
    return entry;
  }

  async function find(person: string): Promise<KeyEntry | undefined> {
    const cached = cache.get(person);
    if (cached !== undefined) return cached;
    const kept = await keys.find(person);
    return kept === undefined ? undefined : remember(person, kept);
  }

  async function findOrMake(person: string): Promise<Uint8Array> {
    const found = isYoung(person) ? undefined : await find(person);
    const { key } = found ?? (await make(person));
    if (key === 'erased') throw new ErasedPerson(`the key of ${person} has been destroyed`);
    return key;
  }

  async function make(person: string): Promise<KeyEntry> {
    const key = Uint8Array.from(random.bytes(KEY_BYTES));
    const wrapped = encrypt(masterKey, Buffer.from(key).toString('base64'), person, freshNonce(random));
    const kept = await keys.keep(person, wrapped);
    if (kept === 'erased' || kept.wrapped !== wrapped) return remember(person, kept);
    const entry: KeyEntry = { key };
    cache.set(person, entry);
    return entry;
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
      await making.get(person)?.catch(() => undefined);
      await keys.erase(person);
      cache.set(person, { key: 'erased' });
    },
  };
}
