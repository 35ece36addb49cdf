/** The periods that balances are kept for. `total` is all time: one row an account that says how it stands now. */
export const LEVELS = ['total', 'month', 'day', 'hour'] as const;
export type Level = (typeof LEVELS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When the period of a level that holds `at` begins (UTC, ms). */
export function startOf(level: Level, at: number): number {
  if (level === 'total') return 0;
  if (level === 'hour') return at - (at % HOUR_MS);
  if (level === 'day') return at - (at % DAY_MS);
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/**
 * The whole periods that make up all time before `before`: months, then days of its month, then hours of its day.
 * What is left, from `restFrom` on, is less than an hour.
 */
export function periodsBefore(before: number): {
  readonly ranges: readonly { readonly level: Level; readonly from: number; readonly below: number }[];
  readonly restFrom: number;
} {
  const month = startOf('month', before);
  const day = startOf('day', before);
  const hour = startOf('hour', before);
  const ranges = [
    { level: 'month' as const, from: 0, below: month },
    { level: 'day' as const, from: month, below: day },
    { level: 'hour' as const, from: day, below: hour },
  ];
  return { ranges: ranges.filter(({ from, below }) => from < below), restFrom: hour };
}
