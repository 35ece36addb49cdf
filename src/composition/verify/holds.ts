import type { SkuQuantity } from '../../contracts/shapes.ts';
import { sagaRuns } from '../../platform/sagas/run-document.ts';
import type { Storage, StoredEvent } from '../../platform/storage/port.ts';
import type { Stock } from '../../services/inventory/stock.ts';
import { documentsOf } from './documents.ts';
import { type Verdict, verdict } from './finding.ts';

/** What is promised to an order, on the shelf and on the card, must be what an order that is still under way asked for. */
export interface HoldChecks {
  see(service: string, event: StoredEvent): void;
  /** Given each state of each SKU in passing. */
  seeStock(sku: string, stock: Stock): void;
  verdicts(storages: ReadonlyMap<string, Storage>): Promise<readonly Verdict[]>;
}

export function holdChecks(): HoldChecks {
  const reserved = verdict('what is reserved is what an order under way asked for');
  const cards = verdict('no card holds money for an order that came to nothing');
  const sagas = verdict('no saga ended with an effect that was refused');
  /** Lines of the orders that are neither confirmed nor cancelled. */
  const underWay = new Map<string, ReadonlyMap<string, number>>();
  const cameToNothing = new Set<string>();
  /** Orders for which a card holds something, in minor units. */
  const held = new Map<string, number>();
  const stocks = new Map<string, Stock>();

  const hold = (order: string, change: number) => {
    const now = (held.get(order) ?? 0) + change;
    if (now === 0) held.delete(order);
    else held.set(order, now);
  };

  return {
    see(service, { type, data }) {
      const order = String(data.orderId);
      if (service === 'orders') {
        if (type === 'OrderPlaced') {
          const lines = (data.lines ?? []) as unknown as readonly SkuQuantity[];
          underWay.set(order, new Map(lines.map(({ sku, quantity }) => [sku, quantity])));
        }
        if (type === 'OrderConfirmed' || type === 'OrderCancelled') underWay.delete(order);
        if (type === 'OrderCancelled') cameToNothing.add(order);
      }
      if (service === 'payments') {
        const amount = Number((data.amount as { amount?: number } | undefined)?.amount);
        if (type === 'PaymentAuthorised') hold(order, amount);
        if (type === 'PaymentVoided' || type === 'PaymentCaptured') hold(order, -amount);
      }
    },
    seeStock: (sku, stock) => void stocks.set(sku, stock),
    async verdicts(storages) {
      for (const [sku, { open }] of stocks)
        for (const [order, { quantity }] of open) {
          reserved.looked();
          const asked = underWay.get(order)?.get(sku);
          if (asked !== quantity)
            reserved.violated(`${quantity} of ${sku} are reserved for ${order}, which waits for ${asked ?? 'none'}`);
        }
      for (const order of cameToNothing) {
        cards.looked();
        const amount = held.get(order);
        if (amount !== undefined) cards.violated(`the card of ${order} is left with ${amount} held (minor units)`);
      }
      for (const [service, storage] of storages)
        for await (const { key, body } of documentsOf(storage, sagaRuns)) {
          sagas.looked();
          if (body.refusedEnd !== undefined)
            sagas.violated(`${service}: the saga ${key} ended, refused: ${body.refusedEnd}`);
        }
      return [reserved.result(), cards.result(), sagas.result()];
    },
  };
}
