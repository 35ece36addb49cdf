import type { payments } from '../../contracts/payments.ts';
import type { AnswerOf } from '../../kernel/contract.ts';
import type { View } from '../../platform/views/port.ts';
import { COMMISSION, PROCESSOR_RECEIVABLE } from './journal.ts';
import type { BalanceRow } from './ledger-balances.view.ts';
import { startOf } from './periods.ts';

type Hour = AnswerOf<typeof payments.calls.turnover>['hours'][number];

/** Rows of one account: more than a year of hours. */
const MOST_ROWS = 10_000;

/** What cards brought and got back from the hour that holds `from` (ms) on, oldest first: what the ledger says of it. */
export async function turnover(view: (name: string) => View, from: number): Promise<readonly Hour[]> {
  const rowsOf = async (account: string) => {
    const { value } = await view('ledger_balances').query({
      where: { account, level: 'hour' },
      range: { field: 'start', from: startOf('hour', from) },
      order: 'ascending',
      limit: MOST_ROWS,
    });
    return value.map(({ body }) => body as unknown as BalanceRow);
  };
  const [receivable, commission] = await Promise.all([rowsOf(PROCESSOR_RECEIVABLE), rowsOf(COMMISSION)]);
  const kept = new Map(commission.map((row) => [keyOf(row), row.credits - row.debits]));
  return receivable.map((row) => ({
    start: row.start,
    currency: row.currency,
    captured: row.debits,
    refunded: row.credits,
    commission: kept.get(keyOf(row)) ?? 0,
  }));
}

function keyOf({ start, currency }: BalanceRow): string {
  return `${start} ${currency}`;
}
