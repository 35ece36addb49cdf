import { done, type Outcome, rejected } from '../../src/kernel/outcome.ts';
import type { Coordinator } from '../../src/platform/two-phase/port.ts';
import type { Places } from './places.ts';

export interface Purchase {
  readonly id: string;
  readonly account: string;
  /** In minor units. */
  readonly amount: number;
}

/**
 * The textbook case by two-phase commit: the account is debited and the payment written in one database, the order in another, the
 * message sent by a third. All of it or nothing, and nobody ever sees a part.
 */
export function buyByTwoPhase(coordinator: Coordinator, places: Places, purchase: Purchase): Promise<Outcome<string>> {
  return coordinator.transact(async (transaction) => {
    const payments = await transaction.enlist(places.payments);
    const debit = 'UPDATE accounts SET balance = balance - $2 WHERE id = $1 AND balance >= $2';
    const { rowCount } = await payments.query(debit, [purchase.account, purchase.amount]);
    if (rowCount === 0) return rejected({ code: 'balance_too_low', detail: 'The account holds too little money.' });
    const payment = 'INSERT INTO payments (purchase, account, amount) VALUES ($1, $2, $3)';
    await payments.query(payment, [purchase.id, purchase.account, purchase.amount]);
    const orders = await transaction.enlist(places.orders);
    await places.orderBook.insert(orders, purchase.id, purchase.amount);
    (await transaction.enlist(places.queue)).enqueue({ type: 'OrderPlaced', purchase: purchase.id });
    return done(purchase.id);
  });
}

/** Gives an account money of its own. */
export async function openAccount(places: Places, account: string, balance: number): Promise<void> {
  await places.accounts.query('INSERT INTO accounts (id, balance) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    account,
    balance,
  ]);
}
