import type { CartView } from '../../cart/contract.ts';
import type { StorefrontPage } from '../../storefront.ts';
import { CartBody } from './CartBody.tsx';

export const cartPage: StorefrontPage<CartView> = {
  Body: CartBody,
  head: (_view, { words }) => ({ title: words.cart.title, description: words.cart.description, hidden: true }),
};
