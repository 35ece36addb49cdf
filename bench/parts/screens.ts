import type { Figure } from '../figures.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { getRequest } from '../load/connection.ts';
import { cpuOf } from '../load/processes.ts';
import type { Part, Run } from '../part.ts';
import type { BenchShop } from '../shop.ts';

const READERS = 16;
/** A screen may cost little more than its parts one by one, which the public API has ready as bytes: it saves the phone the round trips. */
const DEAREST = 1.25;

/** Screens of an app against the calls of the public API that it would need without them, by the shop's own CPU. */
export const screensPart: Part = {
  name: 'screens',
  takes: ({ seconds }) => 6 * loadSeconds(seconds) + 30,
  async measure(run) {
    const shop = await run.shop();
    const product = (of: (id: string) => readonly string[]) => run.productIds.slice(0, 500).map(of);
    run.progress('screens of an app, and the calls that they stand for');
    return [
      ...(await compared(run, shop, 'product screen', {
        screen: product((id) => [`/ios/v1/products/${id}?currency=GBP`]),
        calls: product((id) => [`/v1/products/${id}`, SELLER, '/v1/categories']),
      })),
      ...(await compared(run, shop, 'search screen', {
        screen: WORDS.map((word) => [`/android/v1/search?q=${word}&currency=GBP&loadSize=20`]),
        calls: WORDS.map((word) => [
          `/v1/search?q=${word}&limit=20`,
          '/v1/categories',
          SELLER,
          ...run.productIds.slice(0, 20).map((id) => `/v1/products/${id}`),
        ]),
      })),
    ];
  },
};

const SELLER = '/v1/sellers/bench-seller';
const WORDS = ['teapot', 'towel', 'lamp', 'bowl', 'kettle', 'stool', 'vase'];
const loadSeconds = (seconds: number) => Math.max(2, seconds / 4);

async function compared(
  run: Run,
  shop: BenchShop,
  name: string,
  { screen, calls }: { screen: readonly (readonly string[])[]; calls: readonly (readonly string[])[] },
): Promise<readonly Figure[]> {
  const own = await cost(run, shop, screen);
  const parts = await cost(run, shop, calls);
  return [
    { name, value: own.perSecond, unit: '/s', note: `${own.us.toFixed(0)} µs of CPU each` },
    {
      name: `${name}, against its ${calls[0]?.length ?? 0} calls`,
      ...{ value: own.us / parts.us, unit: '×', bar: { atMost: DEAREST } },
      note: `${parts.us.toFixed(0)} µs of CPU for the calls, one after the other`,
    },
  ];
}

/** What a journey of requests costs: the shop's CPU in µs, and how many there are a second. */
async function cost(run: Run, shop: BenchShop, journeys: readonly (readonly string[])[]) {
  const requests = journeys.map((paths) => paths.map((path) => getRequest(path)));
  const before = cpuOf(shop.pid).shop;
  const { perSecond, all, failed, firstFailure } = await closedLoop({
    ...{ port: shop.port, users: READERS, seconds: loadSeconds(run.seconds) },
    async journey(connection, reader, round) {
      for (const request of requests[(reader + round * READERS) % requests.length] ?? []) {
        const status = await connection.statusOf(request);
        if (status !== 200) throw new Error(`a screen was answered ${status}`);
      }
    },
  });
  if (failed > 0) throw new Error(firstFailure);
  return { perSecond, us: ((cpuOf(shop.pid).shop - before) * 1_000_000) / all };
}
