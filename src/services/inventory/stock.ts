import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import type { Availability } from '../../contracts/catalog.ts';
import { type Closed, nothingClosed, remember } from './closed.ts';
import { give, type Pieces, take } from './locations.ts';

/** Pieces promised to an order until a moment (ms); `from` is left out when all of them lay at the main location. */
export interface Reservation {
  readonly quantity: number;
  readonly until: number;
  readonly from?: Pieces;
}

/**
 * The stock of one SKU. `onHand + reserved + sold` changes by counting only. The maps are persistent, so that folding an event
 * costs the same with ten open reservations and with ten thousand.
 */
export interface Stock {
  readonly locations: Pieces;
  readonly onHand: number;
  readonly reserved: number;
  readonly sold: number;
  readonly open: ImmutableMap<string, Reservation>;
  /** Orders with an open reservation by the minute in which it runs out. */
  readonly due: ImmutableMap<number, ImmutableSet<string>>;
  readonly closed: Closed;
  /** What was last told of the availability. */
  readonly told: Availability | undefined;
}

export type StockEvent =
  | { readonly type: 'StockCounted'; readonly data: { readonly location: string; readonly onHand: number } }
  | {
      readonly type: 'StockReserved';
      readonly data: {
        readonly order: string;
        readonly quantity: number;
        readonly until: number;
        readonly from?: Pieces;
      };
    }
  /** The order holds nothing from now on, whether or not it did. */
  | { readonly type: 'ReservationReleased'; readonly data: { readonly order: string } }
  | { readonly type: 'ReservationsExpired'; readonly data: { readonly orders: readonly string[] } }
  /** `taken` is there only when the reservation had run out and the pieces were taken from what is on hand. */
  | { readonly type: 'StockSold'; readonly data: { readonly order: string; readonly taken?: Pieces } }
  | {
      readonly type: 'StockReturned';
      readonly data: {
        readonly order: string;
        readonly returnId: string;
        readonly quantity: number;
        readonly location: string;
      };
    }
  | {
      readonly type: 'AvailabilityChanged';
      readonly data: { readonly sku: string; readonly availability: Availability };
    };

export const MAIN = 'main';

export const noStock: Stock = {
  locations: {},
  onHand: 0,
  reserved: 0,
  sold: 0,
  open: ImmutableMap(),
  due: ImmutableMap(),
  closed: nothingClosed,
  told: undefined,
};

/** The minute of a moment: reservations are looked up by it when they may have run out. */
export function minuteOf(timeMs: number): number {
  return Math.floor(timeMs / 60_000);
}

/** The stock after an event: pure. */
export function evolve(stock: Stock, event: StockEvent): Stock {
  switch (event.type) {
    case 'StockCounted': {
      const { location, onHand } = event.data;
      const change = onHand - (stock.locations[location] ?? 0);
      return {
        ...stock,
        locations: { ...stock.locations, [location]: onHand },
        onHand: stock.onHand + change,
      };
    }
    case 'StockReserved':
      return reserved(stock, event.data.order, event.data);
    case 'ReservationReleased':
      return givenBack(stock, event.data.order, 'released');
    case 'ReservationsExpired':
      return event.data.orders.reduce((left, order) => givenBack(left, order, 'expired'), stock);
    case 'StockSold':
      return event.data.taken === undefined
        ? sold(stock, event.data.order)
        : soldFromHand(stock, event.data.order, event.data.taken);
    case 'StockReturned': {
      const { returnId, quantity, location } = event.data;
      return {
        ...stock,
        locations: give(stock.locations, { [location]: quantity }),
        onHand: stock.onHand + quantity,
        sold: stock.sold - quantity,
        closed: remember(stock.closed, returnId, 'returned'),
      };
    }
    case 'AvailabilityChanged':
      return { ...stock, told: event.data.availability };
  }
}

/** Orders whose reservation has run out at `now`: at most `most`, or as few as free `pieces`. */
export function expiredOrders(stock: Stock, now: number, most: number, pieces = Number.POSITIVE_INFINITY): string[] {
  const orders: string[] = [];
  let freed = 0;
  for (const [minute, due] of stock.due) {
    if (minute > minuteOf(now)) continue;
    for (const order of due) {
      if (orders.length >= most || freed >= pieces) return orders;
      const reservation = stock.open.get(order);
      if (reservation === undefined || reservation.until > now) continue;
      orders.push(order);
      freed += reservation.quantity;
    }
  }
  return orders;
}

function reserved(stock: Stock, order: string, { quantity, until, from }: Reservation): Stock {
  const minute = minuteOf(until);
  return {
    ...stock,
    locations: take(stock.locations, from ?? { [MAIN]: quantity }),
    onHand: stock.onHand - quantity,
    reserved: stock.reserved + quantity,
    open: stock.open.set(order, from === undefined ? { quantity, until } : { quantity, until, from }),
    due: stock.due.set(minute, (stock.due.get(minute) ?? ImmutableSet<string>()).add(order)),
  };
}

function givenBack(stock: Stock, order: string, fate: 'released' | 'expired'): Stock {
  const reservation = stock.open.get(order);
  const closed = remember(stock.closed, order, fate);
  if (reservation === undefined) return { ...stock, closed };
  const { quantity, from } = reservation;
  return {
    ...stock,
    ...withoutOpen(stock, order, reservation),
    locations: give(stock.locations, from ?? { [MAIN]: quantity }),
    onHand: stock.onHand + quantity,
    reserved: stock.reserved - quantity,
    closed,
  };
}

function sold(stock: Stock, order: string): Stock {
  const reservation = stock.open.get(order);
  if (reservation === undefined) return stock;
  return {
    ...stock,
    ...withoutOpen(stock, order, reservation),
    reserved: stock.reserved - reservation.quantity,
    sold: stock.sold + reservation.quantity,
    closed: remember(stock.closed, order, 'sold'),
  };
}

function soldFromHand(stock: Stock, order: string, taken: Pieces): Stock {
  const quantity = Object.values(taken).reduce((a, b) => a + b, 0);
  return {
    ...stock,
    locations: take(stock.locations, taken),
    onHand: stock.onHand - quantity,
    sold: stock.sold + quantity,
    closed: remember(stock.closed, order, 'sold'),
  };
}

function withoutOpen(stock: Stock, order: string, reservation: Reservation): Pick<Stock, 'open' | 'due'> {
  const minute = minuteOf(reservation.until);
  const left = (stock.due.get(minute) ?? ImmutableSet<string>()).delete(order);
  return {
    open: stock.open.delete(order),
    due: left.size === 0 ? stock.due.delete(minute) : stock.due.set(minute, left),
  };
}
