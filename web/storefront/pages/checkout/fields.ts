import type { Problem } from '../../api.ts';
import type { TotalsView } from '../../cart/contract.ts';
import type { Language } from '../../page-state.ts';
import type { CheckoutProblem, CheckoutValues, PurchaseBody } from './view.ts';

export type FieldName = keyof CheckoutValues;

/** The fields of an address as people write one: in Korea from the country down to the door. */
export function addressFields(language: Language, country: string): readonly FieldName[] {
  return language === 'ko' || country === 'KR'
    ? ['name', 'country', 'postalCode', 'city', 'line1', 'line2']
    : ['name', 'country', 'line1', 'line2', 'city', 'postalCode'];
}

const LONGEST: Readonly<Record<FieldName, number>> = {
  ...{ email: 254, name: 200, line1: 200, line2: 200, city: 200 },
  ...{ postalCode: 20, country: 2, card: 200 },
};

/** The fields that do not fit, in the order of the form. */
export function amiss(values: CheckoutValues, order: readonly FieldName[]): readonly FieldName[] {
  return order.filter((field) => {
    const text = values[field].trim();
    if (text.length > LONGEST[field]) return true;
    if (field === 'line2') return false;
    return field === 'email' ? !/^[^@\s]+@[^@\s]+$/.test(text) || text.length < 3 : text === '';
  });
}

/** What stands in a form's fields other than the page has shown it: typed, chosen or filled in before its scripts ran. */
export function changedIn(form: FormData, shown: CheckoutValues): Partial<CheckoutValues> {
  const fields = Object.keys(shown) as FieldName[];
  const held = fields.map((field) => [field, form.get(field)] as const);
  return Object.fromEntries(held.filter(([field, text]) => typeof text === 'string' && text !== shown[field]));
}

/** What the shop is asked for: the total that the shopper has seen goes with it, and no other is paid. */
export function purchaseBody(
  { email, card, line2, ...address }: CheckoutValues,
  cartId: string,
  totals: TotalsView,
): PurchaseBody {
  const trimmed = Object.fromEntries(Object.entries(address).map(([field, text]) => [field, text.trim()]));
  return {
    cartId,
    email: email.trim(),
    shippingAddress: {
      ...(trimmed as Omit<PurchaseBody['shippingAddress'], 'line2'>),
      ...(line2.trim() === '' ? {} : { line2: line2.trim() }),
    },
    payment: { token: card },
    expectedTotal: totals.total,
  };
}

/** A refusal as the page says it: with what it concerns. */
export function problemOf(problem: Problem): CheckoutProblem {
  const { code, sku, available, orderId, expected, actual, errors } = problem;
  const paths = Array.isArray(errors) ? errors.map(({ path }: { path?: unknown }) => String(path)) : [];
  const fields = paths.map((path) => path.split('/').at(-1) ?? '').map((name) => (name === 'token' ? 'card' : name));
  return {
    code,
    sku: typeof sku === 'string' ? sku : null,
    available: typeof available === 'number' ? available : null,
    orderId: typeof orderId === 'string' ? orderId : null,
    expected: isMoney(expected) ? expected : null,
    actual: isMoney(actual) ? actual : null,
    fields: [...new Set(fields)],
  };
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

/** Beside what a refusal is shown. */
export type Place = 'card' | 'fields' | 'total' | 'pay';

/** Where a refusal belongs, and what leads out of it. */
export interface Saying {
  /** The entry of the words. */
  readonly words: string;
  readonly place: Place;
  readonly wayOut?: 'putBack' | 'toCart' | 'toOrders' | 'reload';
}

const SAYINGS: Readonly<Record<string, Saying>> = {
  card_declined: { words: 'card_declined', place: 'card' },
  processor_refused: { words: 'processor_refused', place: 'card' },
  payment_voided: { words: 'payment_voided', place: 'pay' },
  out_of_stock: { words: 'out_of_stock', place: 'total', wayOut: 'toCart' },
  reservation_lost: { words: 'reservation_lost', place: 'pay' },
  request_expired: { words: 'reservation_lost', place: 'pay' },
  price_changed: { words: 'price_changed', place: 'total' },
  total_too_large: { words: 'total_too_large', place: 'total', wayOut: 'toCart' },
  order_cancelled: { words: 'order_cancelled', place: 'pay' },
  cart_changed: { words: 'cart_changed', place: 'total' },
  cart_empty: { words: 'cart_empty', place: 'pay', wayOut: 'toCart' },
  cart_expired: { words: 'cart_expired', place: 'pay', wayOut: 'putBack' },
  cart_merged: { words: 'cart_merged', place: 'pay', wayOut: 'reload' },
  cart_checked_out: { words: 'cart_checked_out', place: 'pay', wayOut: 'toOrders' },
  unauthorized: { words: 'session', place: 'pay', wayOut: 'putBack' },
  forbidden: { words: 'session', place: 'pay', wayOut: 'putBack' },
  unknown_cart: { words: 'session', place: 'pay', wayOut: 'putBack' },
  shopper_erased: { words: 'shopper_erased', place: 'pay', wayOut: 'putBack' },
  step_timed_out: { words: 'step_timed_out', place: 'pay' },
  idempotency_key_reused: { words: 'idempotency_key_reused', place: 'pay' },
  unknown_seller: { words: 'seller', place: 'total', wayOut: 'toCart' },
  sku_repeated: { words: 'cart_changed', place: 'total', wayOut: 'toCart' },
  validation_failed: { words: 'validation_failed', place: 'fields' },
  invalid_text: { words: 'validation_failed', place: 'fields' },
  cross_site_request: { words: 'cross_site_request', place: 'pay', wayOut: 'reload' },
  unavailable: { words: 'unavailable', place: 'pay' },
};

export function sayingOf(code: string): Saying {
  return SAYINGS[code] ?? { words: 'other', place: 'pay' };
}
