import type { ShownOrder } from './order-data.ts';

/** A SKU of which some pieces can be chosen. */
export interface Choosable {
  readonly sku: string;
  readonly title: ShownOrder['parcels'][number]['lines'][number]['title'];
  readonly most: number;
}

/** Pieces by SKU, as they were typed. */
export type Chosen = Readonly<Record<string, number>>;

/** What is neither shipped nor cancelled. */
export function cancellable({ status, parcels }: ShownOrder): readonly Choosable[] {
  if (status === 'cancelled') return [];
  return choosable(parcels, ({ quantity, shipped, cancelled }) => quantity - shipped - cancelled);
}

/** What is shipped and not paid back. */
export function refundable({ parcels }: ShownOrder): readonly Choosable[] {
  return choosable(parcels, ({ shipped, refunded }) => shipped - refunded);
}

type Line = ShownOrder['parcels'][number]['lines'][number];

function choosable(parcels: ShownOrder['parcels'], left: (line: Line) => number): readonly Choosable[] {
  const lines = parcels.flatMap((parcel) => parcel.lines);
  return lines.map((line) => ({ sku: line.sku, title: line.title, most: left(line) })).filter(({ most }) => most > 0);
}

/** The chosen pieces as the API takes them; more than there are is left to it to refuse. */
export function linesOf(chosen: Chosen, lines: readonly Choosable[]): { sku: string; quantity: number }[] {
  return lines.map(({ sku }) => ({ sku, quantity: chosen[sku] ?? 0 })).filter(({ quantity }) => quantity > 0);
}
