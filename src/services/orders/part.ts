import type { SkuQuantity } from '../../contracts/shapes.ts';
import { allocate, money } from '../../kernel/money.ts';
import type { ParcelState } from './order.ts';

/** Lines of one parcel that something happens to, out of what is left of it. */
export interface Part {
  readonly of: ParcelState;
  readonly left: readonly SkuQuantity[];
  readonly lines: readonly SkuQuantity[];
}

/** The parts by parcel, or the SKU that there is not enough of. */
export type Taking =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly sku: string; readonly left: number };

/** Spreads `wanted` (everything left, when absent) over the parcels that hold it; a SKU asked for twice adds up. */
export function partsOf(
  parcels: readonly ParcelState[],
  leftOf: (parcel: ParcelState) => readonly SkuQuantity[],
  wanted: readonly SkuQuantity[] | undefined,
): Taking {
  const asked = wanted === undefined ? undefined : addedUp(wanted);
  const parts: Part[] = [];
  for (const of of parcels) {
    const left = leftOf(of);
    const lines = asked === undefined ? left : takeFrom(left, asked);
    if (lines.length > 0) parts.push({ of, left, lines });
  }
  for (const [sku, { missing, left }] of asked ?? []) if (missing > 0) return { ok: false, sku, left };
  return { ok: true, parts };
}

/**
 * What a part is worth of `amount` (minor units), which stands for all that is left of its parcel: its lines' share, fee and
 * tax included. Taking part after part from the rest gives away every unit exactly once; the last part takes what remains.
 */
export function amountOf({ of, left, lines }: Part, currency: string, amount: number): number {
  const prices = new Map(of.parcel.lines.map(({ sku, unitPrice }) => [sku, unitPrice]));
  const worth = (some: readonly SkuQuantity[]) =>
    some.reduce((value, { sku, quantity }) => value + (prices.get(sku) ?? 0) * quantity, 0);
  const value = worth(lines);
  return allocate(money(amount, currency), [value, worth(left) - value])[0]?.amount ?? 0;
}

/** How many pieces lines are together. */
export function pieces(lines: readonly SkuQuantity[]): number {
  return lines.reduce((total, line) => total + line.quantity, 0);
}

interface Asked {
  readonly quantity: number;
  missing: number;
  left: number;
}

function addedUp(wanted: readonly SkuQuantity[]): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const { sku, quantity } of wanted) {
    const sum = (asked.get(sku)?.quantity ?? 0) + quantity;
    asked.set(sku, { quantity: sum, missing: sum, left: 0 });
  }
  return asked;
}

function takeFrom(left: readonly SkuQuantity[], asked: ReadonlyMap<string, Asked>): readonly SkuQuantity[] {
  const taken: SkuQuantity[] = [];
  for (const { sku, quantity } of left) {
    const wish = asked.get(sku);
    if (wish === undefined) continue;
    wish.left = quantity;
    wish.missing = Math.max(0, wish.quantity - quantity);
    if (wish.missing === 0) taken.push({ sku, quantity: wish.quantity });
  }
  return taken;
}
