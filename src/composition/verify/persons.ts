import type { Json } from '../../kernel/json.ts';
import { decrypt } from '../../platform/keyring/cipher.ts';
import { personKeys } from '../../platform/keyring/key-store.ts';
import type { Storage, StoredEvent } from '../../platform/storage/port.ts';
import { documentsOf } from './documents.ts';
import { type Verdict, verdict } from './finding.ts';

/** Where the keys of persons are kept, and what unwraps them. */
export interface KeptKeys {
  readonly storage: Pick<Storage, 'documents' | 'query'>;
  readonly masterKey?: Uint8Array;
}

/** Every sealed person has a key that opens what is sealed, or a recorded erasure; and no key outlives its erasure. */
export interface PersonChecks {
  /** Given each event in passing; a promise when some persons are looked up before going on. */
  see(event: StoredEvent): Promise<void> | undefined;
  verdicts(): Promise<readonly Verdict[]>;
}

const AT_ONCE = 1_000;

export function personChecks({ storage, masterKey }: KeptKeys): PersonChecks {
  const sealed = verdict('keyring: every sealed person has a key that opens it, or a recorded erasure');
  const erased = verdict('keyring: no key outlives its erasure');
  /** Persons to look up, each with one text sealed for them and where it stands. */
  let waiting = new Map<string, { readonly text: string; readonly stream: string }>();

  async function lookUp(): Promise<void> {
    const some = waiting;
    waiting = new Map();
    const found = await storage.documents(personKeys, 0, [...some.keys()]);
    for (const [person, { text, stream }] of some) {
      sealed.looked();
      const body = found.get(person)?.body;
      if (body === undefined) sealed.violated(`${person} has neither a key nor an erasure, but is sealed in ${stream}`);
      else if (typeof body.wrapped === 'string' && !opens(body.wrapped, person, text))
        sealed.violated(`the key of ${person} does not open what is sealed in ${stream}`);
      else if (typeof body.wrapped !== 'string' && typeof body.erasedAt !== 'number')
        sealed.violated(`${person} has no key, and no erasure is recorded`);
    }
  }

  function opens(wrapped: string, person: string, text: string): boolean {
    if (masterKey === undefined) return true;
    try {
      decrypt(Buffer.from(decrypt(masterKey, wrapped, person), 'base64'), text, person);
      return true;
    } catch {
      return false;
    }
  }

  return {
    see({ data, stream }) {
      forEachSealed(data, (person, text) => void waiting.set(person, { text, stream }));
      return waiting.size >= AT_ONCE ? lookUp() : undefined;
    },
    async verdicts() {
      await lookUp();
      for await (const { key, body } of documentsOf(storage, personKeys)) {
        if (typeof body.erasedAt !== 'number') continue;
        erased.looked();
        if (typeof body.wrapped === 'string')
          erased.violated(`${key} was erased at ${new Date(body.erasedAt).toISOString()}, but the key is still there`);
      }
      return [sealed.result(), erased.result()];
    },
  };
}

function forEachSealed(value: Json | undefined, found: (person: string, text: string) => void): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const each of value) forEachSealed(each, found);
    return;
  }
  const { person, sealed } = value as { readonly person?: Json; readonly sealed?: Json };
  if (typeof person === 'string' && typeof sealed === 'string') found(person, sealed);
  else for (const each of Object.values(value)) forEachSealed(each, found);
}
