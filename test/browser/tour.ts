import type { Page } from 'playwright-core';
import type { House } from './house.ts';
import { signIn } from './operator.ts';
import { admin, shopper } from './shopper.ts';
import type { Language } from './visit.ts';

/** A page as it is looked at: its name, and how one comes there from the stop before. */
export interface Stop {
  readonly name: string;
  arrive(page: Page): Promise<unknown>;
}

/** Every page of the storefront, bought along the way; one shopper walks it from its beginning. */
export function storefrontTour(language: Language): readonly Stop[] {
  const at = (path: string) => (page: Page) => page.goto(`/${language}${path}`);
  const as = (page: Page) => shopper(page, language);
  return [
    { name: 'home', arrive: at('/') },
    { name: 'category', arrive: at('/c/tableware') },
    { name: 'search', arrive: at(`/search?q=${language === 'ko' ? '찻잔' : 'tea'}`) },
    { name: 'search-nothing', arrive: at('/search?q=zzzzqqq') },
    {
      name: 'suggestions',
      async arrive(page) {
        await page.goto(`/${language}/`);
        await page.getByRole('main').getByRole('link').first().waitFor();
        const field = page.getByRole('combobox').or(page.getByRole('searchbox')).locator('visible=true').first();
        await field.click();
        await field.pressSequentially(language === 'ko' ? '머그' : 'mug');
        await page.getByRole('listbox').getByRole('option').first().waitFor();
      },
    },
    { name: 'product', arrive: at('/p/moon-jar-mug') },
    { name: 'cart-empty', arrive: at('/cart') },
    { name: 'orders-none', arrive: at('/orders') },
    {
      name: 'cart-drawer',
      async arrive(page) {
        await as(page).add('celadon-bowl');
        await as(page).add('moon-jar-mug');
      },
    },
    { name: 'cart', arrive: at('/cart') },
    {
      name: 'checkout',
      async arrive(page) {
        await page.goto(`/${language}/checkout`);
        await as(page).payButton.waitFor();
      },
    },
    {
      name: 'checkout-amiss',
      async arrive(page) {
        await as(page).payButton.click();
        await page.getByText(as(page).words.checkout.fields.email).waitFor();
      },
    },
    {
      name: 'checkout-declined',
      async arrive(page) {
        await as(page).fillIn('tok_declined');
        await as(page).payButton.click();
        await as(page).refusal('card_declined').waitFor();
      },
    },
    {
      name: 'order-confirmed',
      async arrive(page) {
        await as(page).fillIn('tok_visa');
        await as(page).pay();
      },
    },
    { name: 'order-delivered', arrive: (page) => as(page).orderIs('delivered') },
    { name: 'orders', arrive: at('/orders') },
    { name: 'not-found', arrive: at('/p/nothing-of-the-kind') },
  ];
}

const CONSOLE_PAGES = [
  'topology',
  'orders',
  'products',
  'products/moon-jar-mug',
  'products/new',
  'products/stock',
  'products/import',
  'ledger',
  'ledger/reconciliation',
  'hospital',
  'sagas',
  'views',
  'system',
];

/** Every page of the console, in whatever language the browser asks for; the shop should have had some trade. */
export function consoleTour(house: House): readonly Stop[] {
  const settled = async (page: Page, path: string) => {
    await page.goto(`/console/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
  };
  return [
    { name: 'console-door', arrive: (page) => settled(page, '') },
    { name: 'console-overview', arrive: (page) => signIn(page, house.adminToken) },
    ...CONSOLE_PAGES.map((path) => ({
      name: `console-${path.replaceAll('/', '-')}`,
      arrive: (page: Page) => settled(page, path),
    })),
    {
      name: 'console-order',
      async arrive(page) {
        const { items } = (await admin(house, '/v1/admin/orders?limit=1')) as { items: { orderId: string }[] };
        await settled(page, `orders/${items[0]?.orderId ?? ''}`);
      },
    },
    {
      name: 'console-case',
      async arrive(page) {
        const found = await admin(house, '/v1/admin/hospital?limit=1');
        const { items } = found as { items: { caseId: string }[] };
        await settled(page, items[0] === undefined ? 'hospital' : `hospital/${items[0].caseId}`);
      },
    },
  ];
}
