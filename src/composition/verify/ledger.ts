import type { JournalEntry } from '../../contracts/payments.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { PROCESSOR_RECEIVABLE } from '../../services/payments/journal.ts';
import { type Verdict, verdict } from './finding.ts';

/** The ledger balances in each entry and by currency at every point in time: what the processor owes is what it was told to take. */
export interface LedgerCheck {
  see(service: string, event: StoredEvent): void;
  verdict(): Verdict;
}

export function ledgerCheck(): LedgerCheck {
  const { looked, violated, result } = verdict(
    'the ledger balances in each entry and, by currency, at every point in time',
  );
  /** By currency, in minor units: what the processor owes, and what we owe to sellers or have earned. */
  const owed = new Map<string, { theirs: number; ours: number }>();
  return {
    see(service, { type, data, stream, version }) {
      if (service !== 'payments' || (type !== 'PaymentCaptured' && type !== 'PaymentRefunded')) return;
      looked();
      const entry = data.entry as unknown as JournalEntry;
      const amount = data.amount as unknown as { amount: number; currency: string };
      const where = `${stream} at version ${version}`;
      const sums = owed.get(entry.currency) ?? { theirs: 0, ours: 0 };
      owed.set(entry.currency, sums);
      if (entry.currency !== amount.currency)
        violated(`the entry of ${where} is in ${entry.currency}, what it is about in ${amount.currency}`);
      for (const transfer of entry.transfers) {
        if (transfer.debit === transfer.credit) violated(`the entry of ${where} moves ${transfer.debit} to itself`);
        for (const [account, moved] of [
          [transfer.debit, transfer.amount],
          [transfer.credit, -transfer.amount],
        ] as const) {
          if (account === PROCESSOR_RECEIVABLE) sums.theirs += moved;
          else sums.ours += moved;
        }
      }
      if (sums.theirs + sums.ours !== 0 || sums.theirs < 0)
        violated(`after ${where} the processor owes ${sums.theirs} ${entry.currency} and we owe ${-sums.ours}`);
    },
    verdict: result,
  };
}
