import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import en from '../../web/storefront/words/en.ts';
import ko from '../../web/storefront/words/ko.ts';
import type { Words } from '../../web/storefront/words/words.ts';
import type { House } from './house.ts';
import type { Language } from './visit.ts';

/** What the pages say, as their readers know it. */
export const WORDS: Readonly<Record<Language, Words>> = { en, ko };

const ADDRESSES = {
  en: { name: 'Sun Kim', line1: '1 Market Street', city: 'London', postalCode: 'N1 7AA', country: 'GB' },
  ko: { name: '김선', line1: '종로 1', city: '서울', postalCode: '03154', country: 'KR' },
} as const;

export type Card = keyof Words['checkout']['cards'];

/** A shopper in front of a page, in one language: finds what there is to do by role and name. */
export function shopper(page: Page, language: Language) {
  const words = WORDS[language];
  const drawer = page.getByRole('dialog', { name: words.cart.title });
  const payButton = page.getByRole('button', { name: around(words.checkout.pay) });

  return {
    words,
    drawer,
    payButton,

    /** Puts one of a product into the cart from its page; the cart opens beside it. */
    async add(productId: string): Promise<void> {
      await page.goto(`/${language}/p/${productId}`);
      await page.getByRole('button', { name: words.product.addToCart }).click();
      await drawer.getByRole('link', { name: words.cart.checkout }).waitFor();
    },

    async toCheckout(): Promise<void> {
      await drawer.getByRole('link', { name: words.cart.checkout }).click();
      await payButton.waitFor();
    },

    async fillIn(card: Card = 'tok_visa'): Promise<void> {
      const { country, ...texts } = ADDRESSES[language];
      await page.getByLabel(words.checkout.email).fill('sun@example.com');
      await page.getByLabel(words.checkout.country).selectOption(country);
      for (const [field, text] of Object.entries(texts))
        await page.getByLabel(words.checkout[field as keyof typeof texts], { exact: true }).fill(text);
      await page.getByRole('radio', { name: words.checkout.cards[card].name }).check();
    },

    /** Presses *Pay* and comes to the order's page. */
    async pay(): Promise<string> {
      await payButton.click();
      return this.atOrder();
    },

    /** Waits for the order's page; answers which order it is. */
    async atOrder(): Promise<string> {
      await page.waitForURL(`**/${language}/orders/ord_*`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return new URL(page.url()).pathname.split('/').at(-1) ?? '';
    },

    /** Waits until the order's page says this state, by itself. */
    async orderIs(status: keyof Words['orders']['statuses']): Promise<void> {
      await page.getByText(words.orders.statusTexts[status]).first().waitFor();
    },

    /** A notice of why nothing was bought. */
    refusal(code: keyof Words['checkout']['problems']): Locator {
      return page.getByRole('alert').filter({ hasText: words.checkout.problems[code].title });
    },
  };
}

/** The name of something that says an amount, whatever the amount is. */
export function around(words: (amount: string) => string): RegExp {
  const escaped = words('\u0000').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace('\u0000', '.+')}$`);
}

/** The orders that a browser's shopper has, as the shop's people see them: `<orderId> <status>`, newest first. */
export async function ordersOf(house: House, context: BrowserContext): Promise<readonly FoundOrder[]> {
  const [shopperId = ''] = (await cookieOf(context, 'shopper')).split('.');
  assert.match(shopperId, /^shp_/, 'the browser has a shopper’s session');
  for (let asked = 1; ; asked++) {
    const found = await admin(house, `/v1/admin/orders?shopper=${shopperId}`);
    const { items } = found as { items: FoundOrder[] };
    // The list may be a moment behind: an order whose checkout has ended is not placed for long.
    if (asked === MOST_ASKED || items.every(({ status }) => status !== 'placed')) return items;
    await pause(100);
  }
}

const MOST_ASKED = 50;

export interface FoundOrder {
  readonly orderId: string;
  readonly status: string;
}

export async function cookieOf(context: BrowserContext, name: string): Promise<string> {
  return (await context.cookies()).find((cookie) => cookie.name === name)?.value ?? '';
}

/** Asks the shop's admin API; throws what it answered when that is no success. */
export async function admin(house: House, path: string, method = 'GET', body?: unknown): Promise<unknown> {
  const answer = await fetch(new URL(path, house.url), {
    method,
    headers: {
      authorization: `Bearer ${house.adminToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${await answer.clone().text()}`);
  return answer.json();
}

/** Puts a product of one variant on sale, for a journey that changes it; answers its SKU. */
export async function putProduct(house: House, productId: string, onHand: number, dollars = 20): Promise<string> {
  const sku = `${productId.toUpperCase()}-1`;
  await admin(house, `/v1/admin/stock/${sku}`, 'PUT', { onHand });
  await admin(house, `/v1/admin/products/${productId}`, 'PUT', {
    sellerId: 'hanok-ceramics',
    categoryIds: ['tableware'],
    title: { en: `Journey ${productId}`, ko: `여정 ${productId}` },
    description: { en: 'For one journey.', ko: '한 여정을 위한 상품입니다.' },
    images: ['/images/tableware/moon-jar-mug.svg'],
    variants: [{ sku, options: {}, prices: { USD: dollars * 100, KRW: dollars * 1_400, GBP: dollars * 80 } }],
  });
  return sku;
}
