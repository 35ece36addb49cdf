import { type Static, Type } from 'typebox';
import { Availability } from '../../contracts/catalog.ts';
import { type inventory, StockLevel } from '../../contracts/inventory.ts';
import type { payments } from '../../contracts/payments.ts';
import { TimeMs } from '../../contracts/shapes.ts';
import type { Client } from '../../kernel/contract.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import { inTime } from './in-time.ts';
import { hourly } from './revenue.ts';

const Part = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null({ description: 'It did not come in time.' })]);

const Revenue = Type.Object({
  currency: Type.String(),
  captured: Type.Integer(),
  refunded: Type.Integer(),
  commission: Type.Integer({ description: 'What the marketplace kept.' }),
  hours: Type.Array(Type.Object({ start: TimeMs, captured: Type.Integer(), refunded: Type.Integer() })),
});
export type Revenue = Static<typeof Revenue>;

const Alert = Type.Object({
  level: StockLevel,
  availability: Availability,
  since: TimeMs,
});

const Overview = Type.Object({
  revenue: Part(Type.Array(Revenue, { description: 'Of the last 24 hours, by currency, in minor units.' })),
  alerts: Part(Type.Object({ items: Type.Array(Alert), hasMore: Type.Boolean() })),
  cases: Part(
    Type.Array(Type.Object({ service: Type.String(), open: Type.Integer(), oldestOpenedAt: Type.Optional(TimeMs) }), {
      description: 'Open cases in the error hospital, where there are any.',
    }),
  ),
  sagas: Part(Type.Object({ inFlight: Type.Integer(), stuck: Type.Integer({ description: 'Longer than a minute.' }) })),
  breakers: Type.Array(Type.Object({ name: Type.String(), state: Type.String() })),
});

export interface OverviewParts {
  readonly payments: Pick<Client<typeof payments>, 'turnover'>;
  readonly inventory: Pick<Client<typeof inventory>, 'alerts'>;
  readonly cases: () => Promise<readonly { service: string; open: number; oldestOpenedAt?: number }[]>;
  readonly runs: () => Promise<readonly { readonly waitingSince: number }[]>;
  readonly breakers: () => readonly { name: string; state: string }[];
  readonly clock: Clock;
}

const DEADLINE_MS = 1_500;
const DAY_MS = 24 * 3_600_000;
const STUCK_MS = 60_000;
const ALERTS = 8;

/** What an operator wants to know first: money, stock, what waits for a person. What is late is left out, and said so. */
export function overviewRoutes(parts: OverviewParts): HttpRoutes {
  const { clock } = parts;
  const part = async <Value>(load: () => Promise<Value>) => (await inTime(clock, DEADLINE_MS, load)) ?? null;

  async function revenue(): Promise<Revenue[]> {
    const now = clock.now();
    const { hours } = answerOf(await parts.payments.turnover({ from: now - DAY_MS }, { timeoutMs: DEADLINE_MS }));
    return hourly(hours, now - DAY_MS, now);
  }

  async function alerts() {
    const { alerts: items, hasMore } = answerOf(await parts.inventory.alerts({ limit: ALERTS }));
    return { items, hasMore };
  }

  async function sagas() {
    const runs = await parts.runs();
    const stuck = runs.filter(({ waitingSince }) => clock.now() - waitingSince > STUCK_MS).length;
    return { inFlight: runs.length, stuck };
  }

  return (http) => {
    http.get(
      '/console/api/overview',
      { schema: { summary: 'Money, stock and what waits for a person', response: { 200: Overview } } },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        const [income, stock, cases, running] = await Promise.all([
          part(revenue),
          part(alerts),
          part(async () => [...(await parts.cases())]),
          part(sagas),
        ]);
        return { revenue: income, alerts: stock, cases, sagas: running, breakers: [...parts.breakers()] };
      },
    );
  };
}
