import { performance } from 'node:perf_hooks';
import { createIndex } from '../src/services/search/embedded/index.ts';
import { searchLoad, summary } from './search-load.ts';

/** Search over 100,000 products, half of them Korean: p50, p99 and memory by kind of query. `node bench/search.ts [products]` */
const PRODUCTS = Number(process.argv[2] ?? 100_000);
const QUERIES = 400;

const { product, queries } = searchLoad();

const before = process.memoryUsage();
const started = performance.now();
const index = createIndex();
for (let number = 0; number < PRODUCTS; number++) index.put(product(number));
const filledMs = performance.now() - started;
globalThis.gc?.();
const after = process.memoryUsage();
const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1_048_576;

const all: number[] = [];
const rows = Object.entries(queries).map(([kind, make]) => {
  for (let warm = 0; warm < 20; warm++) run(make());
  const times = Array.from({ length: QUERIES }, () => run(make()));
  all.push(...times);
  return { kind, ...summary(times) };
});
console.table([...rows, { kind: 'all', ...summary(all) }]);
console.log(
  JSON.stringify({
    products: PRODUCTS,
    filledMs: Math.round(filledMs),
    megabytes: Math.round(megabytes),
    ...summary(all),
  }),
);

function run(q: string): number {
  const start = performance.now();
  index.search({ q, limit: 20, offset: 0 });
  return performance.now() - start;
}
