import { setTimeout as pause } from 'node:timers/promises';
import { checkout, newRun } from '../checkout-journey.ts';
import type { Figure } from '../figures.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { getRequest } from '../load/connection.ts';
import { openLoop } from '../load/open-loop.ts';
import type { Part, Run } from '../part.ts';
import { logHead } from '../postgres-counters.ts';
import { caughtUp } from '../settled.ts';
import type { BenchShop } from '../shop.ts';
import { checkouts } from './checkouts.ts';

interface View {
  readonly service: string;
  readonly name: string;
  readonly generation: number;
  readonly rebuilding?: { readonly appliedEvents: number; readonly totalEvents: number };
}

const LOOK_EVERY_MS = 20;
const FEWEST_EVENTS = 60_000;
const CHECKOUTS_BESIDE = 50;
const READS_BESIDE = 500;
/** Longer than any rebuild may take; the load beside it is told to stop before. */
const AT_MOST_SECONDS = 120;

/** Rebuilds of the views of a log that checkouts have filled, with shoppers buying and looking beside them. */
export const rebuildPart: Part = {
  name: 'rebuild',
  takes: ({ seconds }) => 20 + seconds,
  async measure(run) {
    const shop = await run.shop();
    await enoughEvents(run, shop);
    const { items } = (await shop.admin('GET', '/v1/admin/views')) as { items: View[] };
    const figures: Figure[] = [];
    for (const view of items) {
      run.progress(`rebuilding ${view.service}.${view.name} while serving`);
      figures.push(...(await rebuildOf(run, shop, view)));
    }
    return figures;
  },
};

/** The log must be long enough for a rate. */
async function enoughEvents(run: Run, shop: BenchShop): Promise<void> {
  const head = await logHead(shop.postgresUrl, 'orders');
  if (head >= FEWEST_EVENTS) return;
  run.progress('checkouts, for a log that is worth a rebuild');
  const seconds = Math.min(60, Math.max(5, (FEWEST_EVENTS - head) / 2 / (run.checkoutsPerSecond ?? 600)));
  await closedLoop(checkouts(shop, run.shoppers, seconds, run.skus));
  await caughtUp(shop);
}

async function rebuildOf(run: Run, shop: BenchShop, view: View): Promise<readonly Figure[]> {
  const key = newRun();
  const stopping = new AbortController();
  const beside = Promise.all([
    openLoop({
      ...{ port: shop.port, perSecond: CHECKOUTS_BESIDE, seed: 1, seconds: AT_MOST_SECONDS, signal: stopping.signal },
      journey: async (connection, arrival) =>
        (await checkout(connection, run.skus[arrival % run.skus.length] ?? '', `${key}-${arrival}`)).checkoutMs,
    }),
    openLoop({
      ...{ port: shop.port, perSecond: READS_BESIDE, seed: 2, seconds: AT_MOST_SECONDS, signal: stopping.signal },
      journey: async (connection, arrival) => {
        const from = performance.now();
        const id = run.productIds[arrival % run.productIds.length];
        if ((await connection.statusOf(getRequest(`/v1/products/${id}`))) !== 200) throw new Error('a read failed');
        return performance.now() - from;
      },
    }),
  ]);
  await pause(1_500);
  const path = `/v1/admin/views/${view.service}.${view.name}`;
  const from = performance.now();
  const begun = (await shop.admin('POST', `${path}/rebuild`)) as View;
  const total = begun.rebuilding?.totalEvents ?? 0;
  await untilServing(shop, view, begun.generation);
  const seconds = (performance.now() - from) / 1_000;
  stopping.abort();
  const [bought, read] = await beside;
  const failed = bought.failed + read.failed;
  const worthIt = total >= FEWEST_EVENTS / 2;
  return [
    {
      name: `${view.service}.${view.name}`,
      value: total / seconds,
      unit: 'events/s',
      ...(worthIt ? { bar: { atLeast: 20_000 } } : {}),
      note:
        `${total.toLocaleString('en')} events${worthIt ? '' : ', too few for a rate'}; beside it ${CHECKOUTS_BESIDE} checkouts/s, p99 of the call ` +
        `${bought.lastCalls.p99.toFixed(0)} ms, and ${READS_BESIDE} reads/s, p99 ${read.journeys.p99.toFixed(0)} ms` +
        `${failed === 0 ? '' : `; ${failed} FAILED: ${bought.firstFailure ?? read.firstFailure}`}`,
    },
  ];
}

async function untilServing(shop: BenchShop, { service, name }: View, before: number): Promise<void> {
  for (const from = performance.now(); performance.now() - from < AT_MOST_SECONDS * 1_000; ) {
    const { items } = (await shop.admin('GET', '/v1/admin/views')) as { items: View[] };
    const now = items.find((each) => each.service === service && each.name === name);
    if (now !== undefined && now.generation > before) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`${service}.${name} was not rebuilt in ${AT_MOST_SECONDS} s`);
}
