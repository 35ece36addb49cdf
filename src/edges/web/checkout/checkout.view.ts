import { type Static, Type } from 'typebox';
import { Money } from '../../../contracts/shapes.ts';
import { CartView } from '../cart/cart.view.ts';

const NoText = Type.Union([Type.String(), Type.Null()]);
const NoMoney = Type.Union([Money, Type.Null()]);

/** What a shopper typed, as text. */
export const CheckoutValues = Type.Object({
  email: Type.String(),
  name: Type.String(),
  line1: Type.String(),
  line2: Type.String(),
  city: Type.String(),
  postalCode: Type.String(),
  country: Type.String(),
  card: Type.String(),
});
export type CheckoutValues = Static<typeof CheckoutValues>;

/** Why an attempt to buy came to nothing, with what the page needs to say it beside what it concerns. */
export const CheckoutProblem = Type.Object({
  code: Type.String(),
  sku: NoText,
  /** How many of the SKU there are left. */
  available: Type.Union([Type.Integer(), Type.Null()]),
  expected: NoMoney,
  actual: NoMoney,
  orderId: NoText,
  /** The fields that do not fit. */
  fields: Type.Array(Type.String()),
});
export type CheckoutProblem = Static<typeof CheckoutProblem>;

export const CheckoutView = Type.Object({
  /** Priced with the taxes of `country`. */
  cart: CartView,
  country: Type.String(),
  /** Where the shop sends to, by name. */
  countries: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  /** Test cards, for there is no real card processor behind this shop. */
  cards: Type.Array(Type.String()),
  /** The idempotency key of a plain form. */
  key: Type.String(),
  /** What was typed and what stood against it, after a plain form that came to nothing. */
  values: Type.Union([CheckoutValues, Type.Null()]),
  problem: Type.Union([CheckoutProblem, Type.Null()]),
});
export type CheckoutView = Static<typeof CheckoutView>;
