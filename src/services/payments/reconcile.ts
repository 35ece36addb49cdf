import type { ReportLine } from '../../contracts/card-processor.ts';
import type { Difference, Movement } from './difference.ts';

export const DAY_MS = 24 * 3_600_000;

/** A movement of the processor and the day of the report that it stands in (UTC, `2026-11-21`). */
export type Booked = ReportLine & { readonly day: string };

/**
 * What is compared: the whole days from `from` to `to`. A day ends at midnight UTC, by the processor's clock in its report and by ours
 * in the ledger; a movement that we recorded less than `graceMs` from its day's ends may stand on either side. What happened
 * less than `graceMs` before `until` (when the books were opened) may be on its way and is not compared yet.
 */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly graceMs: number;
  readonly until: number;
}

/**
 * Compares two books that are read side by side, each in the order of time: what has found its other half is forgotten, so that
 * memory holds what is different and what is on its way, however long the books are.
 */
export interface Matching {
  ours(movement: Movement): void;
  theirs(line: Booked): void;
  /** How many have found no other half so far. */
  unmatched(): number;
  /** Differences between halves that found each other, and what found none. */
  end(): {
    readonly differences: readonly Difference[];
    readonly ours: readonly Movement[];
    readonly theirs: readonly Booked[];
  };
}

/** Begins to compare the books of a period. */
export function matching(period: Period): Matching {
  const ours = new Map<string, Movement>();
  const theirs = new Map<string, Booked>();
  const differences: Difference[] = [];
  return {
    ours(movement) {
      const key = keyOf(movement);
      const line = theirs.get(key);
      if (line === undefined) return void ours.set(key, movement);
      theirs.delete(key);
      differences.push(...between(movement, line, period.graceMs));
    },
    theirs(line) {
      const key = keyOf(line);
      const movement = ours.get(key);
      if (theirs.has(key)) return void differences.push(duplicate(line));
      if (movement === undefined) return void theirs.set(key, line);
      ours.delete(key);
      differences.push(...between(movement, line, period.graceMs));
    },
    unmatched: () => ours.size + theirs.size + differences.length,
    end: () => ({ differences, ours: [...ours.values()], theirs: [...theirs.values()] }),
  };
}

/** Whether what was recorded at `at` is of the period and old enough to be compared. */
export function isCompared(at: number, { from, to, graceMs, until }: Period): boolean {
  return at >= startOfDay(from) && at < endOfDay(to) && at <= until - graceMs;
}

/** What we know of the payment that a line without another half speaks of. */
export interface KnownPayment {
  readonly movements: readonly Movement[];
  /** Its checkout was undone: whatever the processor still authorises is let go. */
  readonly barred: boolean;
  /** What the processor still holds of it, in minor units; 0 when it does not know it. */
  readonly stillHeld: number;
}

/** What it means that a line has found no other half in the ledger; nothing when that is as it should be. */
export function judgeTheirs(line: Booked, payment: KnownPayment, period: Period): readonly Difference[] {
  const movement = payment.movements.find((each) => keyOf(each) === keyOf(line));
  if (movement === undefined) {
    if (line.at > period.until - period.graceMs) return [];
    const neverHeld = !payment.movements.some(({ kind }) => kind === 'authorisation');
    const isUndone = payment.barred && neverHeld && (line.kind === 'authorisation' || line.kind === 'void');
    if (!isUndone) return [{ kind: 'missing_in_ledger', ...aboutTheirs(line) }];
    return payment.stillHeld > 0 && line.kind === 'authorisation'
      ? [{ kind: 'still_authorised', ...aboutTheirs(line) }]
      : [];
  }
  // Recorded within what was read, it has found its other half in another line.
  if (movement.at > period.until) return [];
  return wasRead(movement.at, period) ? [duplicate(line)] : between(movement, line, period.graceMs);
}

/** What it means that a movement has found no line; `elsewhere` is its line in the report of a neighbouring day. */
export function judgeOurs(movement: Movement, elsewhere: Booked | undefined, period: Period): readonly Difference[] {
  if (!isCompared(movement.at, period)) return [];
  if (elsewhere !== undefined) return between(movement, elsewhere, period.graceMs);
  const { kind, reference, authorisation, amount, currency, at } = movement;
  return [
    {
      kind: kind === 'void' ? 'still_authorised' : 'missing_at_processor',
      ...{ movement: kind, reference, orderId: authorisation, day: dayOf(at), ours: { amount, currency, at } },
    },
  ];
}

/** The window of the ledger that is read for a period. */
export function windowOf({ from, to, graceMs }: Period): { readonly from: number; readonly below: number } {
  return { from: startOfDay(from) - graceMs, below: endOfDay(to) + graceMs };
}

/** The UTC day of a time in ms, as `2026-11-21`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The first ms of a day (`2026-11-21`) in UTC; NaN for other text. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function endOfDay(day: string): number {
  return startOfDay(day) + DAY_MS;
}

/** The days of a period and, with `margin`, as many before and after it. */
export function daysOf({ from, to }: Pick<Period, 'from' | 'to'>, margin = 0): readonly string[] {
  const days: string[] = [];
  const last = startOfDay(to) + margin * DAY_MS;
  for (let at = startOfDay(from) - margin * DAY_MS; at <= last; at += DAY_MS) days.push(dayOf(at));
  return days;
}

/** What both books call a movement. */
export function keyOf({ kind, reference }: Pick<Movement, 'kind' | 'reference'>): string {
  return `${kind}.${reference}`;
}

function wasRead(at: number, period: Period): boolean {
  const { from, below } = windowOf(period);
  return at >= from && at < below;
}

function between(ours: Movement, line: Booked, graceMs: number): readonly Difference[] {
  const both = { ...aboutTheirs(line), ours: { amount: ours.amount, currency: ours.currency, at: ours.at } };
  const found: Difference[] = [];
  if (ours.currency !== line.currency) found.push({ kind: 'currency_differs', ...both });
  else if (ours.amount !== line.amount) found.push({ kind: 'amount_differs', ...both });
  if (ours.at < startOfDay(line.day) - graceMs || ours.at >= endOfDay(line.day) + graceMs)
    found.push({ kind: 'wrong_day', ...both });
  return found;
}

function duplicate(line: Booked): Difference {
  return { kind: 'duplicated_at_processor', ...aboutTheirs(line) };
}

function aboutTheirs({ kind, reference, authorisation, amount, currency, at, day }: Booked) {
  return { movement: kind, reference, orderId: authorisation, day, theirs: { amount, currency, at } };
}
