import type { JsonObject } from '../../kernel/json.ts';

/** Personal data as it is written: which person's key opens it, and the ciphertext. Safe in events, documents and logs. */
export interface Sealed {
  readonly person: string;
  readonly sealed: string;
}

/** A key per person. Destroying it erases what it sealed, everywhere: in events, views, snapshots, backups. */
export interface Keyring {
  /** Makes the person's key durable when there is none, so that a `seal` which follows does not wait for it. Never throws. */
  prepare(person: string): void;
  /** Encrypts; makes the person's key durable first when there is none. Throws an ErasedPerson when it was destroyed. */
  seal(person: string, personal: JsonObject): Promise<Sealed>;
  /** Decrypts; undefined when the key was destroyed. Throws when the ciphertext was tampered with. */
  open(sealed: Sealed): Promise<JsonObject | undefined>;
  /** Destroys the key for good; repeating it changes nothing. */
  erase(person: string): Promise<void>;
}

/** A person's key as it is kept: wrapped with the master key, or only the fact that it was destroyed. */
export type KeptKey = { readonly wrapped: string } | 'erased';

/** Where wrapped keys are kept. All may throw when it cannot be reached. */
export interface KeyStore {
  find(person: string): Promise<KeptKey | undefined>;
  /** Keeps the key unless the person has one; answers what is kept now. */
  keep(person: string, wrapped: string): Promise<KeptKey>;
  /** Destroys the key for good; repeating it changes nothing. */
  erase(person: string): Promise<void>;
}

export class ErasedPerson extends Error {
  override readonly name = 'ErasedPerson';
}
