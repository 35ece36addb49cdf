import type { VariantView } from './view.ts';

/** Option name → the chosen value. */
export type Choices = Readonly<Record<string, string>>;

export interface OptionGroup {
  readonly name: string;
  readonly values: readonly string[];
}

/** The options of a product in the order of its variants; those with a single value are no choice. */
export function optionGroups(variants: readonly VariantView[]): readonly OptionGroup[] {
  const groups = new Map<string, Set<string>>();
  for (const { options } of variants)
    for (const { name, value } of options) groups.set(name, (groups.get(name) ?? new Set()).add(value));
  return Array.from(groups, ([name, values]) => ({ name, values: [...values] })).filter(
    ({ values }) => values.length > 1,
  );
}

export function choicesOf({ options }: VariantView): Choices {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}

/** What is shown first: the first that can be bought. */
export function firstChoice(variants: readonly VariantView[]): VariantView | undefined {
  return variants.find(isBuyable) ?? variants[0];
}

export function isBuyable({ availability, price }: VariantView): boolean {
  return availability !== 'out_of_stock' && price !== null;
}

/** The variant that is exactly so. */
export function variantOf(variants: readonly VariantView[], choices: Choices): VariantView | undefined {
  return variants.find(({ options }) => options.every(({ name, value }) => choices[name] === value));
}

/** The choices after one more: the others stay where there is such a variant, else the nearest that there is takes over. */
export function choose(variants: readonly VariantView[], choices: Choices, name: string, value: string): Choices {
  const wanted = { ...choices, [name]: value };
  if (variantOf(variants, wanted) !== undefined) return wanted;
  const candidates = variants.filter((each) => choicesOf(each)[name] === value);
  const nearest = candidates.toSorted((a, b) => shared(b, wanted) - shared(a, wanted))[0];
  return nearest === undefined ? choices : choicesOf(nearest);
}

/** How a value would do beside the other choices. */
export function valueState(
  variants: readonly VariantView[],
  choices: Choices,
  name: string,
  value: string,
): VariantView['availability'] | 'missing' {
  return variantOf(variants, { ...choices, [name]: value })?.availability ?? 'missing';
}

function shared(variant: VariantView, choices: Choices): number {
  return variant.options.filter(({ name, value }) => choices[name] === value).length + (isBuyable(variant) ? 0.5 : 0);
}

/** The choices that a form of radio buttons holds: made, it may be, before its scripts ran. `choices` where they are the same. */
export function choicesIn(form: FormData, variants: readonly VariantView[], choices: Choices): Choices {
  const groups = optionGroups(variants);
  if (groups.length === 1) {
    const chosen = variants.find(({ sku }) => sku === form.get('sku'));
    return chosen === undefined || chosen === variantOf(variants, choices) ? choices : choicesOf(chosen);
  }
  return groups.reduce((made, { name }) => {
    const value = form.get(`option-${name}`);
    return typeof value !== 'string' || value === choices[name] ? made : choose(variants, made, name, value);
  }, choices);
}
