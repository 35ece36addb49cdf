import { type Static, Type } from 'typebox';
import { Availability } from './catalog.ts';
import { command, event, query } from './contract.ts';
import { Id, LIMITS, Nothing, Sku, SkuQuantity, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;
const Lines = Type.Array(SkuQuantity, { minItems: 1, maxItems: LIMITS.linesPerCart });
const OrderLines = Type.Object({ orderId: Id, lines: Lines }, closed);
const OnHand = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const Count = Type.Object({ sku: Sku, location: Type.Optional(Id), onHand: OnHand }, closed);

/** `onHand` can be sold, `reserved` is promised to open orders, `sold` has been sold; their sum changes only by adjustment. */
export const StockLevel = Type.Object(
  {
    sku: Sku,
    onHand: Type.Integer({ minimum: 0 }),
    reserved: Type.Integer({ minimum: 0 }),
    sold: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type StockLevel = Static<typeof StockLevel>;

export const inventory = {
  service: 'inventory',
  calls: {
    /** Holds all lines or none until `expiresAt`. Asked after `validUntil` it refuses, so that a late duplicate holds nothing. */
    reserve: command(
      Type.Object({ orderId: Id, lines: Lines, validUntil: TimeMs, expiresAt: TimeMs }, closed),
      Nothing,
      'out_of_stock',
      'request_expired',
    ),
    /** Gives back what the order holds; nothing held is success, and a late `reserve` of the order holds nothing any more. */
    release: command(OrderLines, Nothing),
    /** Turns the order's reservation into a sale; an expired one is taken again where there is still enough. */
    commit: command(OrderLines, Nothing, 'reservation_lost'),
    /** Takes sold pieces back on hand (cancelled before shipment), once per `returnId`. */
    restock: command(Type.Object({ orderId: Id, returnId: Id, lines: Lines }, closed), Nothing),
    /** Sets what is on hand at a location, `main` unless named (reserved and sold stay). */
    setOnHand: command(Count, StockLevel),
    /** The same for many SKUs in one commit: imports. */
    setOnHandMany: command(
      Type.Object({ counts: Type.Array(Count, { minItems: 1, maxItems: LIMITS.linesPerCart }) }, closed),
      Nothing,
    ),
    levels: query(
      Type.Object({ skus: Type.Array(Sku, { maxItems: LIMITS.linesPerCart }) }, closed),
      Type.Object({ levels: Type.Array(StockLevel) }, closed),
    ),
    /** SKUs that are running out or have, those that changed last first; `hasMore` when there are more than `limit`. */
    alerts: query(
      Type.Object({ limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize }) }, closed),
      Type.Object(
        {
          alerts: Type.Array(Type.Object({ level: StockLevel, availability: Availability, since: TimeMs }, closed)),
          hasMore: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  events: {
    /** Told only when the answer to "can I buy it?" changes, not at each sale. */
    AvailabilityChanged: event(1, Type.Object({ sku: Sku, availability: Availability }, closed)),
  },
} as const;
