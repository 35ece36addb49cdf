import type { Product } from '../../../contracts/catalog.ts';
import type { Rejection } from '../../../kernel/rejection.ts';

/** The columns that an import needs, by the names in the file's first line; README lists those that it reads besides. */
export const REQUIRED_COLUMNS = ['seller', 'product', 'sku', 'price', 'currency'] as const;

/** One row as it reads: one SKU's price in one currency, with the texts of its product. */
export interface ImportRow {
  readonly product: Omit<Product, 'variants'>;
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly onHand?: number;
}

export type ReadRow =
  | { readonly ok: true; readonly row: ImportRow }
  | { readonly ok: false; readonly rejection: Rejection };

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$/;
const SKU = /^[\x21-\x7E](?:[\x20-\x7E]{0,62}[\x21-\x7E])?$/;
const PRICE = /^(\d{1,10})(?:\.(\d{1,3}))?$/;
const HIGHEST_AMOUNT = 1_000_000_000;
const LONGEST_TEXT = 2_000;

/** Reads one record of the file. `category` and `image` hold several values parted by `|`, `options` pairs `colour=red|size=M`. */
export function readRow(record: Readonly<Record<string, string | undefined>>): ReadRow {
  const text = (column: string) => (Object.hasOwn(record, column) ? (record[column] ?? '').trim() : '');
  const list = (column: string) =>
    text(column)
      .split('|')
      .map((each) => each.trim())
      .filter((each) => each !== '');

  for (const column of ['seller', 'product'])
    if (!ID.test(text(column))) return refused(column, 'must be 3 to 64 letters, digits, dots, dashes or underscores');
  if (!SKU.test(text('sku'))) return refused('sku', 'must be 1 to 64 printable ASCII characters');
  const unstorable = Object.entries(record).find(([, value]) => value !== undefined && !isStorable(value));
  if (unstorable !== undefined) return refused(unstorable[0], 'holds characters that cannot be kept', 'invalid_text');
  for (const column of ['title_en', 'title_ko', 'description_en', 'description_ko'])
    if (text(column).length > LONGEST_TEXT) return refused(column, `is longer than ${LONGEST_TEXT} characters`);
  if (list('category').length > 20 || list('category').some((id) => !ID.test(id)))
    return refused('category', 'must be up to 20 category ids parted by |');
  if (list('image').length > 20 || list('image').some((address) => address.length > 500))
    return refused('image', 'must be up to 20 addresses of up to 500 characters parted by |');
  const options = readOptions(list('options'));
  if (options === undefined) return refused('options', 'must be pairs like colour=red|size=M');
  if (!/^[A-Z]{3}$/.test(text('currency'))) return refused('currency', 'must be an ISO 4217 code such as GBP');
  const amount = minorUnits(text('price'), text('currency'));
  if (amount === undefined)
    return refused('price', `must be more than zero, in ${text('currency')} like ${example(text('currency'))}`);
  const onHand = text('on_hand');
  if (!/^\d{0,9}$/.test(onHand)) return refused('on_hand', 'must be a whole number of pieces');

  const product = {
    productId: text('product'),
    sellerId: text('seller'),
    categoryIds: [...new Set(list('category'))],
    title: bilingual(text('title_en'), text('title_ko')),
    description: bilingual(text('description_en'), text('description_ko')),
    images: list('image'),
  };
  const row = { product, sku: text('sku'), options, currency: text('currency'), amount };
  return { ok: true, row: onHand === '' ? row : { ...row, onHand: Number(onHand) } };
}

/** A price as people write it in minor units: `12.50` GBP are 1,250, `9900` KRW are 9,900. Undefined when it is none. */
export function minorUnits(price: string, currency: string): number | undefined {
  const match = PRICE.exec(price);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  const amount = Number(whole + significant.padEnd(digits, '0'));
  return amount >= 1 && amount <= HIGHEST_AMOUNT ? amount : undefined;
}

function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function example(currency: string): string {
  return (12.5).toFixed(minorDigits(currency));
}

function readOptions(pairs: readonly string[]): Record<string, string> | undefined {
  const options: [string, string][] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    const value = pair.slice(at + 1).trim();
    if (name === '' || value === '' || name.length > 100 || value.length > 200) return undefined;
    options.push([name, value]);
  }
  return Object.fromEntries(options);
}

function bilingual(en: string, ko: string) {
  return { ...(en === '' ? {} : { en }), ...(ko === '' ? {} : { ko }) };
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function refused(field: string, why: string, code = 'validation_failed'): ReadRow {
  return { ok: false, rejection: { code, detail: `${field} ${why}`, extra: { field } } };
}
