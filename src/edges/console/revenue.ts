import type { Revenue } from './overview-routes.ts';

interface Hour {
  readonly start: number;
  readonly currency: string;
  readonly captured: number;
  readonly refunded: number;
  readonly commission: number;
}

const HOUR_MS = 3_600_000;

/** What each currency brought from the hour of `from` to that of `to` (ms): in all, and in every hour, those without a sale too. */
export function hourly(hours: readonly Hour[], from: number, to: number): Revenue[] {
  const first = from - (from % HOUR_MS);
  const starts = Array.from({ length: Math.floor((to - first) / HOUR_MS) + 1 }, (_, index) => first + index * HOUR_MS);
  return [...Map.groupBy(hours, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, ofCurrency]) => {
      const byStart = new Map(ofCurrency.map((hour) => [hour.start, hour]));
      const sum = (field: 'captured' | 'refunded' | 'commission') =>
        ofCurrency.reduce((total, hour) => total + hour[field], 0);
      return {
        ...{ currency, captured: sum('captured'), refunded: sum('refunded'), commission: sum('commission') },
        hours: starts.map((start) => {
          const { captured = 0, refunded = 0 } = byStart.get(start) ?? {};
          return { start, captured, refunded };
        }),
      };
    });
}
