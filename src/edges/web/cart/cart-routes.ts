import { type Static, Type } from 'typebox';
import { Quantity, Sku, SkuQuantity } from '../../../contracts/shapes.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { type Company, cartCompany } from '../../showing/company.ts';
import { CurrencySchema } from '../../showing/currency.ts';
import { LanguageSchema } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked } from '../page.ts';
import { askedBy } from '../page-routes.ts';
import type { WebParts } from '../parts.ts';
import { CartView } from './cart.view.ts';
import { cartWrites } from './cart-writes.ts';
import { type CurrentCart, currentCarts } from './current-cart.ts';
import { presentCart } from './present-cart.ts';

const closed = { additionalProperties: false } as const;
const Lang = Type.Object({ lang: LanguageSchema });
const Line = Type.Object({ lang: LanguageSchema, sku: Sku });
const InCurrency = Type.Object({ currency: Type.Optional(CurrencySchema) });
const MOST_RESTORED = 200;
const WRITE_MS = 15_000;
const common = ['cross_site_request'];
const ofChange = [...common, 'unauthorized', 'unknown_cart', 'forbidden', 'cart_expired', 'cart_checked_out'];

type Writes = Asked & { readonly write: () => Promise<CurrentCart> };

/** The cart as pages change it. Every answer is the whole cart, as the page shows it. */
export function cartRoutes(parts: WebParts): HttpRoutes {
  const writes = cartWrites(parts);
  const current = currentCarts(parts);
  const gather = pipeline<Writes, CurrentCart, Company, CartView>(
    {
      find: { deadlineMs: WRITE_MS, load: ({ write }) => write() },
      enrich: cartCompany(parts, ({ cart }) => cart),
      present: (found, company, { language, currency }) => presentCart(found, company, language, currency),
      tags: () => [],
    },
    parts,
  );
  const after = async (
    request: Parameters<typeof askedBy>[0],
    { lang }: Static<typeof Lang>,
    write: (asked: Asked) => Promise<CurrentCart>,
  ): Promise<CartView> => {
    const asked = askedBy(request, lang);
    return (await gather({ ...asked, write: () => write(asked) })).view;
  };

  return (http) => {
    http.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
    });

    http.get(
      '/web/v1/cart/count',
      {
        schema: {
          tags: ['cart'],
          summary: 'How many pieces are in the cart at hand',
          response: {
            200: Type.Object({
              state: CartView.properties.state,
              cartId: CartView.properties.cartId,
              count: Type.Integer(),
            }),
          },
        },
      },
      async (request) => {
        const { state, cart } = await current(request);
        const count = state === 'open' ? (cart?.lines ?? []).reduce((sum, { quantity }) => sum + quantity, 0) : 0;
        return { state, cartId: cart?.cartId ?? null, count };
      },
    );

    http.post(
      '/web/v1/:lang/cart/lines',
      {
        schema: {
          tags: ['cart'],
          summary: 'Put more of a SKU into the cart; the first line opens one',
          params: Lang,
          querystring: InCurrency,
          body: SkuQuantity,
          response: { 200: CartView },
        },
        config: { problems: [...common, 'unknown_sku', 'cart_full', 'quantity_too_large'] },
      },
      async (request, reply) =>
        after(request, request.params, ({ currency }) => {
          const key = request.headers['idempotency-key'];
          return writes.add({ request, reply }, request.body, currency, typeof key === 'string' ? key : undefined);
        }),
    );

    http.patch(
      '/web/v1/:lang/cart/lines/:sku',
      {
        schema: {
          tags: ['cart'],
          summary: 'Set how many of a SKU are in the cart',
          params: Line,
          querystring: InCurrency,
          body: Type.Object({ quantity: Quantity }, closed),
          response: { 200: CartView },
        },
        config: { problems: [...ofChange, 'unknown_line'] },
      },
      async (request, reply) =>
        after(request, request.params, () =>
          writes.change({ request, reply }, { sku: request.params.sku, quantity: request.body.quantity }),
        ),
    );

    http.delete(
      '/web/v1/:lang/cart/lines/:sku',
      {
        schema: {
          tags: ['cart'],
          summary: 'Take a SKU out of the cart',
          params: Line,
          querystring: InCurrency,
          response: { 200: CartView },
        },
        config: { problems: ofChange },
      },
      async (request, reply) =>
        after(request, request.params, () => writes.remove({ request, reply }, request.params.sku)),
    );

    http.post(
      '/web/v1/:lang/cart/restore',
      {
        schema: {
          tags: ['cart'],
          summary: 'Begin a new cart with these lines, in place of one that is lost, expired or in another currency',
          params: Lang,
          querystring: InCurrency,
          body: Type.Object({ lines: Type.Array(SkuQuantity, { minItems: 1, maxItems: MOST_RESTORED }) }, closed),
          response: {
            200: Type.Object({
              cart: CartView,
              skipped: Type.Array(Type.String(), { description: 'SKUs that are not sold in this currency.' }),
            }),
          },
        },
        config: { problems: common },
      },
      async (request, reply) => {
        let left: readonly string[] = [];
        const cart = await after(request, request.params, async ({ currency }) => {
          const { found, skipped } = await writes.restore({ request, reply }, request.body.lines, currency);
          left = skipped;
          return found;
        });
        return { cart, skipped: [...left] };
      },
    );
  };
}
