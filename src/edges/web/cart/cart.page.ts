import { Type } from 'typebox';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { pipeline } from '../pipeline.ts';
import type { Sessions } from '../shopper/session.ts';
import { CartView } from './cart.view.ts';
import { cartCompany } from './cart-company.ts';
import { type CurrentCart, currentCarts } from './current-cart.ts';
import { type CartCompany, presentCart } from './present-cart.ts';

const Nothing = Type.Object({});

/** `/{lang}/cart`: what is in the cart, by parcel, and what it costs. */
export function cartPage(
  parts: WebParts,
  sessions: Sessions,
): PageDefinition<typeof Nothing, typeof Nothing, typeof CartView> {
  const current = currentCarts(parts);
  const gather = pipeline<Asked, CurrentCart, CartCompany, CartView>(
    {
      find: { deadlineMs: 3_000, load: ({ request }) => current(sessions.of(request)) },
      enrich: cartCompany(parts),
      present: (found, company, { language, currency }) => presentCart(found, company, language, currency),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ name: 'cart', path: '/cart', summary: 'The cart', personal: true },
    ...{ params: Nothing, query: Nothing, view: CartView, gather },
  };
}
