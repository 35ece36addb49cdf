import { type TSchema, Type } from 'typebox';
import { cart as cartContract, Purchase } from '../../../contracts/cart.ts';
import { OrderStatus } from '../../../contracts/orders.ts';
import { Country, Id } from '../../../contracts/shapes.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { preferredWaitMs } from '../../../platform/http/prefer.ts';
import { answerOf, Problem } from '../../../platform/http/problem.ts';
import { TEST_CARDS } from '../../showing/cards.ts';
import { type Company, cartCompany } from '../../showing/company.ts';
import { countriesIn, isCountry, likelyCountry } from '../../showing/countries.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { type Asked, COMMON_QUERY, commonHeaders, languageOf } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';
import { shopperOf } from '../session.ts';
import { statusWords } from '../words.ts';
import { contextOf, WRITE_HEADERS } from '../writes.ts';
import { OF_CART } from './cart.screen.ts';
import { cartSchema, presentCart } from './cart.view.ts';
import { ownCarts } from './own-cart.ts';

/** How long a shopper looks at *Paying …* unless the app says otherwise, in ms. */
const OUTCOME_MS = 8_000;
const Bought = Type.Object({
  orderId: Id,
  status: OrderStatus,
  statusText: Type.String(),
  readToken: Type.Union([Type.String(), Type.Null()], {
    description: 'Sent as `after` with the list of orders, it makes sure that this order is in it.',
  }),
});
/** Every reason why a checkout may come to nothing. */
const REASONS = [
  ...OF_CART,
  ...['cart_empty', 'cart_changed', 'card_declined', 'out_of_stock', 'price_changed', 'total_too_large'],
  ...['order_cancelled', 'unknown_seller', 'sku_repeated', 'shopper_erased', 'request_expired', 'reservation_lost'],
  ...['payment_voided', 'processor_refused', 'step_timed_out', 'idempotency_key_in_use', 'idempotency_key_reused'],
];

type ForCheckout = Asked<{ readonly cartId: string }, { readonly country?: string }>;

/** Everything that it takes to buy a cart, with the taxes of where it goes. */
export function checkoutScreen(parts: MobileParts): Screen {
  const { dialect } = parts;
  const { read } = ownCarts(parts);
  const view: Record<string, TSchema> = {
    cart: cartSchema(dialect),
    country: Country,
    countries: Type.Array(Type.Object({ code: Country, name: Type.String() }), {
      description: 'Where the shop sends to, by name.',
    }),
    testCards: Type.Array(Type.String(), {
      description: 'Tokens of test cards, for there is no real card processor behind this shop.',
    }),
  };
  const countryOf = ({ language, currency, query: { country } }: ForCheckout) =>
    isCountry(country) ? country : likelyCountry(language, currency);
  const gather = pipeline<ForCheckout, ShownCart, Company, JsonObject>(
    {
      find: { deadlineMs: 3_000, load: (asked) => read(asked, countryOf(asked)) },
      enrich: cartCompany(parts, (found) => found),
      present: (found, company, asked) => ({
        cart: presentCart(found, company, asked, dialect) as JsonObject,
        country: countryOf(asked),
        countries: countriesIn(asked.language).map(({ code, name }) => ({ code, name })),
        testCards: [...TEST_CARDS],
      }),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ path: '/carts/:cartId/checkout', tag: 'checkout', summary: 'Everything that it takes to buy a cart' },
    ...{ params: { cartId: Id }, query: { country: Type.Optional(Country) }, view, keep: 'own' },
    ...{ problems: OF_CART, gather },
  };
}

/** Buying a cart: one order, however often it is asked. */
export function checkoutRoutes({ dialect, client, capabilities }: MobileParts): HttpRoutes {
  const ask = client(cartContract);
  return (http) => {
    http.post(
      `/${dialect.platform}/v1/carts/:cartId/checkout`,
      {
        schema: {
          tags: ['checkout'],
          summary: 'Buy a cart',
          description: `Waits for the outcome, ${OUTCOME_MS / 1_000} s unless \`Prefer: wait=\` says otherwise.`,
          params: Type.Object({ cartId: Id }),
          querystring: Type.Object(COMMON_QUERY),
          headers: Type.Object({ ...commonHeaders(dialect), ...WRITE_HEADERS }),
          body: Purchase,
          response: {
            201: Type.Object(Bought.properties, { description: 'Paid for.' }),
            202: Type.Object(Bought.properties, { description: 'Placed; follow the order for what becomes of it.' }),
          },
        },
        config: { idempotencyKey: 'required', waits: true, problems: REASONS },
      },
      async (request, reply) => {
        const shopperId = shopperOf(request, capabilities);
        const { cartId } = request.params;
        const waitMs = preferredWaitMs({ headers: { prefer: request.raw.headers.prefer } }) ?? OUTCOME_MS;
        const asked = { cartId, shopperId, purchase: request.body, waitMs };
        const { orderId, status, reason, token } = answerOf(await ask.checkout(asked, contextOf(request)));
        reply.header('cache-control', 'no-store');
        if (status === 'cancelled')
          throw new Problem(reason?.code ?? 'order_cancelled', reason?.detail ?? 'The order was cancelled.', {
            ...reason?.extra,
            orderId,
          });
        const statusText = statusWords(status, languageOf(request));
        return reply
          .code(status === 'placed' ? 202 : 201)
          .send({ orderId, status, statusText, readToken: token ?? null });
      },
    );
  };
}
