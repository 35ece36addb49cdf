import { ask, type Result } from '../api.ts';
import type { Answer, Body } from '../contract.ts';
import type { Language } from '../page-state.ts';
import type { CartView } from './contract.ts';

type Restored = { readonly cart: CartView; readonly skipped: readonly string[] };
export type Lines = Body<'/web/v1/{lang}/cart/restore', 'post'>['lines'];
export type Count = Answer<'/web/v1/cart/count'>;

/** The cart as the pages' own API has it, in a language and with the currency that the shopper looks around in. */
export function cartApi(language: Language, currency: string) {
  const at = (path = '') => `/web/v1/${language}/cart${path}?currency=${encodeURIComponent(currency)}`;
  const line = (sku: string) => at(`/lines/${encodeURIComponent(sku)}`);
  return {
    read: (): Promise<Result<CartView>> => ask(at()),
    count: (): Promise<Result<Count>> => ask('/web/v1/cart/count'),
    /** One press, one key: a repetition that the network made is not a second press. */
    add: (sku: string, quantity: number, key: string): Promise<Result<CartView>> =>
      ask(at('/lines'), { method: 'POST', body: { sku, quantity }, idempotencyKey: key }),
    change: (sku: string, quantity: number): Promise<Result<CartView>> =>
      ask(line(sku), { method: 'PATCH', body: { quantity } }),
    remove: (sku: string): Promise<Result<CartView>> => ask(line(sku), { method: 'DELETE' }),
    restore: (lines: Lines): Promise<Result<Restored>> => ask(at('/restore'), { method: 'POST', body: { lines } }),
  };
}
