import { setTimeout as pause } from 'node:timers/promises';
import type { BenchShop } from './shop.ts';

const LOOK_EVERY_MS = 50;
const AT_MOST_MS = 120_000;

/** How long the views, and who hears events, take from now until they have caught up. */
export interface CatchUp {
  readonly viewsMs: number;
  readonly subscriptionsMs: number;
}

/** Waits until the shop has nothing left to do. Throws when that takes longer than two minutes. */
export async function caughtUp(shop: BenchShop): Promise<CatchUp> {
  const from = performance.now();
  let viewsMs: number | undefined;
  while (performance.now() - from < AT_MOST_MS) {
    const { items } = (await shop.admin('GET', '/v1/admin/views')) as { items: { lagEvents: number }[] };
    if (items.every(({ lagEvents }) => lagEvents === 0)) {
      viewsMs ??= performance.now() - from;
      if ((await subscriptionLag(shop)) === 0) return { viewsMs, subscriptionsMs: performance.now() - from };
    } else viewsMs = undefined;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`the shop has not caught up in ${AT_MOST_MS / 1_000} s`);
}

async function subscriptionLag(shop: BenchShop): Promise<number> {
  let lag = 0;
  for (const [name, value] of await shop.metrics()) if (name.startsWith('jangteo_bus_lag_events')) lag += value;
  return lag;
}
