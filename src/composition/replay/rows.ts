import { parse } from 'csv-parse/sync';

/** One order line of the retailer's file. */
export interface Row {
  /** 1 for the first line after the header. */
  readonly line: number;
  readonly invoice: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: number;
  /** Pence; undefined when the text is no price of whole pence. */
  readonly pence: number | undefined;
  readonly customer: string;
  readonly country: string;
}

const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
];

/** Reads the file's text. Throws an Error that names the columns when they are not there. */
export function readRows(text: string): readonly Row[] {
  const records = parse(text, { columns: true, bom: true, skip_empty_lines: true }) as Record<string, string>[];
  const missing = COLUMNS.filter((column) => records[0] !== undefined && !(column in records[0]));
  if (records.length === 0 || missing.length > 0) {
    throw new Error(
      `The file needs a header with the columns ${COLUMNS.join(', ')}${missing.length > 0 ? `; missing: ${missing.join(', ')}` : ''}.`,
    );
  }
  return records.map((record, index) => ({
    line: index + 1,
    invoice: field(record, 'InvoiceNo'),
    code: field(record, 'StockCode').toUpperCase(),
    description: field(record, 'Description'),
    quantity: Number(field(record, 'Quantity')),
    pence: penceOf(field(record, 'UnitPrice')),
    customer: field(record, 'CustomerID'),
    country: field(record, 'Country'),
  }));
}

function field(record: Record<string, string>, column: string): string {
  return (record[column] ?? '').trim();
}

function penceOf(text: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
