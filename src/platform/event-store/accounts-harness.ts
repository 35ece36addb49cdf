import type { Decider, DomainEvent } from '../../kernel/decider.ts';
import { accept, nothingToDo, reject } from '../../kernel/rejection.ts';
import type { Aggregate } from './aggregate.ts';

/** The account of the event store's tests: it counts, refuses to go below zero, and remembers who has asked. */
export interface Account {
  readonly balance: number;
  readonly seen: readonly string[];
}

export type AccountCommand =
  | { readonly add: number; readonly by?: string }
  | { readonly explode: true }
  | { readonly note: string };

export type AccountEvent =
  | DomainEvent<'Added', { readonly amount: number; readonly by: string }>
  | DomainEvent<'Noted', { readonly text: string }>;

const decider: Decider<Account, AccountCommand, AccountEvent, 'below_zero'> = {
  initial: { balance: 0, seen: [] },
  decide(command, state) {
    if ('explode' in command) throw new Error('the rules have a bug');
    if ('note' in command) return accept({ type: 'Noted', data: { text: command.note } });
    const by = command.by ?? '';
    if (command.add === 0 || (by !== '' && state.seen.includes(by))) return nothingToDo;
    if (state.balance + command.add < 0) {
      return reject('below_zero', 'There is not enough.', { balance: state.balance });
    }
    return accept({ type: 'Added', data: { amount: command.add, by } });
  },
  evolve: (state, event) =>
    event.type === 'Noted'
      ? state
      : {
          balance: state.balance + event.data.amount,
          seen: event.data.by === '' ? state.seen : [...state.seen, event.data.by],
        },
};

type AccountAggregate = Aggregate<Account, AccountCommand, AccountEvent, 'below_zero'>;

export const account: AccountAggregate = {
  name: 'account',
  decider,
  events: { Added: { version: 1 }, Noted: { version: 1 } },
};

/** The same rules, with a snapshot after every tenth event. */
export const snapshotAccount: AccountAggregate = {
  ...account,
  name: 'snapshot_account',
  snapshot: {
    every: 10,
    fold: 1,
    encode: ({ balance, seen }) => ({ balance, seen }),
    decode: (body) => ({ balance: Number(body.balance), seen: body.seen as readonly string[] }),
  },
};

/** The same rules, kept as a document while the balance is not zero. */
export const documentAccount: AccountAggregate = {
  ...account,
  name: 'document_account',
  document: {
    collection: { name: 'accounts', fields: { balance: 'integer' }, indexes: [['balance']] },
    encode: ({ balance, seen }) => (balance === 0 ? null : { balance, seen }),
    decode: (body) => ({ balance: Number(body.balance), seen: body.seen as readonly string[] }),
  },
};
