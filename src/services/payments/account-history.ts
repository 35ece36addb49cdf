import { type Static, Type } from 'typebox';
import { Money, TimeMs } from '../../contracts/shapes.ts';
import type { Clock } from '../../platform/clock/port.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Ledger, RowPage } from './ledger.ts';

const closed = { additionalProperties: false } as const;

const HistoryRow = Type.Object(
  {
    at: TimeMs,
    debit: Money,
    credit: Money,
    balance: Money,
    cause: Type.Object({ type: Type.String(), orderId: Type.String(), reference: Type.String() }, closed),
  },
  closed,
);
export const History = Type.Object(
  { account: Type.String(), items: Type.Array(HistoryRow), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
);
type History = Static<typeof History>;

/** Rows from a time on and below another (ms). Default: all there are, oldest first. */
export interface HistoryQuery {
  readonly from?: number;
  readonly below?: number;
  readonly order?: 'oldest' | 'newest';
  readonly limit: number;
  readonly cursor?: string;
}

/** Where a page ended, and how the account stood there by currency; newest first ends where the rows of the first page ended. */
interface Place {
  readonly at: number;
  readonly key: string;
  readonly balances: Readonly<Record<string, number>>;
  readonly below?: number;
}

/**
 * Pages of an account's history, each row with the balance after it. Newest first begins with how the account stands and goes back.
 * Throws `unknown_account`, `invalid_cursor`.
 */
export function accountHistory(ledger: Ledger, clock: Clock) {
  async function standing(account: string, before: number): Promise<Record<string, number>> {
    if (before === 0) return {};
    const found = await ledger.balances(account, before);
    return Object.fromEntries(found.map(({ currency, balance }) => [currency, balance]));
  }

  return async (account: string, query: HistoryQuery): Promise<History> => {
    const { from = 0, order = 'oldest', limit, cursor } = query;
    const list = `ledger ${account} ${order} ${query.from ?? ''} ${query.below ?? ''}`;
    const place = decodeCursor(cursor, list) as unknown as Place | undefined;
    const backwards = order === 'newest';
    const below = place?.below ?? query.below ?? (backwards ? clock.now() + 1 : undefined);
    const balances = { ...(place?.balances ?? (await standing(account, backwards ? (below ?? 0) : from))) };
    const page: RowPage = {
      ...{ from, order: backwards ? 'descending' : 'ascending', limit: limit + 1 },
      ...(below === undefined ? {} : { below }),
      ...(place === undefined ? {} : { after: { value: place.at, key: place.key } }),
    };
    const rows = await ledger.rows(account, page);
    if (rows.length === 0 && !(await ledger.isKnown(account)))
      throw new Problem('unknown_account', 'Nothing was ever posted to this account.', { account });
    const items = rows.slice(0, limit).map(({ at, currency, debits, credits, cause }) => {
      const before = balances[currency] ?? 0;
      const moved = debits - credits;
      balances[currency] = backwards ? before - moved : before + moved;
      const inCurrency = (amount: number) => ({ amount, currency });
      const balance = inCurrency(backwards ? before : before + moved);
      return { at, debit: inCurrency(debits), credit: inCurrency(credits), balance, cause };
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    if (last === undefined) return { account, items, nextCursor: null };
    const next = { at: last.at, key: last.key, balances, ...(below === undefined ? {} : { below }) };
    return { account, items, nextCursor: encodeCursor(next, list) };
  };
}
