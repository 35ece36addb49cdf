import { type Static, Type } from 'typebox';
import { TEST_CARDS } from '../../showing/cards.ts';
import { type Company, cartCompany } from '../../showing/company.ts';
import { countriesIn, isCountry, likelyCountry } from '../../showing/countries.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { type CurrentCart, currentCarts } from '../cart/current-cart.ts';
import { presentCart } from '../cart/present-cart.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { CheckoutView } from './checkout.view.ts';

const Nothing = Type.Object({});
/** Where the order goes: its taxes are in the total. */
const Query = Type.Object({ country: Type.Optional(Type.String({ maxLength: 2 })) });

/** `/{lang}/checkout`: everything that it takes to buy the cart, on one page. */
export function checkoutPage(parts: WebParts): PageDefinition<typeof Nothing, typeof Query, typeof CheckoutView> {
  const { random } = parts;
  const current = currentCarts(parts);
  const gather = pipeline<Asked<unknown, Static<typeof Query>>, CurrentCart, Company, CheckoutView>(
    {
      find: { deadlineMs: 3_000, load: (asked) => current(asked.request, countryOf(asked)) },
      enrich: cartCompany(parts, ({ cart }) => cart),
      present: (found, company, asked) => ({
        cart: presentCart(found, company, asked.language, asked.currency),
        country: countryOf(asked),
        countries: [...countriesIn(asked.language)],
        cards: [...TEST_CARDS],
        key: Buffer.from(random.bytes(16)).toString('base64url'),
        values: null,
        problem: null,
      }),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ name: 'checkout', path: '/checkout', summary: 'The checkout of the cart at hand', personal: true },
    ...{ params: Nothing, query: Query, view: CheckoutView, gather },
  };
}

function countryOf({ language, currency, query }: Asked<unknown, Static<typeof Query>>): string {
  return isCountry(query.country) ? query.country : likelyCountry(language, currency);
}
