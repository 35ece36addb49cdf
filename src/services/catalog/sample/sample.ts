import { readFileSync } from 'node:fs';
import type { Category, Product, Seller, Variant } from '../../../contracts/catalog.ts';
import type { Text } from '../../../contracts/shapes.ts';
import { pictureNames } from './studio/picture.ts';

/** The catalogue that an empty shop starts with, and what is on hand of it. */
export interface SampleCatalogue {
  readonly sellers: readonly Seller[];
  readonly categories: readonly Category[];
  readonly products: readonly Product[];
  readonly stock: readonly { readonly sku: string; readonly onHand: number }[];
}

/** A product as `products.json` writes it: variants are all combinations of its options, in their order. */
interface SampleProduct {
  readonly id: string;
  readonly seller: string;
  readonly categories: readonly string[];
  /** What its SKUs begin with. */
  readonly sku: string;
  readonly title: Text;
  readonly description: Text;
  readonly options?: Readonly<Record<string, readonly string[]>>;
  readonly prices: Prices;
  /** Other prices for the variants with one of these option values. */
  readonly priceOf?: Readonly<Record<string, Prices>>;
  /** Of each variant, or of all. */
  readonly stock: number | readonly number[];
}

type Prices = readonly number[];
const CURRENCIES = ['GBP', 'KRW', 'USD', 'EUR'];
const VAT_BASIS_POINTS = { GB: 2_000, KR: 1_000, DE: 1_900, FR: 2_000, IE: 2_300 };
const COMMISSION_BASIS_POINTS = 1_200;

/** The sample as it lies beside this file. */
export function sampleCatalogue(): SampleCatalogue {
  const products = readJson<readonly SampleProduct[]>('products.json');
  return {
    sellers: readJson<readonly SampleSeller[]>('sellers.json').map(sellerOf),
    categories: readJson<readonly Category[]>('categories.json'),
    products: products.map(productOf),
    stock: products.flatMap((product) =>
      variantsOf(product).map(({ sku }, index) => ({ sku, onHand: onHandOf(product, index) })),
    ),
  };
}

interface SampleSeller {
  readonly sellerId: string;
  readonly name: Text;
  readonly parcelFee: Record<string, number>;
  readonly pricesIncludeTax: boolean;
}

function sellerOf({ sellerId, name, parcelFee, pricesIncludeTax }: SampleSeller): Seller {
  const rates = { vatBasisPoints: VAT_BASIS_POINTS, commissionBasisPoints: COMMISSION_BASIS_POINTS };
  return { sellerId, name, terms: { sellerId, parcelFee, pricesIncludeTax, ...rates } };
}

function productOf(product: SampleProduct): Product {
  const { id, seller, categories, title, description } = product;
  return {
    productId: id,
    sellerId: seller,
    categoryIds: [...categories],
    title,
    description,
    images: pictureNames(id).map((name) => `/images/${categories[0] ?? 'home'}/${name}.svg`),
    variants: variantsOf(product),
  };
}

function variantsOf({ sku, options = {}, prices, priceOf = {} }: SampleProduct): Variant[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(options))
    combinations = combinations.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value })));
  return combinations.map((chosen) => {
    const values = Object.values(chosen);
    const own = values.map((value) => priceOf[value]).find((each) => each !== undefined) ?? prices;
    return {
      sku: [sku, ...values.map((value) => value.toUpperCase().replace(/[^A-Z0-9]/g, ''))].join('-'),
      options: chosen,
      prices: Object.fromEntries(CURRENCIES.map((currency, index) => [currency, own[index] ?? 0])),
    };
  });
}

function onHandOf({ stock }: SampleProduct, variant: number): number {
  return typeof stock === 'number' ? stock : (stock[variant] ?? 0);
}

function readJson<Value>(name: string): Value {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Value;
}
