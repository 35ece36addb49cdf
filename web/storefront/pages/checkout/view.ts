import type { Answer, Body } from '../../contract.ts';

export type CheckoutView = Answer<'/web/v1/{lang}/checkout'>;
export type CheckoutProblem = NonNullable<CheckoutView['problem']>;
export type CheckoutValues = NonNullable<CheckoutView['values']>;
export type PurchaseBody = Body<'/web/v1/checkout', 'post'>;
