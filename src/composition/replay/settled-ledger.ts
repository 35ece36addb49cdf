import type { JsonObject } from '../../kernel/json.ts';
import { type ShopApi, successOf } from './shop-api.ts';

/** What moved an account, in minor units. */
export interface AccountTotals {
  readonly debits: number;
  readonly credits: number;
}

/** What some orders moved on the shop's accounts; `debits` equal `credits`. */
export interface LedgerTotals extends AccountTotals {
  readonly accounts: Readonly<Record<string, AccountTotals>>;
}

const POLL_MS = 250;
const CALM_POLLS = 4;
const WITHIN_MS = 120_000;

/** What these orders moved on these accounts, once captures and refunds have come to rest. Throws as `comeToRest` does. */
export async function settledLedger(
  api: ShopApi,
  accounts: readonly string[],
  orderIds: ReadonlySet<string>,
): Promise<LedgerTotals> {
  await comeToRest(api);
  const found = await Promise.all(
    accounts.map(async (account) => [account, await movedBy(api, account, orderIds)] as const),
  );
  const all = found.map(([, totals]) => totals);
  return { ...sumOf(all), accounts: Object.fromEntries(found) };
}

/**
 * Waits until no saga of payments is in flight and the trial balance has not changed for a second. A checkout that waits for its
 * card (`tok_broken`) moves no money and is not waited for. Throws an Error in one plain sentence after two minutes.
 */
async function comeToRest(api: ShopApi): Promise<void> {
  const until = Date.now() + WITHIN_MS;
  let last = '';
  for (let calm = 0; Date.now() < until; ) {
    const { currencies } = successOf(await api.ask('GET', '/v1/admin/ledger/trial-balance'), 'The trial balance');
    const sagas = successOf(await api.ask('GET', '/v1/admin/sagas?limit=100'), 'The list of sagas');
    const moving = (sagas.items as readonly JsonObject[]).filter(({ service }) => service === 'payments');
    const seen = JSON.stringify(currencies);
    const atRest = moving.length === 0 && seen === last;
    calm = atRest ? calm + 1 : 0;
    if (calm === CALM_POLLS) return;
    last = seen;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(
    'Captures have not come to rest in two minutes: see npx jangteo hospital, then replay again; nothing is sold twice.',
  );
}

/** Walks the history of an account; one to which nothing was ever posted has moved nothing. */
async function movedBy(api: ShopApi, account: string, orderIds: ReadonlySet<string>): Promise<AccountTotals> {
  const path = `/v1/admin/ledger/accounts/${encodeURIComponent(account)}?limit=100`;
  const moved: AccountTotals[] = [];
  for (let cursor = ''; ; ) {
    const answer = await api.ask('GET', `${path}${cursor}`);
    if (answer.body.code === 'unknown_account') break;
    const { items, nextCursor } = successOf(answer, `The history of ${account}`);
    for (const row of items as unknown as readonly HistoryRow[]) {
      if (orderIds.has(row.cause.orderId)) moved.push({ debits: row.debit.amount, credits: row.credit.amount });
    }
    if (typeof nextCursor !== 'string') break;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return sumOf(moved);
}

interface HistoryRow {
  readonly debit: { readonly amount: number };
  readonly credit: { readonly amount: number };
  readonly cause: { readonly orderId: string };
}

function sumOf(all: readonly AccountTotals[]): AccountTotals {
  return {
    debits: all.reduce((sum, each) => sum + each.debits, 0),
    credits: all.reduce((sum, each) => sum + each.credits, 0),
  };
}
