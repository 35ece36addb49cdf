import type { JournalEntry } from '../../contracts/payments.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ViewDefinition } from '../../kernel/view.ts';
import { movementsOf } from './journal.ts';

/** One account's part of a journal entry, in minor units. */
export type LedgerRow = {
  readonly account: string;
  readonly currency: string;
  readonly at: number;
  readonly debits: number;
  readonly credits: number;
  readonly cause: LedgerCause;
};

/** What moved the money: the event, its order, and the shipment or refund. */
export type LedgerCause = { readonly type: string; readonly orderId: string; readonly reference: string };

/** The events that post to the ledger, and how their entries are found. */
export const POSTING_EVENTS = ['PaymentCaptured', 'PaymentRefunded'];

/** The journal entry that an event of `POSTING_EVENTS` carries. */
export function entryOf(event: HeardEvent): JournalEntry {
  return event.data.entry as unknown as JournalEntry;
}

/** What moved which account when, and why? One row for each account that an entry touches. */
export const ledgerEntriesView: ViewDefinition = {
  name: 'ledger_entries',
  version: 1,
  collection: {
    name: 'ledger_entries',
    fields: { account: 'text', at: 'integer' },
    indexes: [['account', 'at'], ['at']],
  },
  types: POSTING_EVENTS,
  keysOf: (event) =>
    [...movementsOf(entryOf(event)).keys()].map((account) => `${event.subject}/${event.version}/${account}`),
  apply(_document, event, key): LedgerRow | undefined {
    const account = key.slice(`${event.subject}/${event.version}/`.length);
    const movement = movementsOf(entryOf(event)).get(account);
    if (movement === undefined) return undefined;
    return {
      account,
      currency: entryOf(event).currency,
      at: Number(event.data.at),
      ...movement,
      cause: causeOf(event.type, event.data),
    };
  },
};

function causeOf(type: string, data: JsonObject): LedgerCause {
  const reference = String(data.shipmentId ?? data.refundId);
  return { type, orderId: String(data.orderId), reference };
}
