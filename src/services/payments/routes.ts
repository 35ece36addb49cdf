import { Type } from 'typebox';
import { LIMITS, TimeMs } from '../../contracts/shapes.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { accountHistory, History } from './account-history.ts';
import type { Ledger } from './ledger.ts';

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
/** The ledger for those who run the shop. */
export function paymentsRoutes({ clock }: Pick<ServiceKit, 'clock'>, ledger: Ledger): HttpRoutes {
  const historyOf = accountHistory(ledger, clock);

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
          summary: 'What moved an account and why, with its running balance',
          params: Type.Object({ account: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
          querystring: Type.Object(
            {
              from: Type.Optional(TimeMs),
              below: Type.Optional(TimeMs),
              order: Type.Optional(Type.Union([Type.Literal('oldest'), Type.Literal('newest')], { default: 'oldest' })),
              limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 50 })),
              cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
            },
            closed,
          ),
          response: { 200: History },
        },
        config: { problems: ['unknown_account', 'invalid_cursor'] },
      },
      ({ params: { account }, query: { limit = 50, ...query } }) => historyOf(account, { limit, ...query }),
    );
  };
}
