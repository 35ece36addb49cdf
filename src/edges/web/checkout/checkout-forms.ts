import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { ProblemCatalogue } from '../../../platform/http/problem-answers.ts';
import { LANGUAGES, type Language } from '../../showing/language.ts';
import { sendable } from '../../showing/page-cache.ts';
import { rememberWrite } from '../orders/own-writes.ts';
import type { AnyPage, Asked } from '../page.ts';
import { askedBy, type PageSite } from '../page-routes.ts';
import type { WebParts } from '../parts.ts';
import { takeForms } from '../plain-forms.ts';
import { sendPage } from '../send-page.ts';
import { buying } from './buying.ts';
import type { CheckoutView } from './checkout.view.ts';
import { CheckoutForm, problemView, purchaseOf, valuesOf } from './purchase-form.ts';

type Site = Pick<PageSite, 'storefront' | 'origin' | 'shell'> & { readonly problems: ProblemCatalogue };

/**
 * Buying by a plain form, for browsers without scripts: leads to the order, or shows the page again with what was typed and what
 * stands against it. The form's key makes a second click the same attempt.
 */
export function checkoutForms(parts: WebParts, page: AnyPage, site: Site): HttpRoutes {
  const buy = buying(parts);

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    said: Pick<CheckoutView, 'values' | 'problem'>,
  ) {
    const country = said.values?.country;
    const asked: Asked = { ...askedBy(request, language), query: country === undefined ? {} : { country } };
    const [content, frame] = await Promise.all([page.gather(asked as never), site.shell.gather(asked)]);
    const html = site.storefront.render({
      page: page.name,
      ...{ language, currency: asked.currency, origin: site.origin, path: page.path, shell: frame.view },
      view: { ...(content.view as CheckoutView), ...said } satisfies CheckoutView,
    });
    const status = site.problems[said.problem?.code ?? '']?.status ?? 400;
    // 401 asks for a password that nobody has; what is missing here is a cookie.
    return sendPage(request, reply.code(status === 401 ? 403 : status), sendable(html, false), language);
  }

  return (http) => {
    takeForms(http);
    for (const language of LANGUAGES) {
      http.post(
        `/${language}/checkout`,
        { schema: { hide: true, body: CheckoutForm }, config: { plainForm: true } },
        async (request, reply) => {
          const values = valuesOf(request.body);
          const wish = purchaseOf(values, request.body);
          if ('fields' in wish)
            return show(request, reply, language, {
              values,
              problem: problemView({ code: 'validation_failed', extra: undefined }, wish.fields),
            });
          try {
            const { orderId, token } = await buy(request, request.body.cartId, wish.purchase, request.body.key);
            rememberWrite(request, reply, token);
            return reply.header('cache-control', 'no-store').redirect(`/${language}/orders/${orderId}`, 303);
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            return show(request, reply, language, { values, problem: problemView(error) });
          }
        },
      );
    }
  };
}
