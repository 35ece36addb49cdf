import type { FastifyRequest } from 'fastify';
import { catalog, type Product } from '../../contracts/catalog.ts';
import { orders } from '../../contracts/orders.ts';
import { search } from '../../contracts/search.ts';
import type { Contract } from '../../kernel/contract.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import { localCalls } from '../../platform/calls/local.ts';
import { sleep } from '../../platform/clock/port.ts';
import { systemClock } from '../../platform/clock/system.ts';
import type { RunningService } from '../../platform/service/port.ts';
import { type ServiceUnderTest, serviceUnderTest } from '../../platform/service/service-harness.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { pottery } from '../../services/catalog/fixtures.ts';
import { catalogService } from '../../services/catalog/service.ts';
import { ordersService } from '../../services/orders/service.ts';
import { searchService } from '../../services/search/service.ts';
import type { Currency } from '../showing/currency.ts';
import type { Language } from '../showing/language.ts';
import type { Asked } from './page.ts';
import type { WebParts } from './parts.ts';

type Fate = 'gone' | 'late';

/** Catalogue, search and orders as the pages meet them; each may be gone, or never answer. Ends with its scope. */
export async function browseShop(products: readonly Product[]) {
  await using undo = new AsyncDisposableStack();
  const catalogue = undo.use(await serviceUnderTest(catalogService));
  const finding = undo.use(await serviceUnderTest(searchService));
  const selling = undo.use(await serviceUnderTest(ordersService));
  const { handlers } = catalogue.running;
  await handlers.putSeller(pottery, {});
  await handlers.putSeller({ ...pottery, sellerId: 'weaver', name: { en: 'Weaver', ko: '직조' } }, {});
  for (const [categoryId, en, ko] of [
    ['cups', 'Cups', '컵'],
    ['cloth', 'Cloth', '천'],
    ['empty', 'Empty shelf', '빈 선반'],
  ] as const)
    await handlers.putCategory({ categoryId, name: { en, ko } }, {});

  const stockOf = async (sku: string, availability: string) => {
    for (const service of [catalogue, finding]) await hear(service, 'AvailabilityChanged', { sku, availability });
  };
  for (const [index, product] of products.entries()) {
    await handlers.putProduct(product, {});
    const data = { product, addedAt: index, changedAt: index, leftCategoryIds: [] };
    await hear(finding, 'ProductChanged', data);
    for (const { sku } of product.variants) await stockOf(sku, 'in_stock');
  }

  const fates = new Map<string, Fate>();
  const calls = localCalls(silentLogger);
  calls.serve(catalog, handlers);
  calls.serve(search, finding.running.handlers);
  calls.serve(orders, selling.running.handlers);
  const nobody = localCalls(silentLogger);
  const client: WebParts['client'] = <C extends Contract>(contract: C) => {
    const whole = calls.client(contract);
    const gone = nobody.client(contract);
    return new Proxy(whole, {
      get: (_target, name) => (request: never, context: never) => {
        const fate = fates.get(contract.service);
        if (fate === 'late') return new Promise(() => undefined);
        return (fate === 'gone' ? gone : whole)[name as keyof typeof whole](request, context);
      },
    });
  };
  const parts = { client, clock: systemClock, logger: silentLogger } as WebParts;
  const closing = undo.move();
  return {
    ...{ parts, stockOf, orders: selling },
    /** From now on a service is gone, or late, or (`undefined`) there again. */
    fate(service: 'catalog' | 'search' | 'orders', fate: Fate | undefined) {
      if (fate === undefined) fates.delete(service);
      else fates.set(service, fate);
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** What a shopper asks for in a test. */
export function askedFor<Params, Query>(
  params: Params,
  query: Query,
  language: Language = 'en',
  currency: Currency = 'GBP',
): Asked<Params, Query> {
  return { params, query, language, currency, request: {} as FastifyRequest };
}

/** What a page shows once every list behind it has caught up: before that it shows what there is, but is not kept. */
export async function caughtUp<Page extends { readonly keep: boolean }>(gather: () => Promise<Page>): Promise<Page> {
  for (;;) {
    const page = await gather();
    if (page.keep) return page;
    await sleep(systemClock, 5);
  }
}

/** A product of the pottery with a variant for each of the options. */
export function productOf(productId: string, change: Partial<Product> = {}, options: Record<string, string>[] = [{}]) {
  return {
    productId,
    sellerId: 'pottery',
    categoryIds: ['cups'],
    title: { en: productId.replaceAll('-', ' '), ko: `${productId} 상품` },
    description: { en: 'Made by hand.', ko: '손으로 만들었어요.' },
    images: [`/images/cups/${productId}.svg`],
    variants: options.map((each, index) => ({
      sku: `${productId}-${index}`.toUpperCase(),
      options: each,
      prices: { GBP: 1_000 + 500 * index, KRW: 15_000 + 5_000 * index },
    })),
    ...change,
  } satisfies Product;
}

type Hearing = Pick<ServiceUnderTest<Contract>, 'kit'> & { readonly running: Pick<RunningService, 'subscriptions'> };

async function hear({ kit, running }: Hearing, type: string, data: object): Promise<void> {
  const event = { source: 'any', type, data, subject: 'any', version: 1, at: 0 } as unknown as HeardEvent;
  for (const { on } of running.subscriptions ?? []) {
    const effects = await on[type]?.(event);
    if (effects !== undefined) await kit.store.decide(effects);
  }
}
