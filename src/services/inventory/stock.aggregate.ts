import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import type { JsonObject } from '../../kernel/json.ts';
import type { Aggregate } from '../../platform/event-store/aggregate.ts';
import type { Closed, Fate } from './closed.ts';
import { type StockCode, type StockCommand, stockDecider } from './decide.ts';
import { minuteOf, type Reservation, type Stock, type StockEvent } from './stock.ts';

interface StockSnapshot {
  readonly locations: Stock['locations'];
  readonly sold: number;
  readonly told?: Stock['told'];
  readonly open: readonly (readonly [order: string, reservation: Reservation])[];
  readonly recent: readonly (readonly [key: string, fate: Fate])[];
  readonly older: readonly (readonly [key: string, fate: Fate])[];
}

/** Above so many open reservations, snapshots get rarer as they get larger: an event pays for some 24 bytes of them either way. */
const RESERVATIONS_A_STRETCH = 2_048;

/** One stream per SKU. A snapshot holds the open reservations and the bounded memory of what was closed last. */
export const stock: Aggregate<Stock, StockCommand, StockEvent, StockCode> = {
  name: 'stock',
  decider: stockDecider,
  idleStreams: 10_000,
  events: {
    StockCounted: { version: 1 },
    StockReserved: { version: 1 },
    ReservationReleased: { version: 1 },
    ReservationsExpired: { version: 1 },
    StockSold: { version: 1 },
    StockReturned: { version: 1 },
    AvailabilityChanged: { version: 1 },
  },
  snapshot: {
    every: 4_096,
    stretch: ({ open }) => 2 ** Math.max(0, Math.ceil(Math.log2(open.size / RESERVATIONS_A_STRETCH))),
    fold: 1,
    encode: (state) => encodeStock(state) as unknown as JsonObject,
    decode: (body) => decodeStock(body as unknown as StockSnapshot),
  },
};

function encodeStock(state: Stock): StockSnapshot {
  return {
    locations: state.locations,
    sold: state.sold,
    ...(state.told === undefined ? {} : { told: state.told }),
    open: [...state.open],
    recent: [...state.closed.recent],
    older: [...state.closed.older],
  };
}

function decodeStock(body: StockSnapshot): Stock {
  const closed: Closed = { recent: ImmutableMap(body.recent), older: ImmutableMap(body.older) };
  const due = new Map<number, string[]>();
  for (const [order, { until }] of body.open) {
    const orders = due.get(minuteOf(until));
    if (orders === undefined) due.set(minuteOf(until), [order]);
    else orders.push(order);
  }
  return {
    locations: body.locations,
    onHand: Object.values(body.locations).reduce((a, b) => a + b, 0),
    reserved: body.open.reduce((total, [, { quantity }]) => total + quantity, 0),
    sold: body.sold,
    open: ImmutableMap(body.open),
    due: ImmutableMap([...due].map(([minute, orders]) => [minute, ImmutableSet(orders)])),
    closed,
    told: body.told,
  };
}
