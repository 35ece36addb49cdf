import { Type } from 'typebox';
import type { JournalEntry } from '../../contracts/payments.ts';
import { Id, Money, TimeMs } from '../../contracts/shapes.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { inTime } from './in-time.ts';
import { type LoggedEvent, type ReadStream, readOrderLog } from './order-log.ts';

const Logged = Type.Object({
  service: Type.String(),
  stream: Type.String(),
  version: Type.Integer(),
  type: Type.String(),
  at: TimeMs,
  actor: Type.Optional(Type.String({ description: 'A shopper, `seller`, `admin` and which operator, or a service.' })),
  reason: Type.Optional(Type.String({ description: 'An operator’s own words.' })),
  causation: Type.Optional(Type.String({ description: 'The saga run or message that led to it.' })),
  because: Type.Optional(Type.String({ description: 'The type of the order’s event that led to it.' })),
  traceId: Type.Optional(Type.String()),
  data: Type.Unsafe<Record<string, unknown>>(
    Type.Record(Type.String(), Type.Unknown(), { description: 'Personal data stays sealed.' }),
  ),
});

const Posted = Type.Object({
  at: TimeMs,
  /** The event that it stands in. */
  version: Type.Integer(),
  type: Type.String(),
  reference: Type.String({ description: 'The shipment or the refund.' }),
  transfers: Type.Array(Type.Object({ debit: Type.String(), credit: Type.String(), amount: Money })),
});

const Answer = Type.Object({
  orderId: Id,
  shopperId: Type.String(),
  events: Type.Array(Logged),
  entries: Type.Array(Posted, { description: 'What the order has posted to the ledger.' }),
  incomplete: Type.Array(Type.String(), { description: 'Streams of which not all could be looked through just now.' }),
});

const STREAM_DEADLINE_MS = 2_000;

/** An order as the logs of all services tell it, with its entries in the ledger. */
export function orderLogRoutes(read: ReadStream, clock: Clock): HttpRoutes {
  return (http) => {
    http.get(
      '/console/api/orders/:orderId/log',
      {
        schema: {
          summary: 'Everything that the logs say of an order, oldest first',
          params: Type.Object({ orderId: Id }),
          response: { 200: Answer },
        },
        config: { problems: ['unknown_order'] },
      },
      async ({ params: { orderId } }, reply) => {
        const log = await readOrderLog(read, orderId, (load) => inTime(clock, STREAM_DEADLINE_MS, load));
        if (log === undefined) throw new Problem('unknown_order', 'There is no such order.');
        reply.header('cache-control', 'no-store');
        return {
          orderId,
          shopperId: String(log.events.find(({ type }) => type === 'OrderPlaced')?.data.shopperId ?? ''),
          events: [...log.events],
          entries: log.events.flatMap(postedBy),
          incomplete: [...log.incomplete],
        };
      },
    );
  };
}

function postedBy({ service, at, version, type, data }: LoggedEvent) {
  if (service !== 'payments' || data.entry === undefined) return [];
  const { currency, transfers } = data.entry as unknown as JournalEntry;
  const reference = String(data.shipmentId ?? data.refundId);
  const inCurrency = transfers.map(({ amount, ...sides }) => ({ ...sides, amount: { amount, currency } }));
  return [{ at, version, type, reference, transfers: inCurrency }];
}
