import type { AppliedTerms, OrderLine, Parcel, Priced, ToPrice, Totals } from '../../contracts/orders.ts';
import { LARGEST_TOTAL } from '../../contracts/orders.ts';
import type { SellerTerms } from '../../contracts/shapes.ts';
import { money, share, taxWithin } from '../../kernel/money.ts';
import type { Rejection } from '../../kernel/rejection.ts';

/** What lines cost, or why they cannot be priced. */
export type Pricing =
  | { readonly ok: true; readonly priced: Priced }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * Parcels and totals of lines: one parcel per seller, in the order of the sellers' ids; each with the seller's flat fee and
 * the VAT of the country it goes to (none without a country). Shipping is taxed like the goods.
 */
export function price({ currency, country, lines, terms }: ToPrice): Pricing {
  const parcels: Parcel[] = [];
  for (const [sellerId, itsLines] of linesBySeller(lines)) {
    const itsTerms = terms.find((each) => each.sellerId === sellerId);
    if (itsTerms === undefined) return refused('unknown_seller', 'A line belongs to a seller without terms.', sellerId);
    const applied = appliedTerms(itsTerms, country);
    const totals = parcelTotals(itsLines, itsTerms.parcelFee[currency] ?? 0, applied, currency);
    if (totals === undefined) return tooLarge;
    parcels.push({ parcelId: `parcel-${parcels.length + 1}`, sellerId, lines: itsLines, totals, terms: applied });
  }
  const totals = sumOfTotals(parcels.map((parcel) => parcel.totals));
  return totals.total > LARGEST_TOTAL ? tooLarge : { ok: true, priced: { currency, totals, parcels } };
}

const tooLarge: Pricing = {
  ok: false,
  rejection: {
    code: 'total_too_large',
    detail: `One order may cost at most ${LARGEST_TOTAL} minor units; split it.`,
    extra: { limit: LARGEST_TOTAL },
  },
};

function refused(code: string, detail: string, sellerId: string): Pricing {
  return { ok: false, rejection: { code, detail, extra: { sellerId } } };
}

function linesBySeller(lines: readonly OrderLine[]): readonly (readonly [string, OrderLine[]])[] {
  const bySeller = new Map<string, OrderLine[]>();
  for (const line of lines) {
    const itsLines = bySeller.get(line.sellerId);
    if (itsLines === undefined) bySeller.set(line.sellerId, [line]);
    else itsLines.push(line);
  }
  return [...bySeller].sort(([a], [b]) => (a < b ? -1 : 1));
}

function appliedTerms(terms: SellerTerms, country: string | undefined): AppliedTerms {
  const { pricesIncludeTax, commissionBasisPoints } = terms;
  const vatBasisPoints = country === undefined ? 0 : (terms.vatBasisPoints[country] ?? 0);
  return { pricesIncludeTax, vatBasisPoints, commissionBasisPoints };
}

/** Undefined when the parcel costs more than an order may: then its sums are not taken, for they might not be exact. */
function parcelTotals(
  lines: readonly OrderLine[],
  shipping: number,
  { pricesIncludeTax, vatBasisPoints }: AppliedTerms,
  currency: string,
): Totals | undefined {
  const goods = lines.reduce((total, line) => total + line.unitPrice * line.quantity, 0);
  const discount = 0;
  const taxable = goods + shipping - discount;
  if (taxable > LARGEST_TOTAL) return undefined;
  if (vatBasisPoints === 0) return { lines: goods, shipping, discount, tax: 0, total: taxable };
  const amount = money(taxable, currency);
  const tax = (pricesIncludeTax ? taxWithin(amount, vatBasisPoints) : share(amount, vatBasisPoints)).amount;
  return { lines: goods, shipping, discount, tax, total: pricesIncludeTax ? taxable : taxable + tax };
}

function sumOfTotals(all: readonly Totals[]): Totals {
  const sum = { lines: 0, shipping: 0, discount: 0, tax: 0, total: 0 };
  for (const each of all) {
    sum.lines += each.lines;
    sum.shipping += each.shipping;
    sum.discount += each.discount;
    sum.tax += each.tax;
    sum.total += each.total;
  }
  return sum;
}
