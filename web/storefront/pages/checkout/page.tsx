import type { StorefrontPage } from '../../storefront.ts';
import { CheckoutBody } from './CheckoutBody.tsx';
import type { CheckoutView } from './view.ts';

export const checkoutPage: StorefrontPage<CheckoutView> = {
  Body: CheckoutBody,
  head: (_view, { words }) => ({
    title: words.checkout.title,
    description: words.checkout.description,
    hidden: true,
  }),
};
