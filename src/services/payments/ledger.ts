import type { View } from '../../platform/views/port.ts';
import type { BalanceRow } from './ledger-balances.view.ts';
import type { LedgerRow } from './ledger-entries.view.ts';
import { periodsBefore } from './periods.ts';

/** How an account stands, in minor units; `balance` is debits less credits. */
export interface AccountBalance {
  readonly account: string;
  readonly currency: string;
  readonly debits: number;
  readonly credits: number;
  readonly balance: number;
}

export interface TrialBalance {
  readonly currency: string;
  readonly debits: number;
  readonly credits: number;
  readonly balanced: boolean;
  readonly accounts: readonly AccountBalance[];
}

export interface Ledger {
  /** All accounts by currency as they stand, or as they stood just before `before` (ms). */
  trialBalance(before?: number): Promise<readonly TrialBalance[]>;
  /** One account by currency, just before `before` (ms). */
  balances(account: string, before: number): Promise<readonly AccountBalance[]>;
  /** A page of an account's rows. */
  rows(account: string, page: RowPage): Promise<readonly (LedgerRow & { readonly key: string })[]>;
  isKnown(account: string): Promise<boolean>;
}

/** Rows from a time on and below another (ms), oldest or newest first, after the row where the page before ended. */
export interface RowPage {
  readonly from: number;
  readonly below?: number;
  readonly order: 'ascending' | 'descending';
  readonly after?: { readonly value: number; readonly key: string };
  readonly limit: number;
}

const PAGE = 1_000;
const MOST_READS = 5;

type Query = Parameters<View['query']>[0];

/** The ledger as its views tell it. */
export function ledger(view: (name: string) => View): Ledger {
  const entries = () => view('ledger_entries');
  const balances = () => view('ledger_balances');

  async function total(account: Readonly<Record<string, string>>, before: number): Promise<AccountBalance[]> {
    const { ranges, restFrom } = periodsBefore(before);
    const periods = ranges.map(({ level, from, below }) =>
      all<BalanceRow>(balances(), { where: { ...account, level }, range: { field: 'start', from, below } }),
    );
    const rest = all<LedgerRow>(entries(), { where: account, range: { field: 'at', from: restFrom, below: before } });
    return summed((await Promise.all([...periods, rest])).flat());
  }

  return {
    async trialBalance(before) {
      for (let read = 1; ; read++) {
        const found =
          before === undefined
            ? summed(await all<BalanceRow>(balances(), { where: { level: 'total' }, range: { field: 'start' } }))
            : await total({}, before);
        const byCurrency = trialBalances(found);
        // Rows may move between two pages of one reading; an imbalance is told only when it is there again and again.
        if (read === MOST_READS || byCurrency.every(({ balanced }) => balanced)) return byCurrency;
      }
    },
    balances: (account, before) => total({ account }, before),
    async rows(account, { from, below, ...page }) {
      const range = { field: 'at', from, ...(below === undefined ? {} : { below }) };
      const { value } = await entries().query({ where: { account }, range, ...page });
      return value.map(({ key, body }) => ({ ...(body as unknown as LedgerRow), key }));
    },
    async isKnown(account) {
      const { value } = await balances().query({
        where: { account, level: 'total' },
        range: { field: 'start' },
        order: 'ascending',
        limit: 1,
      });
      return value.length > 0;
    },
  };
}

function summed(rows: readonly Omit<AccountBalance, 'balance'>[]): AccountBalance[] {
  const sums = new Map<string, AccountBalance>();
  for (const { account, currency, debits, credits } of rows) {
    const key = `${currency} ${account}`;
    const before = sums.get(key) ?? { debits: 0, credits: 0 };
    const sum = { debits: before.debits + debits, credits: before.credits + credits };
    sums.set(key, { account, currency, ...sum, balance: sum.debits - sum.credits });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, balance]) => balance);
}

function trialBalances(accounts: readonly AccountBalance[]): TrialBalance[] {
  return [...Map.groupBy(accounts, ({ currency }) => currency)].map(([currency, ofCurrency]) => {
    const debits = ofCurrency.reduce((total, each) => total + each.debits, 0);
    const credits = ofCurrency.reduce((total, each) => total + each.credits, 0);
    return { currency, debits, credits, balanced: debits === credits, accounts: ofCurrency };
  });
}

async function all<Row>(view: View, query: Omit<Query, 'limit' | 'order'>): Promise<Row[]> {
  const rows: Row[] = [];
  const field = query.range?.field ?? '';
  let after: Query['after'];
  for (;;) {
    const page = { ...query, order: 'ascending' as const, limit: PAGE };
    const { value } = await view.query(after === undefined ? page : { ...page, after });
    for (const { body } of value) rows.push(body as unknown as Row);
    const last = value.at(-1);
    if (last === undefined || value.length < PAGE) return rows;
    after = { value: last.body[field] as number, key: last.key };
  }
}
