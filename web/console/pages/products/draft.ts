import { decimalMoney } from '../../../design/money.ts';

/** A product as the shop keeps it: prices in minor units. */
export interface Product {
  readonly sellerId: string;
  readonly categoryIds: readonly string[];
  readonly title: Bilingual;
  readonly description: Bilingual;
  readonly images: readonly string[];
  readonly variants: readonly {
    readonly sku: string;
    readonly options: Readonly<Record<string, string>>;
    readonly prices: Readonly<Record<string, number>>;
  }[];
}

interface Bilingual {
  readonly en?: string;
  readonly ko?: string;
}

/** A product as a person edits it: everything as it was typed. */
export interface Draft {
  readonly sellerId: string;
  readonly categoryIds: readonly string[];
  readonly title: { readonly en: string; readonly ko: string };
  readonly description: { readonly en: string; readonly ko: string };
  /** An address a line. */
  readonly images: string;
  readonly currencies: readonly string[];
  readonly variants: readonly DraftVariant[];
}

export interface DraftVariant {
  /** Tells it from its neighbours while its SKU is typed. */
  readonly id: number;
  readonly sku: string;
  readonly options: string;
  readonly prices: Readonly<Record<string, string>>;
}

/** By the path of the field, as the server names it: `variants/0/prices/GBP`. */
export type DraftErrors = Readonly<Record<string, DraftError>>;
export type DraftError = 'price' | 'options' | 'sku' | 'noPrice';

export const emptyDraft: Draft = {
  sellerId: '',
  categoryIds: [],
  title: { en: '', ko: '' },
  description: { en: '', ko: '' },
  images: '',
  currencies: ['GBP', 'KRW'],
  variants: [{ id: 0, sku: '', options: '', prices: {} }],
};

export function draftOf({ title, description, images, variants, ...product }: Product): Draft {
  const currencies = [...new Set(variants.flatMap(({ prices }) => Object.keys(prices)))].sort();
  return {
    sellerId: product.sellerId,
    categoryIds: product.categoryIds,
    title: { en: title.en ?? '', ko: title.ko ?? '' },
    description: { en: description.en ?? '', ko: description.ko ?? '' },
    images: images.join('\n'),
    currencies,
    variants: variants.map(({ sku, options, prices }, id) => ({
      id,
      sku,
      options: Object.entries(options)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
      prices: Object.fromEntries(
        Object.entries(prices).map(([currency, amount]) => [currency, decimalMoney({ amount, currency })]),
      ),
    })),
  };
}

/** The product that a draft says, or what of it cannot be read. */
export function productOf(
  draft: Draft,
): { readonly ok: true; readonly product: Product } | { readonly ok: false; readonly errors: DraftErrors } {
  const errors: Record<string, DraftError> = {};
  const variants = draft.variants.map(({ sku, options, prices }, index) => {
    const path = `variants/${index}`;
    if (sku.trim() === '') errors[`${path}/sku`] = 'sku';
    const pairs = optionsIn(options);
    if (pairs === undefined) errors[`${path}/options`] = 'options';
    const amounts: Record<string, number> = {};
    for (const currency of draft.currencies) {
      const text = (prices[currency] ?? '').trim();
      if (text === '') continue;
      const amount = minorUnits(text, currency);
      if (amount === undefined) errors[`${path}/prices/${currency}`] = 'price';
      else amounts[currency] = amount;
    }
    const hasPrice = draft.currencies.some((currency) => (prices[currency] ?? '').trim() !== '');
    if (!hasPrice) errors[`${path}/prices/${draft.currencies[0] ?? ''}`] = 'noPrice';
    return { sku: sku.trim(), options: pairs ?? {}, prices: amounts };
  });
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const images = draft.images
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const { sellerId, categoryIds } = draft;
  const texts = { title: bilingual(draft.title), description: bilingual(draft.description) };
  return { ok: true, product: { sellerId: sellerId.trim(), categoryIds, ...texts, images, variants } };
}

/** A price as people write it in minor units; undefined when it is none. */
export function minorUnits(text: string, currency: string): number | undefined {
  const match = /^(\d{1,10})(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  const amount = Number(whole + significant.padEnd(digits, '0'));
  return amount > 0 ? amount : undefined;
}

function optionsIn(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()] as const;
    });
  if (pairs.some(([name, value]) => name === '' || value === '')) return undefined;
  return Object.fromEntries(pairs);
}

function bilingual({ en, ko }: { readonly en: string; readonly ko: string }): Bilingual {
  return { ...(en.trim() === '' ? {} : { en: en.trim() }), ...(ko.trim() === '' ? {} : { ko: ko.trim() }) };
}
