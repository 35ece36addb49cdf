import type { Availability } from '../../contracts/catalog.ts';
import type { Decider } from '../../kernel/decider.ts';
import { accept, type Decision, nothingToDo, reject } from '../../kernel/rejection.ts';
import { fateOf } from './closed.ts';
import { pick } from './locations.ts';
import { evolve, expiredOrders, MAIN, noStock, type Stock, type StockEvent } from './stock.ts';

/** What every command brings with it: the SKU, the time, and below which count stock is called low. */
interface Circumstances {
  readonly sku: string;
  readonly now: number;
  readonly lowStockAt: number;
}

export type StockCommand = Circumstances &
  (
    | {
        readonly kind: 'reserve';
        readonly order: string;
        readonly quantity: number;
        readonly validUntil: number;
        readonly expiresAt: number;
      }
    | { readonly kind: 'release'; readonly order: string }
    | { readonly kind: 'sell'; readonly order: string; readonly quantity: number }
    | { readonly kind: 'takeBack'; readonly order: string; readonly returnId: string; readonly quantity: number }
    | { readonly kind: 'count'; readonly location: string; readonly onHand: number }
    | { readonly kind: 'expire' }
  );

export type StockCode = 'out_of_stock' | 'request_expired' | 'reservation_lost' | 'no_matching_sale';

type Command<Kind extends StockCommand['kind']> = Extract<StockCommand, { kind: Kind }>;
type StockDecision = Decision<StockEvent, StockCode>;

/** How many reservations one `expire` gives back at most, so that an event stays small; ask again for the rest. */
export const EXPIRED_PER_EVENT = 200;

export const stockDecider: Decider<Stock, StockCommand, StockEvent, StockCode> = {
  initial: noStock,
  decide(command, stock) {
    switch (command.kind) {
      case 'reserve':
        return reserve(command, stock);
      case 'release':
        return release(command, stock);
      case 'sell':
        return sell(command, stock);
      case 'takeBack':
        return takeBack(command, stock);
      case 'count':
        return count(command, stock);
      case 'expire':
        return expire(command, stock);
    }
  },
  evolve,
};

/** The answer to "can I buy it?" for a count on hand. */
export function availabilityOf(onHand: number, lowStockAt: number): Availability {
  if (onHand <= 0) return 'out_of_stock';
  return onHand <= lowStockAt ? 'low_stock' : 'in_stock';
}

function reserve(command: Command<'reserve'>, stock: Stock): StockDecision {
  const { sku, order, quantity, now, expiresAt } = command;
  const fate = fateOf(stock.closed, order);
  if (stock.open.has(order) || fate === 'sold') return nothingToDo;
  if (fate !== undefined || now > command.validUntil || now >= expiresAt)
    return reject('request_expired', 'The order no longer waits for this stock.', { sku });
  const freed = free(stock, quantity, now);
  if (freed.stock.onHand < quantity)
    return reject('out_of_stock', `There are only ${freed.stock.onHand} of ${sku} left.`, {
      sku,
      available: freed.stock.onHand,
    });
  const from = pick(freed.stock.locations, quantity, MAIN);
  const data = { order, quantity, until: expiresAt };
  return tell(command, stock, freed.stock.onHand - quantity, [
    ...freed.events,
    { type: 'StockReserved', data: from[MAIN] === quantity ? data : { ...data, from } },
  ]);
}

function release(command: Command<'release'>, stock: Stock): StockDecision {
  const { order } = command;
  const held = stock.open.get(order)?.quantity ?? 0;
  if (held === 0 && fateOf(stock.closed, order) !== undefined) return nothingToDo;
  return tell(command, stock, stock.onHand + held, [{ type: 'ReservationReleased', data: { order } }]);
}

function sell(command: Command<'sell'>, stock: Stock): StockDecision {
  const { sku, order, quantity, now } = command;
  if (stock.open.has(order)) return accept({ type: 'StockSold', data: { order } });
  const fate = fateOf(stock.closed, order);
  if (fate === 'sold') return nothingToDo;
  const freed = free(stock, quantity, now);
  if (fate !== 'expired' || freed.stock.onHand < quantity)
    return reject('reservation_lost', `The order no longer holds ${sku}, and there is not enough left.`, { sku });
  const taken = pick(freed.stock.locations, quantity, MAIN);
  return tell(command, stock, freed.stock.onHand - quantity, [
    ...freed.events,
    { type: 'StockSold', data: { order, taken } },
  ]);
}

function takeBack(command: Command<'takeBack'>, stock: Stock): StockDecision {
  const { sku, order, returnId, quantity } = command;
  if (fateOf(stock.closed, returnId) !== undefined) return nothingToDo;
  const fate = fateOf(stock.closed, order);
  const wasNeverSold = stock.open.has(order) || fate === 'released' || fate === 'expired';
  if (wasNeverSold || stock.sold < quantity)
    return reject('no_matching_sale', `The order did not buy ${quantity} of ${sku}.`, { sku });
  const data = { order, returnId, quantity, location: MAIN };
  return tell(command, stock, stock.onHand + quantity, [{ type: 'StockReturned', data }]);
}

function count(command: Command<'count'>, stock: Stock): StockDecision {
  const { location, onHand } = command;
  const before = stock.locations[location];
  if (before === onHand) return nothingToDo;
  return tell(command, stock, stock.onHand + onHand - (before ?? 0), [
    { type: 'StockCounted', data: { location, onHand } },
  ]);
}

function expire(command: Command<'expire'>, stock: Stock): StockDecision {
  const orders = expiredOrders(stock, command.now, EXPIRED_PER_EVENT);
  if (orders.length === 0) return nothingToDo;
  const event: StockEvent = { type: 'ReservationsExpired', data: { orders } };
  return tell(command, stock, evolve(stock, event).onHand, [event]);
}

/** Where stock is short: gives back as many reservations that have run out as are needed. */
function free(stock: Stock, wanted: number, now: number): { stock: Stock; events: readonly StockEvent[] } {
  if (stock.onHand >= wanted) return { stock, events: [] };
  const orders = expiredOrders(stock, now, EXPIRED_PER_EVENT, wanted - stock.onHand);
  if (orders.length === 0) return { stock, events: [] };
  const event: StockEvent = { type: 'ReservationsExpired', data: { orders } };
  return { stock: evolve(stock, event), events: [event] };
}

function tell(
  { sku, lowStockAt }: Circumstances,
  stock: Stock,
  onHand: number,
  events: readonly StockEvent[],
): StockDecision {
  const availability = availabilityOf(onHand, lowStockAt);
  if (availability === stock.told) return accept(...events);
  return accept(...events, { type: 'AvailabilityChanged', data: { sku, availability } });
}
