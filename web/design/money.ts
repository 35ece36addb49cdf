/** An amount in whole minor units. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const formats = new Map<string, { readonly format: Intl.NumberFormat; readonly digits: number }>();

/** Money as it is written in a language: `₩32,000`, `£22.00`. */
export function formatMoney({ amount, currency }: Money, language: string): string {
  const key = `${language} ${currency}`;
  let known = formats.get(key);
  if (known === undefined) {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    known = { format, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
    formats.set(key, known);
  }
  return known.format.format(amount / 10 ** known.digits);
}

/** The amount in whole units as schema.org writes it: `22.00`, `32000`. */
export function decimalMoney({ amount, currency }: Money): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return (amount / 10 ** digits).toFixed(digits);
}
