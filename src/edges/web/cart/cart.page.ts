import { Type } from 'typebox';
import { type Company, cartCompany } from '../../showing/company.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { CartView } from './cart.view.ts';
import { type CurrentCart, currentCarts } from './current-cart.ts';
import { presentCart } from './present-cart.ts';

const Nothing = Type.Object({});
/** The code of what stood against a change that a plain form asked for. */
const Query = Type.Object({ problem: Type.Optional(Type.String({ maxLength: 50 })) });

/** `/{lang}/cart`: what is in the cart, by parcel, and what it costs. */
export function cartPage(parts: WebParts): PageDefinition<typeof Nothing, typeof Query, typeof CartView> {
  const current = currentCarts(parts);
  const gather = pipeline<Asked, CurrentCart, Company, CartView>(
    {
      find: { deadlineMs: 3_000, load: ({ request }) => current(request) },
      enrich: cartCompany(parts, ({ cart }) => cart),
      present: (found, company, { language, currency }) => presentCart(found, company, language, currency),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ name: 'cart', path: '/cart', summary: 'The cart', personal: true },
    ...{ params: Nothing, query: Query, view: CartView, gather },
  };
}
