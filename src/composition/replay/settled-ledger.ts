import type { JsonObject } from '../../kernel/json.ts';
import { type ShopApi, successOf } from './shop-api.ts';

/** What moved an account, in minor units. */
export interface AccountTotals {
  readonly debits: number;
  readonly credits: number;
}

/** The shop's accounts in one currency; `debits` equal `credits`. */
export interface LedgerTotals extends AccountTotals {
  readonly accounts: Readonly<Record<string, AccountTotals>>;
}

const POLL_MS = 250;
const CALM_POLLS = 4;
const WITHIN_MS = 120_000;

/**
 * The trial balance once captures and refunds have come to rest: no saga of payments in flight and
 * no change for a second. A checkout that waits for its card (`tok_broken`) moves no money and is not waited for.
 * Throws an Error in one plain sentence when they do not within two minutes.
 */
export async function settledLedger(api: ShopApi, currency: string): Promise<LedgerTotals> {
  const until = Date.now() + WITHIN_MS;
  let last = '';
  for (let calm = 0; Date.now() < until; ) {
    const ledger = ledgerIn(
      successOf(await api.ask('GET', '/v1/admin/ledger/trial-balance'), 'The trial balance'),
      currency,
    );
    const sagas = successOf(await api.ask('GET', '/v1/admin/sagas?limit=100'), 'The list of sagas');
    const moving = (sagas.items as readonly JsonObject[]).filter(({ service }) => service === 'payments');
    const seen = JSON.stringify(ledger);
    const atRest = moving.length === 0 && seen === last;
    calm = atRest ? calm + 1 : 0;
    if (calm === CALM_POLLS) return ledger;
    last = seen;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(
    'Captures have not come to rest in two minutes: see npx jangteo hospital, then replay again; nothing is sold twice.',
  );
}

function ledgerIn(balance: JsonObject, currency: string): LedgerTotals {
  const found = (balance.currencies as readonly JsonObject[]).find((each) => each.currency === currency);
  if (found === undefined) return { debits: 0, credits: 0, accounts: {} };
  const accounts = (found.accounts as readonly JsonObject[]).map((each) => [String(each.account), totalsOf(each)]);
  return { ...totalsOf(found), accounts: Object.fromEntries(accounts) };
}

function totalsOf(found: JsonObject): AccountTotals {
  return { debits: Number(found.debits), credits: Number(found.credits) };
}
