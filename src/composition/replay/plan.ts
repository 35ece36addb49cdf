import type { Row } from './rows.ts';

/** What the replay will do, worked out from the file alone, and why it refuses what it refuses. */
export interface Plan {
  readonly products: readonly PlannedProduct[];
  /** In file order. */
  readonly steps: readonly PlannedStep[];
  readonly refused: readonly { readonly line: number; readonly reason: RefusalReason }[];
}

export interface PlannedProduct {
  readonly sku: string;
  readonly title: string;
  /** The first price in the file, in pence. */
  readonly pence: number;
  /** All that the file sells of it. */
  readonly quantity: number;
}

export interface PlannedOrder {
  readonly kind: 'order';
  /** `<invoice>.<part>`: part 1, and 2 where the invoice has one product at two prices. */
  readonly key: string;
  readonly customer: string;
  readonly country: string;
  readonly lines: readonly PlannedLine[];
}

export interface PlannedLine {
  readonly sku: string;
  readonly pence: number;
  readonly quantity: number;
  readonly rows: readonly number[];
}

export interface PlannedRefund {
  readonly kind: 'refund';
  readonly row: number;
  readonly sku: string;
  /** The sales that cover it, oldest first. */
  readonly from: readonly { readonly order: string; readonly quantity: number }[];
}

export type PlannedStep = PlannedOrder | PlannedRefund;

export type RefusalReason =
  | 'postage'
  | 'carriage'
  | 'discount'
  | 'manual_entry'
  | 'bank_charges'
  | 'no_product'
  | 'no_description'
  | 'zero_price'
  | 'invalid_price'
  | 'unknown_country'
  | 'no_matching_sale'
  | 'negative_quantity';

const NO_SALE: Readonly<Record<string, RefusalReason>> = {
  POST: 'postage',
  DOT: 'postage',
  C2: 'carriage',
  D: 'discount',
  M: 'manual_entry',
  'BANK CHARGES': 'bank_charges',
};

/** ISO 3166-1 codes of the countries as the retailer names them. */
export const COUNTRY_CODES: Readonly<Record<string, string>> = {
  Australia: 'AU',
  Belgium: 'BE',
  EIRE: 'IE',
  France: 'FR',
  Germany: 'DE',
  Italy: 'IT',
  Japan: 'JP',
  Lithuania: 'LT',
  Netherlands: 'NL',
  Norway: 'NO',
  Poland: 'PL',
  Portugal: 'PT',
  Spain: 'ES',
  Switzerland: 'CH',
  'United Kingdom': 'GB',
};

interface Sale {
  readonly order: string;
  readonly quantity: number;
  left: number;
}

/** Works out what becomes of every row, by the table in docs/how-to/replay.md. Every row ends in exactly one place. */
export function planReplay(rows: readonly Row[]): Plan {
  const products = new Map<string, PlannedProduct>();
  const refused: { line: number; reason: RefusalReason }[] = [];
  const steps: PlannedStep[] = [];
  const sales = new Map<string, Sale[]>();

  for (const invoiceRows of byInvoice(rows)) {
    const sold: Row[] = [];
    for (const row of invoiceRows) {
      const reason = refusalOf(row);
      if (reason !== undefined) refused.push({ line: row.line, reason });
      else if (!isCancellation(row)) sold.push(row);
      else {
        const from = cover(sales.get(saleKey(row)) ?? [], -row.quantity);
        if (row.customer === '' || from === undefined) refused.push({ line: row.line, reason: 'no_matching_sale' });
        else steps.push({ kind: 'refund', row: row.line, sku: row.code, from });
      }
    }
    for (const order of ordersOf(sold)) {
      steps.push(order);
      for (const line of order.lines) {
        const sale = { order: order.key, quantity: line.quantity, left: line.quantity };
        const key = saleKey({ customer: order.customer, code: line.sku, pence: line.pence });
        sales.set(key, [...(sales.get(key) ?? []), sale]);
      }
    }
    for (const row of sold) {
      const known = products.get(row.code) ?? {
        sku: row.code,
        title: row.description,
        pence: row.pence ?? 0,
        quantity: 0,
      };
      products.set(row.code, { ...known, quantity: known.quantity + row.quantity });
    }
  }
  return { products: [...products.values()], steps, refused };
}

function refusalOf(row: Row): RefusalReason | undefined {
  const noSale = NO_SALE[row.code];
  if (noSale !== undefined) return noSale;
  if (!/^\d{5}/.test(row.code)) return 'no_product';
  if (row.description === '') return 'no_description';
  if (row.pence === undefined || !Number.isSafeInteger(row.quantity)) return 'invalid_price';
  if (row.pence === 0) return 'zero_price';
  if (COUNTRY_CODES[row.country] === undefined) return 'unknown_country';
  if (!isCancellation(row) && row.quantity <= 0) return 'negative_quantity';
  return undefined;
}

function isCancellation(row: Row): boolean {
  return row.invoice.startsWith('C');
}

function saleKey(sale: {
  readonly customer: string;
  readonly code: string;
  readonly pence: number | undefined;
}): string {
  return `${sale.customer}/${sale.code}/${sale.pence}`;
}

/** Takes `quantity` from the oldest sales; undefined (and nothing taken) when they do not cover it. */
function cover(sales: readonly Sale[], quantity: number): PlannedRefund['from'] | undefined {
  if (quantity <= 0 || sales.reduce((left, sale) => left + sale.left, 0) < quantity) return undefined;
  const from: { order: string; quantity: number }[] = [];
  let wanted = quantity;
  for (const sale of sales) {
    const taken = Math.min(sale.left, wanted);
    if (taken === 0) continue;
    sale.left -= taken;
    wanted -= taken;
    from.push({ order: sale.order, quantity: taken });
  }
  return from;
}

/** Splits an invoice's rows into orders in which each product has one price. */
function ordersOf(rows: readonly Row[]): readonly PlannedOrder[] {
  const parts: Map<string, { pence: number; quantity: number; rows: number[] }>[] = [];
  for (const row of rows) {
    const pence = row.pence ?? 0;
    const fits = (part: (typeof parts)[number]) => (part.get(row.code)?.pence ?? pence) === pence;
    const part = parts.find(fits) ?? parts[parts.push(new Map()) - 1];
    const line = part?.get(row.code) ?? { pence, quantity: 0, rows: [] };
    line.quantity += row.quantity;
    line.rows.push(row.line);
    part?.set(row.code, line);
  }
  const [first] = rows;
  if (first === undefined) return [];
  return parts.map((part, index) => ({
    kind: 'order',
    key: `${first.invoice}.${index + 1}`,
    customer: first.customer,
    country: first.country,
    lines: [...part].map(([sku, line]) => ({ sku, ...line })),
  }));
}

function* byInvoice(rows: readonly Row[]): Generator<readonly Row[]> {
  let open: Row[] = [];
  for (const row of rows) {
    if (open.length > 0 && open[0]?.invoice !== row.invoice) {
      yield open;
      open = [];
    }
    open.push(row);
  }
  if (open.length > 0) yield open;
}
