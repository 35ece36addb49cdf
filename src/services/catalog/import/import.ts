import type { Product } from '../../../contracts/catalog.ts';
import type { Rejection } from '../../../kernel/rejection.ts';
import { readRow } from './csv-row.ts';
import { groupOf, type NumberedRow, type ProductGroup } from './product-group.ts';

/** A record of the file, or why the reader could not make one of the row. */
export type ImportRecord =
  | { readonly number: number; readonly fields: Readonly<Record<string, string | undefined>> }
  | { readonly number: number; readonly unreadable: string };

export type PutOutcome =
  | { readonly kind: 'changed' | 'unchanged' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Where an import goes. */
export interface ImportTarget {
  /** Puts products (each id once) and answers for each by its id. */
  putProducts(products: readonly Product[]): Promise<ReadonlyMap<string, PutOutcome>>;
  /** Sets what is on hand of a SKU; a rejection says why not. */
  setOnHand(sku: string, onHand: number): Promise<Rejection | undefined>;
}

/** What became of every row: `rows = imported + unchanged + rejected`. */
export interface ImportReport {
  readonly rows: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
}

/** `row` counts from 1, the line with the column names being row 1. */
export interface RejectedRow {
  readonly row: number;
  readonly sku: string;
  readonly code: string;
  readonly reason: string;
  /** The column that is to be mended, where it is one. */
  readonly field?: string;
}

/** How far an import is; it grows while it runs. */
export interface ImportProgress {
  rows: number;
  imported: number;
  unchanged: number;
  readonly rejected: RejectedRow[];
}

/** Of an import that has not begun. */
export function noProgress(): ImportProgress {
  return { rows: 0, imported: 0, unchanged: 0, rejected: [] };
}

const PRODUCTS_A_COMMIT = 250;
const STOCK_CALLS_AT_ONCE = 32;

/**
 * Imports records in their order, hundreds of products a commit. Rows of one product follow each other; a product that comes
 * back later in the file is refused, since it would undo what the rows before made of it. Repeating an import changes nothing.
 */
export async function importRecords(
  records: AsyncIterable<ImportRecord> | Iterable<ImportRecord>,
  target: ImportTarget,
  tally: ImportProgress = noProgress(),
): Promise<ImportReport> {
  const finished = new Set<string>();
  let open: [NumberedRow, ...NumberedRow[]] | undefined;
  let batch: ProductGroup[] = [];

  async function closeProduct(): Promise<void> {
    if (open === undefined) return;
    const group = groupOf(open);
    finished.add(group.product.productId);
    for (const { row, rejection } of group.rejected) tally.rejected.push(rejectedRow(row, rejection));
    open = undefined;
    batch.push(group);
    if (batch.length >= PRODUCTS_A_COMMIT) await flush();
  }

  async function flush(): Promise<void> {
    const groups = batch;
    batch = [];
    if (groups.length > 0) await putGroups(groups, target, tally);
  }

  for await (const record of records) {
    tally.rows++;
    const row = readNumbered(record);
    if ('reason' in row) tally.rejected.push(row);
    else if (open?.[0].product.productId === row.product.productId) open.push(row);
    else if (finished.has(row.product.productId)) tally.rejected.push(rejectedRow(row, COMES_BACK));
    else {
      await closeProduct();
      open = [row];
    }
  }
  await closeProduct();
  await flush();
  return { ...tally, rejected: tally.rejected.toSorted((a, b) => a.row - b.row) };
}

const COMES_BACK: Rejection = { code: 'rows_apart', detail: 'the rows of a product must follow each other' };

async function putGroups(groups: readonly ProductGroup[], target: ImportTarget, tally: ImportProgress): Promise<void> {
  const outcomes = await target.putProducts(groups.map(({ product }) => product));
  const stocked: NumberedRow[] = [];
  for (const { product, rows } of groups) {
    const outcome = outcomes.get(product.productId);
    if (outcome?.kind === 'rejected') for (const row of rows) tally.rejected.push(rejectedRow(row, outcome.rejection));
    else {
      tally[outcome?.kind === 'unchanged' ? 'unchanged' : 'imported'] += rows.length;
      for (const row of lastBySku(rows)) if (row.onHand !== undefined) stocked.push(row);
    }
  }
  await setStock(stocked, target, tally, outcomes);
}

/** A row whose stock cannot be set counts as rejected, though its product stands. */
async function setStock(
  rows: readonly NumberedRow[],
  target: ImportTarget,
  tally: ImportProgress,
  outcomes: ReadonlyMap<string, PutOutcome>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += STOCK_CALLS_AT_ONCE) {
    const some = rows.slice(from, from + STOCK_CALLS_AT_ONCE);
    const rejections = await Promise.all(some.map(({ sku, onHand }) => target.setOnHand(sku, onHand ?? 0)));
    for (const [index, rejection] of rejections.entries()) {
      const row = some[index];
      if (rejection === undefined || row === undefined) continue;
      tally.rejected.push(rejectedRow(row, rejection));
      tally[outcomes.get(row.product.productId)?.kind === 'unchanged' ? 'unchanged' : 'imported']--;
    }
  }
}

function lastBySku(rows: readonly NumberedRow[]): Iterable<NumberedRow> {
  const last = new Map<string, NumberedRow>();
  for (const row of rows) if (row.onHand !== undefined) last.set(row.sku, row);
  return last.values();
}

function readNumbered(record: ImportRecord): NumberedRow | RejectedRow {
  if ('unreadable' in record)
    return { row: record.number, sku: '', code: 'malformed_request', reason: record.unreadable };
  const read = readRow(record.fields);
  if (read.ok) return { ...read.row, number: record.number };
  return rejectedRow({ number: record.number, sku: record.fields.sku ?? '' }, read.rejection);
}

function rejectedRow({ number, sku }: Pick<NumberedRow, 'number' | 'sku'>, rejection: Rejection): RejectedRow {
  const { code, detail, extra } = rejection;
  const field = extra?.field ?? COLUMN_OF[code];
  return { row: number, sku, code, reason: detail, ...(field === undefined ? {} : { field: String(field) }) };
}

/** What the catalogue and the inventory object to, as columns of the file. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  unknown_seller: 'seller',
  unknown_category: 'category',
  title_missing: 'title_en',
  sku_taken: 'sku',
  rows_apart: 'product',
  unavailable: 'on_hand',
};
