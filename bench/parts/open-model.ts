import { checkout, newRun } from '../checkout-journey.ts';
import type { Figure } from '../figures.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { openLoop } from '../load/open-loop.ts';
import type { Part, Run } from '../part.ts';
import { caughtUp } from '../settled.ts';
import type { BenchShop } from '../shop.ts';
import { checkouts } from './checkouts.ts';

const SHARES = [0.5, 0.8, 1] as const;
const MOST_P99_MS = 50;

/** Shoppers who come when they like, at shares of what a closed loop reached. */
export const openModelPart: Part = {
  name: 'open',
  takes: ({ seconds }) => SHARES.length * (openSeconds(seconds) + 4),
  async measure(run) {
    const shop = await run.shop();
    const most = await closedRate(run, shop);
    const figures: Figure[] = [];
    for (const share of SHARES) figures.push(...(await atShare(run, shop, most, share)));
    return figures;
  },
};

const openSeconds = (seconds: number) => Math.max(4, Math.round(seconds / 2));

async function closedRate(run: Run, shop: BenchShop): Promise<number> {
  if (run.checkoutsPerSecond === undefined) {
    run.progress('how many checkouts a closed loop reaches');
    const load = await closedLoop(checkouts(shop, run.shoppers, Math.min(10, run.seconds), run.skus));
    run.checkoutsPerSecond = load.perSecond;
  }
  if (!(run.checkoutsPerSecond > 0)) throw new Error('not one checkout was confirmed in the seconds that count');
  return run.checkoutsPerSecond;
}

async function atShare(run: Run, shop: BenchShop, most: number, share: number): Promise<readonly Figure[]> {
  const percent = `${Math.round(share * 100)} %`;
  run.progress(`checkouts that arrive by a clock, ${percent} of the load`);
  await caughtUp(shop);
  const key = newRun();
  const { skus } = run;
  const load = await openLoop({
    ...{ port: shop.port, perSecond: most * share, seed: 20_261_121, seconds: openSeconds(run.seconds) },
    journey: async (connection, arrival) =>
      (await checkout(connection, skus[arrival % skus.length] ?? '', `${key}-${arrival}`)).checkoutMs,
  });
  const { lastCalls, journeys } = load;
  const first = share === SHARES[0];
  return [
    {
      name: `checkout call p99, ${percent} of the load`,
      value: lastCalls.p99,
      unit: 'ms',
      ...(first ? { bar: { atMost: MOST_P99_MS } } : {}),
      note:
        `${Math.round(load.perSecond).toLocaleString('en')}/s confirmed; p50 ${lastCalls.p50.toFixed(1)} ms; whole journey from ` +
        `when it was due p50 ${journeys.p50.toFixed(0)} ms, p99 ${journeys.p99.toFixed(0)} ms`,
    },
    ...(load.failed === 0
      ? []
      : [
          {
            name: `failed at ${percent}`,
            value: load.failed,
            unit: '',
            bar: { atMost: 0 },
            note: load.firstFailure ?? '',
          },
        ]),
  ];
}
