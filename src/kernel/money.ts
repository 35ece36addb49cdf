/** An amount of whole minor units (pence, cents; won have no minor unit) in one ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Money of `amount` minor units. Throws a RangeError when the amount is no safe integer or the currency no ISO code. */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole safe amount of minor units: ${amount}`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`not an ISO 4217 currency code: ${currency}`);
  return { amount, currency };
}

export function zero(currency: string): Money {
  return money(0, currency);
}

/** The sum of two amounts. Throws a RangeError when the currencies differ or the sum leaves the safe integers. */
export function add(a: Money, b: Money): Money {
  return money(a.amount + sameCurrency(a, b).amount, a.currency);
}

/** `a - b`, may be negative. Throws as `add` does. */
export function subtract(a: Money, b: Money): Money {
  return money(a.amount - sameCurrency(a, b).amount, a.currency);
}

/** `a` taken `quantity` times. Throws a RangeError when the quantity is not whole or the product is not safe. */
export function times(a: Money, quantity: number): Money {
  if (!Number.isSafeInteger(quantity)) throw new RangeError(`not a whole quantity: ${quantity}`);
  return money(a.amount * quantity, a.currency);
}

/** The sum of `amounts`, zero in `currency` when there are none. Throws as `add` does. */
export function sum(amounts: Iterable<Money>, currency: string): Money {
  let total = zero(currency);
  for (const each of amounts) total = add(total, each);
  return total;
}

/** `basisPoints` hundredths of a percent of `a`, rounded half away from zero: 2,000 of 10.00 are 2.00. */
export function share(a: Money, basisPoints: number): Money {
  return money(divideRounded(BigInt(a.amount) * BigInt(basisPoints), 10_000n), a.currency);
}

/** The tax contained in a gross amount at `basisPoints`, rounded half away from zero: in 12.00 at 2,000 it is 2.00. */
export function taxWithin(gross: Money, basisPoints: number): Money {
  const rate = BigInt(basisPoints);
  return money(divideRounded(BigInt(gross.amount) * rate, 10_000n + rate), gross.currency);
}

/**
 * Splits `total` in proportion to `weights` without losing a unit (largest remainder; ties to the earlier weight).
 * Weights are whole and not negative; when all are zero the first share takes all. Throws a RangeError without weights.
 */
export function allocate(total: Money, weights: readonly number[]): readonly Money[] {
  if (weights.length === 0) throw new RangeError('nothing to allocate to');
  const sumOfWeights = weights.reduce((a, b) => a + BigInt(b), 0n);
  if (sumOfWeights === 0n) return weights.map((_, index) => money(index === 0 ? total.amount : 0, total.currency));
  const exact = weights.map((weight) => BigInt(total.amount) * BigInt(weight));
  const shares = exact.map((product) => product / sumOfWeights);
  let left = BigInt(total.amount) - shares.reduce((a, b) => a + b, 0n);
  const unit = left < 0n ? -1n : 1n;
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: (product % sumOfWeights) * unit }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + unit;
    left -= unit;
  }
  return shares.map((each) => money(Number(each), total.currency));
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot mix ${a.currency} and ${b.currency}`);
  return b;
}

function divideRounded(numerator: bigint, denominator: bigint): number {
  const half = denominator / 2n;
  const rounded = numerator >= 0n ? (numerator + half) / denominator : (numerator - half) / denominator;
  return Number(rounded);
}
