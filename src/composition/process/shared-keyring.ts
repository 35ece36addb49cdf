import { type Static, Type } from 'typebox';
import { command, query } from '../../contracts/contract.ts';
import type { Contract } from '../../kernel/contract.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import type { Calls } from '../../platform/calls/port.ts';
import { UnavailableFault } from '../../platform/event-store/port.ts';
import type { KeptKey, KeyStore } from '../../platform/keyring/port.ts';
import { KEYRING } from '../keyring.ts';

const closed = { additionalProperties: false } as const;
const Person = Type.Object({ person: Type.String() }, closed);
/** Keys travel wrapped with the master key, which never travels. */
const Kept = Type.Object({ wrapped: Type.Optional(Type.String()), erased: Type.Optional(Type.Literal(true)) }, closed);
type Kept = Static<typeof Kept>;

/** The keys of all persons, as the process that keeps them answers for them. */
export const keys = {
  service: KEYRING,
  calls: {
    find: query(Person, Kept),
    keep: command(Type.Object({ person: Type.String(), wrapped: Type.String() }, closed), Kept),
    erase: command(Person, Type.Object({}, closed)),
  },
  events: {},
} as const satisfies Contract;

/** Answers for the keys that are kept here; the returned function ends it. */
export function serveKeys(calls: Pick<Calls, 'serve'>, store: KeyStore): () => void {
  return calls.serve(keys, {
    find: async ({ person }) => done(toldOf(await store.find(person))),
    keep: async ({ person, wrapped }) => done(toldOf(await store.keep(person, wrapped))),
    async erase({ person }) {
      await store.erase(person);
      return done({});
    },
  });
}

/** The keys wherever they are kept. All of it throws an UnavailableFault when nobody answers. */
export function remoteKeys(calls: Pick<Calls, 'client'>): KeyStore {
  const client = calls.client(keys);
  return {
    find: async (person) => heardOf(answered(await client.find({ person }))),
    keep: async (person, wrapped) => heardOf(answered(await client.keep({ person, wrapped }))) ?? 'erased',
    async erase(person) {
      answered(await client.erase({ person }));
    },
  };
}

function answered<Answer>(outcome: Outcome<Answer>): Answer {
  if (outcome.kind === 'done') return outcome.answer;
  throw new UnavailableFault('the keys cannot be reached just now');
}

function toldOf(kept: KeptKey | undefined): Kept {
  return kept === undefined ? {} : kept === 'erased' ? { erased: true } : kept;
}

function heardOf({ wrapped, erased }: Kept): KeptKey | undefined {
  return erased === true ? 'erased' : wrapped === undefined ? undefined : { wrapped };
}
