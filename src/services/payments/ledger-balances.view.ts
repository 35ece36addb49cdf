import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { ViewDefinition } from '../../kernel/view.ts';
import { movementsOf } from './journal.ts';
import { entryOf, POSTING_EVENTS } from './ledger-entries.view.ts';
import { LEVELS, type Level, startOf } from './periods.ts';

/** What an account moved in a period, in minor units of one currency. */
export type BalanceRow = {
  readonly level: Level;
  /** When the period begins, in ms. */
  readonly start: number;
  readonly account: string;
  readonly currency: string;
  readonly debits: number;
  readonly credits: number;
};

/** How much did each account move in each month, day, hour and in all? The balance at any time is a few of these rows. */
export const ledgerBalancesView: ViewDefinition = {
  name: 'ledger_balances',
  version: 1,
  collection: {
    name: 'ledger_balances',
    fields: { level: 'text', account: 'text', start: 'integer' },
    indexes: [
      ['level', 'start'],
      ['account', 'level', 'start'],
    ],
  },
  types: POSTING_EVENTS,
  keysOf: (event) => rowsOf(event).map(keyOf),
  apply(document, event, key): BalanceRow | undefined {
    const moved = rowsOf(event).find((row) => keyOf(row) === key);
    if (moved === undefined || document === undefined) return moved;
    const before = document as unknown as BalanceRow;
    return { ...moved, debits: before.debits + moved.debits, credits: before.credits + moved.credits };
  },
};

function rowsOf(event: HeardEvent): readonly BalanceRow[] {
  const entry = entryOf(event);
  const at = Number(event.data.at);
  return LEVELS.flatMap((level) =>
    Array.from(movementsOf(entry), ([account, movement]) => ({
      level,
      start: startOf(level, at),
      account,
      currency: entry.currency,
      ...movement,
    })),
  );
}

function keyOf({ level, start, currency, account }: BalanceRow): string {
  return `${level}/${start}/${currency}/${account}`;
}
