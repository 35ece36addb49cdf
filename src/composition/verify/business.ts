import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import type { Stock } from '../../services/inventory/stock.ts';
import { type Verdict, verdict } from './finding.ts';

/** What the business promises across its services, told from their logs. */
export interface BusinessChecks {
  /** Given each event of each service in passing. */
  see(service: string, event: StoredEvent): void;
  /** Given each state of each SKU in passing. */
  seeStock(sku: string, stock: Stock): void;
  verdicts(): readonly Verdict[];
}

/**
 * Never negative, each order once, nothing held for what has ended, sold is what was bought, captured is what was shipped, refunded
 * is what was asked for, entries are what was moved.
 */
export function businessChecks(): BusinessChecks {
  const stockSound = verdict('stock is never negative, and what is reserved is promised to somebody');
  const ordersOnce = verdict('each order exists once, and a cart has one order that stands');
  const held = verdict('nothing is held for an order that has ended');
  const soldMatches = verdict('what is sold is what confirmed orders hold');
  const capturesMatch = verdict('what is captured is what was shipped, once');
  const refundsMatch = verdict('what is refunded is what was asked to be, once');
  const authorised = verdict('every confirmed order was authorised once');
  const ledger = verdict('every journal entry moves exactly the amount of its cause');

  const stocks = new Map<string, Stock>();
  const bought = new Map<string, number>();
  const ordersOfCart = new Map<string, string[]>();
  const placed = new Set<string>();
  const cancelled = new Set<string>();
  const confirmed = new Set<string>();
  const authorisations = new Map<string, number>();
  const shipped = new Map<string, number>();
  const captured = new Map<string, number>();
  const toRefund = new Map<string, number>();
  const refunded = new Map<string, number>();
  const refused = new Set<string>();

  const buy = (lines: readonly SkuQuantity[], sign: 1 | -1) => {
    for (const { sku, quantity } of lines) bought.set(sku, (bought.get(sku) ?? 0) + sign * quantity);
  };

  const seeOrder = ({ type, data, stream }: StoredEvent) => {
    const lines = data.lines as unknown as readonly SkuQuantity[];
    const orderId = String(data.orderId);
    if (type === 'OrderPlaced') {
      ordersOnce.looked();
      const cart = String(data.cartId);
      if (placed.has(orderId)) ordersOnce.violated(`${stream} was placed twice`);
      placed.add(orderId);
      ordersOfCart.set(cart, [...(ordersOfCart.get(cart) ?? []), orderId]);
    }
    if (type === 'OrderConfirmed') {
      confirmed.add(orderId);
      buy(lines, 1);
    }
    if (type === 'OrderCancelled') {
      cancelled.add(orderId);
      if (data.wasConfirmed === true) buy(lines, -1);
    }
    if (type === 'LinesCancelled') buy(lines, -1);
    if (type === 'ParcelShipped' && Number(data.amount) > 0) shipped.set(String(data.shipmentId), Number(data.amount));
    if (type === 'RefundRequested' && Number(data.amount) > 0) toRefund.set(String(data.refundId), Number(data.amount));
  };

  const seePayment = ({ type, data }: StoredEvent) => {
    const amount = Number((data.amount as { amount?: number } | undefined)?.amount);
    if (type === 'PaymentAuthorised')
      authorisations.set(String(data.orderId), (authorisations.get(String(data.orderId)) ?? 0) + 1);
    if (type === 'CaptureRefused') refused.add(String(data.shipmentId));
    if (type === 'RefundRefused') refused.add(String(data.refundId));
    if (type === 'PaymentCaptured') add(captured, String(data.shipmentId), amount);
    if (type === 'PaymentRefunded') add(refunded, String(data.refundId), amount);
    if (type !== 'PaymentCaptured' && type !== 'PaymentRefunded') return;
    ledger.looked();
    const { transfers } = data.entry as unknown as { transfers: readonly { amount: number }[] };
    const moved = transfers.reduce((sum, transfer) => sum + transfer.amount, 0);
    if (moved !== amount) ledger.violated(`${type} of ${data.orderId} is ${amount}, its entry moves ${moved}`);
    if (transfers.some((transfer) => transfer.amount <= 0))
      ledger.violated(`${type} of ${data.orderId} has a transfer of nothing`);
  };

  return {
    see(service, event) {
      if (service === 'orders') seeOrder(event);
      if (service === 'payments') seePayment(event);
    },
    seeStock(sku, stock) {
      stockSound.looked();
      stocks.set(sku, stock);
      const { onHand, reserved, sold, open, locations } = stock;
      if (onHand < 0 || reserved < 0 || sold < 0)
        stockSound.violated(`${sku} stands at ${onHand} on hand, ${reserved} reserved, ${sold} sold`);
      if (Object.values(locations).some((pieces) => pieces < 0))
        stockSound.violated(`${sku} is negative at a location`);
      if (open.size <= 16 && sumOf(open.values()) !== reserved)
        stockSound.violated(`${sku} has ${reserved} reserved but promises ${sumOf(open.values())}`);
    },
    verdicts() {
      for (const [cart, all] of ordersOfCart) {
        const standing = all.filter((order) => !cancelled.has(order));
        if (standing.length > 1) ordersOnce.violated(`${cart} became ${standing.join(' and ')}`);
      }
      for (const [sku, { sold, open, reserved }] of stocks) {
        soldMatches.looked();
        if (sumOf(open.values()) !== reserved)
          stockSound.violated(`${sku} has ${reserved} reserved but promises ${sumOf(open.values())}`);
        if (sold !== (bought.get(sku) ?? 0))
          soldMatches.violated(`${sku} has ${sold} sold, confirmed orders hold ${bought.get(sku) ?? 0}`);
        for (const order of open.keys()) {
          held.looked();
          if (cancelled.has(order) || confirmed.has(order)) held.violated(`${sku} is still reserved for ${order}`);
        }
      }
      compare(capturesMatch, shipped, captured, refused, 'shipped for', 'captured');
      compare(refundsMatch, toRefund, refunded, refused, 'to be refunded with', 'refunded');
      for (const order of confirmed) {
        authorised.looked();
        if (authorisations.get(order) !== 1)
          authorised.violated(`${order} is confirmed with ${authorisations.get(order) ?? 0} authorisations`);
      }
      const all = [stockSound, ordersOnce, held, soldMatches, authorised, capturesMatch, refundsMatch, ledger];
      return all.map(({ result }) => result());
    },
  };
}

function sumOf(reservations: Iterable<{ readonly quantity: number }>): number {
  let sum = 0;
  for (const { quantity } of reservations) sum += quantity;
  return sum;
}

/** Counts twice what happened twice. */
function add(sums: Map<string, number>, id: string, amount: number): void {
  sums.set(id, (sums.get(id) ?? 0) + amount);
}

/** Whether the processor moved exactly what the orders say, save what it refused. */
function compare(
  { looked, violated }: ReturnType<typeof verdict>,
  wanted: ReadonlyMap<string, number>,
  moved: ReadonlyMap<string, number>,
  refused: ReadonlySet<string>,
  wantedWord: string,
  movedWord: string,
): void {
  for (const [id, amount] of wanted) {
    looked();
    if (moved.get(id) !== amount && !refused.has(id))
      violated(`${id} was ${wantedWord} ${amount}, ${movedWord} is ${moved.get(id) ?? 0}`);
  }
  for (const id of moved.keys()) if (!wanted.has(id)) violated(`${id} was ${movedWord} and never asked for`);
}
