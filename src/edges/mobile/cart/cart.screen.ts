import { Id } from '../../../contracts/shapes.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { type Company, cartCompany } from '../../showing/company.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';
import { cartSchema, presentCart } from './cart.view.ts';
import { ownCarts } from './own-cart.ts';

export const OF_CART = ['unauthorized', 'unknown_cart', 'forbidden', 'cart_expired', 'cart_merged'];

/** What is in a cart, by parcel, and what it costs. */
export function cartScreen(parts: MobileParts): Screen {
  const { dialect } = parts;
  const { read } = ownCarts(parts);
  const gather = pipeline<Asked<{ readonly cartId: string }>, ShownCart, Company, JsonObject>(
    {
      find: { deadlineMs: 3_000, load: (asked) => read(asked) },
      enrich: cartCompany(parts, (found) => found),
      present: (found, company, asked) => ({ cart: presentCart(found, company, asked, dialect) as JsonObject }),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ path: '/carts/:cartId', tag: 'cart', summary: 'A cart at the prices of this moment', params: { cartId: Id } },
    ...{ view: { cart: cartSchema(dialect) }, keep: 'own', problems: OF_CART, gather },
  };
}
