import { Type } from 'typebox';
import { inventory, type StockLevel } from '../../contracts/inventory.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { type Intent, intent } from '../../platform/event-store/aggregate.ts';
import type { Work } from '../../platform/event-store/port.ts';
import type { ServiceDefinition, ServiceKit } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import type { Asking, Wish } from './asking.ts';
import { dueMarks, reservationsDue } from './due.ts';
import { hearOrders } from './hear-orders.ts';
import { levelOf } from './level.ts';
import { inventoryRoutes } from './routes.ts';
import { stock } from './stock.aggregate.ts';
import { MAIN } from './stock.ts';
import { type StockAlert, stockAlertsView } from './stock-alerts.view.ts';
import { stockListView } from './stock-list.view.ts';
import { keepSweeping } from './sweep.ts';

const Settings = Type.Object({
  /** At this many on hand and below, stock is called low. */
  lowStockAt: Type.Integer({ minimum: 0, default: 5 }),
});

export const inventoryService: ServiceDefinition<typeof inventory> = {
  contract: inventory,
  aggregates: [stock],
  collections: [reservationsDue],
  views: [stockListView, stockAlertsView],
  start(kit) {
    const { lowStockAt } = settingsOf(Settings, kit.settings);
    const asking: Asking = (sku, wish) => intent(stock, sku, { ...wish, sku, now: kit.clock.now(), lowStockAt });
    const handlers = handlersOf(kit, asking);
    return {
      handlers,
      subscriptions: [hearOrders(asking)],
      routes: inventoryRoutes(kit, handlers, asking),
      stop: keepSweeping(kit, lowStockAt),
    };
  },
};

function handlersOf(kit: ServiceKit, asking: Asking): Handlers<typeof inventory> {
  const { store } = kit;
  const marks = dueMarks();

  async function levelsOf(skus: readonly string[]): Promise<StockLevel[]> {
    const loaded = await Promise.all(skus.map((sku) => store.load(stock, sku)));
    return skus.map((sku, index) => levelOf(sku, loaded[index]?.state ?? stock.decider.initial));
  }

  async function nothingOr(work: Work): Promise<Outcome<Record<string, never>>> {
    const decided = await store.decide(work);
    return decided.ok ? done({}) : rejected(decided.rejection);
  }

  return {
    reserve({ orderId, lines, validUntil, expiresAt }, { traceparent }) {
      const merged = bySku(lines);
      const { documents, written } = marks.marksFor([...merged.keys()], expiresAt);
      const intents = each(merged, asking, (quantity) => ({
        kind: 'reserve',
        order: orderId,
        quantity,
        validUntil,
        expiresAt,
      }));
      return nothingOr({
        intents,
        ...causedBy(traceparent),
        ...(documents.length === 0 ? {} : { documents, committed: written }),
      });
    },
    release: ({ orderId, lines }, { traceparent }) =>
      nothingOr({
        ...causedBy(traceparent),
        intents: each(bySku(lines), asking, () => ({ kind: 'release', order: orderId })),
      }),
    commit: ({ orderId, lines }, { traceparent }) =>
      nothingOr({
        ...causedBy(traceparent),
        intents: each(bySku(lines), asking, (quantity) => ({ kind: 'sell', order: orderId, quantity })),
      }),
    restock: ({ orderId, returnId, lines }, { traceparent }) =>
      nothingOr({
        ...causedBy(traceparent),
        intents: each(bySku(lines), asking, (quantity) => ({ kind: 'takeBack', order: orderId, returnId, quantity })),
      }),
    async setOnHand({ sku, location, onHand }) {
      const set = await nothingOr({ intents: [asking(sku, { kind: 'count', location: location ?? MAIN, onHand })] });
      if (set.kind !== 'done') return set;
      return done(levelOf(sku, (await store.load(stock, sku)).state));
    },
    setOnHandMany: ({ counts }) =>
      nothingOr({
        intents: counts.map(({ sku, location, onHand }) =>
          asking(sku, { kind: 'count', location: location ?? MAIN, onHand }),
        ),
      }),
    levels: async ({ skus }) => done({ levels: await levelsOf(skus) }),
    async alerts({ limit }) {
      const where = { where: { open: 1 }, range: { field: 'since' }, order: 'descending' as const };
      const { value } = await kit.view(stockAlertsView.name).query({ ...where, limit: limit + 1 });
      const page = value.slice(0, limit).map(({ body }) => body as unknown as StockAlert);
      const levels = await levelsOf(page.map(({ sku }) => sku));
      const alerts = page.flatMap(({ availability, since }, index) => {
        const level = levels[index];
        return level === undefined ? [] : [{ level, availability, since }];
      });
      return done({ alerts, hasMore: value.length > limit });
    },
  };
}

function causedBy(traceparent: string | undefined): Pick<Work, 'metadata'> {
  return traceparent === undefined ? {} : { metadata: { traceparent } };
}

function bySku(lines: readonly SkuQuantity[]): ReadonlyMap<string, number> {
  const merged = new Map<string, number>();
  for (const { sku, quantity } of lines) merged.set(sku, (merged.get(sku) ?? 0) + quantity);
  return merged;
}

function each(merged: ReadonlyMap<string, number>, asking: Asking, wish: (quantity: number) => Wish): Intent[] {
  return Array.from(merged, ([sku, quantity]) => asking(sku, wish(quantity)));
}
