import { type Static, Type } from 'typebox';
import { LIMITS, Money, TimeMs } from '../../contracts/shapes.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Ledger, RowsFrom } from './ledger.ts';

const closed = { additionalProperties: false } as const;

const Account = Type.Object(
  {
    account: Type.String({ description: '`processor_receivable`, `commission` or `seller_payable:<sellerId>`.' }),
    debits: Type.Integer(),
    credits: Type.Integer(),
    balance: Type.Integer({ description: 'Debits less credits.' }),
  },
  closed,
);
const TrialBalance = Type.Object(
  {
    at: TimeMs,
    currencies: Type.Array(
      Type.Object(
        {
          currency: Type.String(),
          debits: Type.Integer({ description: 'Whole minor units, as all amounts here.' }),
          credits: Type.Integer(),
          balanced: Type.Boolean(),
          accounts: Type.Array(Account),
        },
        closed,
      ),
    ),
  },
  closed,
);
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
const History = Type.Object(
  { account: Type.String(), items: Type.Array(HistoryRow), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
);

/** Where a page of a history ended, and how the account stood there by currency. */
interface Place {
  readonly at: number;
  readonly key: string;
  readonly balances: Readonly<Record<string, number>>;
}

/** The ledger for those who run the shop. */
export function paymentsRoutes({ clock }: Pick<ServiceKit, 'clock'>, ledger: Ledger): HttpRoutes {
  async function history(account: string, from: number, limit: number, cursor: string | undefined) {
    const place = decodeCursor(cursor, `ledger ${account}`) as unknown as Place | undefined;
    const balances: Record<string, number> = { ...(place?.balances ?? (await opening(account, from))) };
    const start: RowsFrom = place === undefined ? { from } : { after: { value: place.at, key: place.key } };
    const rows = await ledger.rows(account, start, limit + 1);
    if (rows.length === 0 && !(await ledger.isKnown(account)))
      throw new Problem('unknown_account', 'Nothing was ever posted to this account.', { account });
    const items = rows.slice(0, limit).map(({ at, currency, debits, credits, cause }): Static<typeof HistoryRow> => {
      const balance = (balances[currency] ?? 0) + debits - credits;
      balances[currency] = balance;
      const inCurrency = (amount: number) => ({ amount, currency });
      return { at, debit: inCurrency(debits), credit: inCurrency(credits), balance: inCurrency(balance), cause };
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    if (last === undefined) return { account, items, nextCursor: null };
    const nextCursor = encodeCursor({ at: last.at, key: last.key, balances }, `ledger ${account}`);
    return { account, items, nextCursor };
  }

  async function opening(account: string, from: number): Promise<Record<string, number>> {
    if (from === 0) return {};
    const before = await ledger.balances(account, from);
    return Object.fromEntries(before.map(({ currency, balance }) => [currency, balance]));
  }

  return (http) => {
    http.get(
      '/v1/admin/ledger/trial-balance',
      {
        schema: {
          tags: ['ledger'],
          summary: 'All accounts by currency, now or at a past time',
          querystring: Type.Object({ at: Type.Optional(TimeMs) }, closed),
          response: { 200: TrialBalance },
        },
      },
      async ({ query: { at } }) => {
        const found = await ledger.trialBalance(at === undefined ? undefined : at + 1);
        const currencies = found.map((each) => ({
          ...each,
          accounts: each.accounts.map(({ account, debits, credits, balance }) => ({
            account,
            debits,
            credits,
            balance,
          })),
        }));
        return { at: at ?? clock.now(), currencies };
      },
    );

    http.get(
      '/v1/admin/ledger/accounts/:account',
      {
        schema: {
          tags: ['ledger'],
          summary: 'What moved an account and why, oldest first, with its running balance',
          params: Type.Object({ account: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
          querystring: Type.Object(
            {
              from: Type.Optional(TimeMs),
              limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 50 })),
              cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
            },
            closed,
          ),
          response: { 200: History },
        },
        config: { problems: ['unknown_account', 'invalid_cursor'] },
      },
      ({ params: { account }, query: { from = 0, limit = 50, cursor } }) => history(account, from, limit, cursor),
    );
  };
}
