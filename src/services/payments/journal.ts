import type { JournalEntry } from '../../contracts/payments.ts';
import type { Money } from '../../contracts/shapes.ts';
import { share } from '../../kernel/money.ts';

/** What the card processor owes us. */
export const PROCESSOR_RECEIVABLE = 'processor_receivable';
/** What the marketplace has earned. */
export const COMMISSION = 'commission';

/** What we owe a seller. */
export function sellerPayable(sellerId: string): string {
  return `seller_payable:${sellerId}`;
}

/** What an order's card payment has brought one seller so far, in minor units, and the commission agreed for the order. */
export interface SellerShare {
  readonly basisPoints: number;
  readonly captured: number;
  readonly refunded: number;
}

/**
 * The commission on `amount` more after `before`, as the difference of two rounded totals: however a sum is split into parts,
 * their commissions add up to the commission of the sum, so that a full refund gives back exactly what was taken.
 */
export function commissionOn(amount: Money, before: number, basisPoints: number): number {
  const { currency } = amount;
  const total = share({ amount: before + amount.amount, currency }, basisPoints).amount;
  return total - share({ amount: before, currency }, basisPoints).amount;
}

/** The processor owes us the amount; we owe it to the seller, less the commission. */
export function captureEntry(sellerId: string, amount: Money, seller: SellerShare): JournalEntry {
  const commission = commissionOn(amount, seller.captured, seller.basisPoints);
  return entry(amount.currency, [
    { debit: PROCESSOR_RECEIVABLE, credit: sellerPayable(sellerId), amount: amount.amount - commission },
    { debit: PROCESSOR_RECEIVABLE, credit: COMMISSION, amount: commission },
  ]);
}

/** The reverse of a capture, for a part of it. */
export function refundEntry(sellerId: string, amount: Money, seller: SellerShare): JournalEntry {
  const commission = commissionOn(amount, seller.refunded, seller.basisPoints);
  return entry(amount.currency, [
    { debit: sellerPayable(sellerId), credit: PROCESSOR_RECEIVABLE, amount: amount.amount - commission },
    { debit: COMMISSION, credit: PROCESSOR_RECEIVABLE, amount: commission },
  ]);
}

/** What an entry moves, by account. */
export function movementsOf(entry: JournalEntry): ReadonlyMap<string, { debits: number; credits: number }> {
  const movements = new Map<string, { debits: number; credits: number }>();
  const of = (account: string) => {
    const known = movements.get(account) ?? { debits: 0, credits: 0 };
    movements.set(account, known);
    return known;
  };
  for (const { debit, credit, amount } of entry.transfers) {
    of(debit).debits += amount;
    of(credit).credits += amount;
  }
  return movements;
}

function entry(currency: string, transfers: JournalEntry['transfers']): JournalEntry {
  return { currency, transfers: transfers.filter(({ amount }) => amount > 0) };
}
