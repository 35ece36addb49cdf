import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { Sku } from '../../../contracts/shapes.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { CurrencySchema } from '../../showing/currency.ts';
import { LANGUAGES } from '../../showing/language.ts';
import { askedBy } from '../page-routes.ts';
import type { WebParts } from '../parts.ts';
import { takeForms } from '../plain-forms.ts';
import { cartWrites, type Writing } from './cart-writes.ts';
import { currentCarts } from './current-cart.ts';

/** Texts, as forms send them; what else a form sends is ignored. */
const Pieces = Type.String({ pattern: '^[0-9]{1,5}$' });
const AddForm = Type.Object({ sku: Sku, quantity: Type.Optional(Pieces) });
const LineForm = Type.Object({
  sku: Sku,
  quantity: Type.Optional(Pieces),
  /** The button that was pressed; none: the quantity as it was typed. */
  act: Type.Optional(Type.Union([Type.Literal('more'), Type.Literal('less'), Type.Literal('remove')])),
});
const CurrencyForm = Type.Object({ currency: CurrencySchema });

/** What the cart says when a form could not be done, in the address it leads back to. */
const SAID = new Set(['unknown_sku', 'cart_full', 'quantity_too_large', 'unknown_line', 'cart_checked_out']);

/** The cart by plain forms, for browsers without scripts: each leads back to the cart. */
export function cartForms(parts: WebParts): HttpRoutes {
  const writes = cartWrites(parts);
  const current = currentCarts(parts);

  async function back(reply: FastifyReply, language: string, write: () => Promise<unknown>) {
    let said = '';
    try {
      await write();
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'unavailable') throw error;
      if (SAID.has(error.code)) said = `?problem=${error.code}`;
    }
    return reply.header('cache-control', 'no-store').redirect(`/${language}/cart${said}`, 303);
  }

  const changed = (writing: Writing, { sku, quantity = '1', act }: Static<typeof LineForm>) => {
    const wanted = Number(quantity) + (act === 'more' ? 1 : act === 'less' ? -1 : 0);
    return act === 'remove' || wanted < 1
      ? writes.remove(writing, sku)
      : writes.change(writing, { sku, quantity: Math.min(wanted, 10_000) });
  };

  return (http) => {
    takeForms(http);
    for (const language of LANGUAGES) {
      http.post(
        `/${language}/cart/lines`,
        { schema: { hide: true, body: AddForm }, config: { plainForm: true } },
        (request, reply) =>
          back(reply, language, () => {
            const { sku, quantity = '1' } = request.body;
            const line = { sku, quantity: Math.max(1, Math.min(Number(quantity), 10_000)) };
            return writes.add({ request, reply }, line, askedBy(request, language).currency);
          }),
      );

      http.post(
        `/${language}/cart/line`,
        { schema: { hide: true, body: LineForm }, config: { plainForm: true } },
        (request, reply) => back(reply, language, () => changed({ request, reply }, request.body)),
      );

      http.post(
        `/${language}/cart/currency`,
        { schema: { hide: true, body: CurrencyForm }, config: { plainForm: true } },
        (request, reply) =>
          back(reply, language, async () => {
            const { cart } = await current(request);
            const lines = (cart?.lines ?? []).map(({ sku, quantity }) => ({ sku, quantity }));
            await writes.restore({ request, reply }, lines, request.body.currency);
          }),
      );
    }
  };
}
