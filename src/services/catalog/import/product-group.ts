import type { Product, Variant } from '../../../contracts/catalog.ts';
import type { Rejection } from '../../../kernel/rejection.ts';
import type { ImportRow } from './csv-row.ts';

/** A row with the number it has in the file; the line with the column names is row 1. */
export interface NumberedRow extends ImportRow {
  readonly number: number;
}

/** A product made of rows that follow each other, with the rows it is made of. */
export interface ProductGroup {
  readonly product: Product;
  readonly rows: readonly NumberedRow[];
  readonly rejected: readonly { readonly row: NumberedRow; readonly rejection: Rejection }[];
}

const MOST_VARIANTS = 200;

/**
 * Makes one product of its rows: texts, seller and images of the first row; a variant for each SKU; a price for each row.
 * A row that says something else about a SKU than an earlier one is left out and reported.
 */
export function groupOf(rows: readonly [NumberedRow, ...NumberedRow[]]): ProductGroup {
  const variants = new Map<string, Variant>();
  const used: NumberedRow[] = [];
  const rejected: { row: NumberedRow; rejection: Rejection }[] = [];
  for (const row of rows) {
    const known = variants.get(row.sku);
    const objected = objection(row, rows[0], known, variants.size);
    if (objected !== undefined) {
      const [field, detail] = objected;
      rejected.push({ row, rejection: { code: 'validation_failed', detail, extra: { field } } });
      continue;
    }
    used.push(row);
    const prices = { ...known?.prices, [row.currency]: row.amount };
    variants.set(row.sku, { sku: row.sku, options: known?.options ?? row.options, prices });
  }
  return { product: { ...rows[0].product, variants: [...variants.values()] }, rows: used, rejected };
}

function objection(
  row: NumberedRow,
  first: NumberedRow,
  known: Variant | undefined,
  variants: number,
): readonly [field: string, detail: string] | undefined {
  if (row.product.sellerId !== first.product.sellerId)
    return ['seller', "seller is not the one of the product's first row"];
  if (known === undefined)
    return variants < MOST_VARIANTS ? undefined : ['sku', `a product has up to ${MOST_VARIANTS} SKUs`];
  const price = known.prices[row.currency];
  if (price !== undefined && price !== row.amount)
    return ['price', `an earlier row gives ${row.sku} another price in ${row.currency}`];
  return undefined;
}
