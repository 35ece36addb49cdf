import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Purchase } from '../../../contracts/cart.ts';
import type { Problem } from '../../../platform/http/problem.ts';
import type { CheckoutProblem, CheckoutValues } from './checkout.view.ts';

const Typed = Type.Optional(Type.String({ maxLength: 1_000 }));

/** A checkout as a plain form sends it: texts. */
export const CheckoutForm = Type.Object({
  ...{ email: Typed, name: Typed, line1: Typed, line2: Typed, city: Typed, postalCode: Typed, country: Typed },
  card: Typed,
  cartId: Type.String({ minLength: 3, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' }),
  key: Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$' }),
  /** The total that the page showed: an amount in minor units, and its currency. */
  total: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
});
export type CheckoutForm = Static<typeof CheckoutForm>;

const purchases = Compile(Purchase);

/** What was typed, without the blanks around it. */
export function valuesOf(form: CheckoutForm): CheckoutValues {
  const { email = '', name = '', line1 = '', line2 = '', city = '', postalCode = '', country = '', card = '' } = form;
  const typed = { email, name, line1, line2, city, postalCode, country, card };
  return Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, text.trim()])) as CheckoutValues;
}

/** The purchase that a form asks for, or the names of the fields that do not fit. */
export function purchaseOf(
  { email, card, line2, ...address }: CheckoutValues,
  { total, currency }: CheckoutForm,
): { readonly purchase: Purchase } | { readonly fields: string[] } {
  const purchase = {
    email,
    shippingAddress: { ...address, ...(line2 === '' ? {} : { line2 }) },
    payment: { token: card },
    ...(total === undefined || currency === undefined ? {} : { expectedTotal: { amount: Number(total), currency } }),
  };
  if (purchases.Check(purchase)) return { purchase };
  const fields = purchases.Errors(purchase).map(({ instancePath }) => instancePath.split('/').at(-1) ?? '');
  return { fields: [...new Set(fields.map((field) => (field === 'token' ? 'card' : field)))] };
}

/** A problem with what the page needs to say it beside what it concerns. */
export function problemView(
  { code, extra = {} }: Pick<Problem, 'code' | 'extra'>,
  fields: string[] = [],
): CheckoutProblem {
  const { sku, available, orderId, expected, actual } = extra;
  return {
    code,
    sku: typeof sku === 'string' ? sku : null,
    available: typeof available === 'number' ? available : null,
    orderId: typeof orderId === 'string' ? orderId : null,
    expected: (expected ?? null) as CheckoutProblem['expected'],
    actual: (actual ?? null) as CheckoutProblem['actual'],
    fields,
  };
}
