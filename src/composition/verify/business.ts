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

/** Never negative, each order once, sold is what was bought, captured is what was shipped, entries are what was captured. */
export function businessChecks(): BusinessChecks {
  const stockSound = verdict('stock is never negative, and what is reserved is promised to somebody');
  const ordersOnce = verdict('each order exists once, and each cart becomes one order');
  const soldMatches = verdict('what is sold is what confirmed orders hold');
  const capturesMatch = verdict('what is captured is what was shipped');
  const authorised = verdict('every confirmed order was authorised once');
  const ledger = verdict('every journal entry moves exactly the amount of its cause');

  const stocks = new Map<string, Stock>();
  const held = new Map<string, number>();
  const orderOfCart = new Map<string, string>();
  const placed = new Set<string>();
  const confirmed = new Set<string>();
  const authorisations = new Map<string, number>();
  const shipped = new Map<string, number>();
  const captured = new Map<string, number>();
  const refused = new Set<string>();

  const hold = (lines: readonly SkuQuantity[], sign: 1 | -1) => {
    for (const { sku, quantity } of lines) held.set(sku, (held.get(sku) ?? 0) + sign * quantity);
  };

  const seeOrder = ({ type, data, stream }: StoredEvent) => {
    const lines = data.lines as unknown as readonly SkuQuantity[];
    const orderId = String(data.orderId);
    if (type === 'OrderPlaced') {
      ordersOnce.looked();
      const cart = String(data.cartId);
      if (placed.has(orderId)) ordersOnce.violated(`${stream} was placed twice`);
      if (orderOfCart.has(cart)) ordersOnce.violated(`${cart} became ${orderOfCart.get(cart)} and ${orderId}`);
      placed.add(orderId);
      orderOfCart.set(cart, orderId);
    }
    if (type === 'OrderConfirmed') {
      confirmed.add(orderId);
      hold(lines, 1);
    }
    if (type === 'OrderCancelled' && data.wasConfirmed === true) hold(lines, -1);
    if (type === 'LinesCancelled') hold(lines, -1);
    if (type === 'ParcelShipped' && Number(data.amount) > 0) shipped.set(String(data.shipmentId), Number(data.amount));
  };

  const seePayment = ({ type, data }: StoredEvent) => {
    const amount = Number((data.amount as { amount?: number } | undefined)?.amount);
    if (type === 'PaymentAuthorised')
      authorisations.set(String(data.orderId), (authorisations.get(String(data.orderId)) ?? 0) + 1);
    if (type === 'CaptureRefused') refused.add(String(data.shipmentId));
    if (type === 'PaymentCaptured') captured.set(String(data.shipmentId), amount);
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
      for (const [sku, { sold, open, reserved }] of stocks) {
        soldMatches.looked();
        if (sumOf(open.values()) !== reserved)
          stockSound.violated(`${sku} has ${reserved} reserved but promises ${sumOf(open.values())}`);
        if (sold !== (held.get(sku) ?? 0))
          soldMatches.violated(`${sku} has ${sold} sold, confirmed orders hold ${held.get(sku) ?? 0}`);
      }
      for (const [shipment, amount] of shipped) {
        capturesMatch.looked();
        if (captured.get(shipment) !== amount && !refused.has(shipment))
          capturesMatch.violated(`${shipment} was shipped for ${amount}, captured is ${captured.get(shipment) ?? 0}`);
      }
      for (const shipment of captured.keys())
        if (!shipped.has(shipment)) capturesMatch.violated(`${shipment} was captured and never shipped`);
      for (const order of confirmed) {
        authorised.looked();
        if (authorisations.get(order) !== 1)
          authorised.violated(`${order} is confirmed with ${authorisations.get(order) ?? 0} authorisations`);
      }
      return [stockSound, ordersOnce, soldMatches, authorised, capturesMatch, ledger].map(({ result }) => result());
    },
  };
}

function sumOf(reservations: Iterable<{ readonly quantity: number }>): number {
  let sum = 0;
  for (const { quantity } of reservations) sum += quantity;
  return sum;
}
