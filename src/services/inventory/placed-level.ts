import { type Static, Type } from 'typebox';
import { StockLevel } from '../../contracts/inventory.ts';
import { TimeMs } from '../../contracts/shapes.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { levelOf } from './level.ts';
import { stock } from './stock.aggregate.ts';

const Count = Type.Object({
  at: TimeMs,
  location: Type.String(),
  onHand: Type.Integer(),
  by: Type.Optional(
    Type.String({ description: '`admin` and which of the operators; absent for imports and programs.' }),
  ),
  reason: Type.Optional(Type.String()),
});

/** The stock of a SKU for those who keep it: where the pieces are, and when they were counted last. */
export const PlacedLevel = Type.Object({
  ...StockLevel.properties,
  locations: Type.Array(Type.Object({ location: Type.String(), onHand: Type.Integer() })),
  counts: Type.Array(Count, { description: 'The last 20 of the SKU’s newest 2,000 events, newest first.' }),
});
export type PlacedLevel = Static<typeof PlacedLevel>;

const MOST_COUNTS = 20;
/** A hot SKU has very many events: counts before these are in the log, not in the answer. */
const LOOKED_THROUGH = 2_000;

/** A SKU’s stock by location and its last counts, as of its newest event. */
export async function placedLevel(store: ServiceKit['store'], sku: string): Promise<PlacedLevel> {
  const { state, version } = await store.load(stock, sku);
  const newest = await store.history(stock, sku, Math.max(0, version - LOOKED_THROUGH));
  const counts = newest.filter(({ type }) => type === 'StockCounted').slice(-MOST_COUNTS);
  return {
    ...levelOf(sku, state),
    locations: Object.entries(state.locations)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([location, onHand]) => ({ location, onHand })),
    counts: counts.reverse().map(shownCount),
  };
}

function shownCount({ at, data, metadata: { actor, reason } }: StoredEvent) {
  return {
    at,
    location: String(data.location),
    onHand: Number(data.onHand),
    ...(actor === undefined ? {} : { by: actor }),
    ...(reason === undefined ? {} : { reason }),
  };
}
