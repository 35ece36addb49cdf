import type { JsonObject } from '../../src/kernel/json.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { idOf } from '../../src/platform/event-store/aggregate.ts';
import type { Commit, NewEvent } from '../../src/platform/storage/port.ts';
import { stockDecider } from '../../src/services/inventory/decide.ts';
import { noStock, type Stock, type StockEvent } from '../../src/services/inventory/stock.ts';
import { newestData } from './definitions.ts';
import { type Facts, noFacts, seeOrderEvent, seePaymentEvent } from './facts.ts';

/** What must hold at every moment: told of each commit when it is made, and of what the shop says to people. */
export interface Invariants {
  readonly facts: Facts;
  readonly violations: readonly string[];
  violated(sentence: string): void;
  written(service: string, batch: Commit): void;
  /** Told of a call between services; what it returns is told of the answer. */
  call(name: string, request: unknown): ((outcome: Outcome<unknown>) => void) | undefined;
  /** An answer that tells a person of an order: it must be there by then. */
  acknowledged(orderId: string, status: string): void;
  shipped(shipmentId: string): void;
}

interface ReserveRequest {
  readonly orderId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly validUntil: number;
  readonly expiresAt: number;
}

export function invariants(now: () => number): Invariants {
  const facts = noFacts();
  const violations: string[] = [];
  const ledger = ledgerWatch(violated);

  function violated(sentence: string): void {
    violations.push(`${sentence} (at ${now()} ms)`);
  }

  function see(service: string, event: NewEvent): void {
    const { stream, version, type } = event;
    const data = newestData(event.data);
    const place = `${service} ${stream}`;
    const before = facts.versions.get(place) ?? 0;
    if (version !== before + 1) violated(`${place} goes from version ${before} to ${version}`);
    facts.versions.set(place, version);
    const wrong = seen(service, stream, type, data);
    if (wrong !== undefined) violated(wrong);
  }

  function seen(service: string, stream: string, type: string, data: JsonObject): string | undefined {
    if (service === 'orders') return seeOrderEvent(facts, type, data) ?? stillHeld(type, data);
    if (service === 'payments') return seePaymentEvent(facts, type, data);
    if (service === 'inventory') return seeStockEvent(facts, idOf(stream), { type, data } as unknown as StockEvent);
    if (service === 'cart' && type === 'CheckoutStarted') facts.buying.set(String(data.cartId), String(data.orderId));
    if (service === 'cart' && type === 'CartReopened') facts.buying.delete(String(data.cartId));
    return undefined;
  }

  /** The end of a checkout that came to nothing is written after what it held was given back. */
  function stillHeld(type: string, { orderId, wasConfirmed }: JsonObject): string | undefined {
    if (type !== 'OrderCancelled' || wasConfirmed === true) return undefined;
    for (const [sku, { states }] of facts.skus)
      if (states.at(-1)?.open.has(String(orderId)))
        return `${sku} is still reserved for ${orderId}, which came to nothing`;
    return undefined;
  }

  return {
    facts,
    violations,
    violated,
    written(service, batch) {
      for (const event of batch.events) see(service, event);
      if (service === 'payments') ledger(batch);
    },
    call(name, request) {
      if (name !== 'inventory.reserve') return undefined;
      const { lines } = request as ReserveRequest;
      const askedAt = now();
      const known = new Map(lines.map(({ sku }) => [sku, (facts.skus.get(sku)?.states.length ?? 1) - 1]));
      return (outcome) => {
        if (outcome.kind !== 'rejected' || outcome.rejection.code !== 'out_of_stock') return;
        const sku = String(outcome.rejection.extra?.sku);
        const states = facts.skus.get(sku)?.states ?? [noStock];
        if (
          !states
            .slice(known.get(sku) ?? 0)
            .some((state) => wouldRefuse(state, sku, request as ReserveRequest, askedAt))
        )
          violated(`${sku} was refused as out of stock, which it never was while the question was under way`);
      };
    },
    acknowledged(orderId, status) {
      const order = facts.orders.get(orderId);
      if (order === undefined) violated(`order ${orderId} was acknowledged before it was written`);
      else if (!['placed', 'cancelled'].includes(status) && !order.confirmed)
        violated(`order ${orderId} was told to be ${status} before that was written`);
    },
    shipped(shipmentId) {
      if (!facts.shipments.has(shipmentId)) violated(`shipment ${shipmentId} was acknowledged before it was written`);
    },
  };
}

function wouldRefuse(state: Stock, sku: string, request: ReserveRequest, now: number): boolean {
  const { orderId: order, lines, validUntil, expiresAt } = request;
  const quantity = lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
  const command = { kind: 'reserve', sku, order, quantity, validUntil, expiresAt, now, lowStockAt: 5 } as const;
  const decision = stockDecider.decide(command, state);
  return !decision.ok && decision.rejection.code === 'out_of_stock';
}

function seeStockEvent(facts: Facts, sku: string, event: StockEvent): string | undefined {
  const known = facts.skus.get(sku) ?? { states: [noStock], counted: 0 };
  facts.skus.set(sku, known);
  const before = known.states.at(-1) ?? noStock;
  if (event.type === 'StockCounted') known.counted += event.data.onHand - (before.locations[event.data.location] ?? 0);
  const after = stockDecider.evolve(before, event);
  known.states.push(after);
  const { onHand, reserved, sold, locations } = after;
  if (Math.min(onHand, reserved, sold, ...Object.values(locations)) < 0)
    return `${sku} stands at ${onHand} on hand, ${reserved} reserved, ${sold} sold after ${event.type}`;
  if (onHand + reserved + sold !== known.counted)
    return `${sku} has ${onHand} + ${reserved} + ${sold} pieces after ${event.type}, deliveries brought ${known.counted}`;
  return undefined;
}

/** The balances of each generation of the ledger's view must sum to nothing after every commit. */
function ledgerWatch(violated: (sentence: string) => void): (batch: Commit) => void {
  const rows = new Map<string, number>();
  const sums = new Map<number, number>();
  return ({ documents }) => {
    const touched = new Set<number>();
    for (const { collection, generation, key, body } of documents) {
      if (collection.name !== 'ledger_balances' || !key.startsWith('total/')) continue;
      const place = `${generation} ${key}`;
      const balance = Number(body?.debits ?? 0) - Number(body?.credits ?? 0);
      sums.set(generation, (sums.get(generation) ?? 0) + balance - (rows.get(place) ?? 0));
      rows.set(place, balance);
      touched.add(generation);
    }
    for (const generation of touched)
      if (sums.get(generation) !== 0) violated(`the ledger is out of balance by ${sums.get(generation)}`);
  };
}
