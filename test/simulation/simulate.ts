import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { plants } from './planted-bugs.ts';
import { plant } from './plants.ts';
import { keepCachesSmall } from './small-caches.ts';
import { watchForSpinning } from './watchdog.ts';

/**
 * `npm run simulate -- --seeds N [--from S] | --minutes N [--from S] | --seed S [--only parts] [--trace file] [--plant name]`: runs
 * seeds until one fails or all are done; a failure is shrunk, and the command that replays it is printed.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    only: { type: 'string' },
    trace: { type: 'string' },
    plant: { type: 'string' },
  },
});

const MOST_SHRINKING_RUNS = 150;
const SHOWN = 5;
const SPINNING_MS = 20_000;

keepCachesSmall();
if (values.plant !== undefined) {
  const bug = plants.find(({ name }) => name === values.plant);
  if (bug === undefined) throw new Error(`there is no planted bug ${values.plant}`);
  plant(bug);
}
// Not before the hooks are there.
const { planOf } = await import('./plan.ts');
const { run } = await import('./run.ts');
const { onlyParts, shrunk } = await import('./shrink.ts');

const watched = watchForSpinning(SPINNING_MS);
const first = Number(values.seed ?? values.from);
const last = values.seed !== undefined ? first : first + Number(values.seeds ?? (values.minutes ? 1e9 : 100)) - 1;
const endsAt = performance.now() + Number(values.minutes ?? 1e6) * 60_000;
const began = performance.now();
let seeds = 0;
let orders = 0;
let confirmed = 0;

for (let seed = first; seed <= last && performance.now() < endsAt; seed++) {
  watched.seed(seed);
  const plan = values.only === undefined ? planOf(seed) : onlyParts(planOf(seed), new Set(values.only.split(',')));
  const report = await run(plan, { keepLines: values.trace !== undefined });
  if (values.trace !== undefined) writeFileSync(values.trace, `${report.lines.join('\n')}\n`);
  seeds++;
  orders += report.orders;
  confirmed += report.confirmed;
  if (report.violations.length > 0) {
    await tellFailure(seed, report.violations);
    process.exitCode = 1;
    break;
  }
  if (seeds % 100 === 0 || values.seed !== undefined) console.log(`seed ${seed}: ${report.hash}`);
}
const seconds = (performance.now() - began) / 1_000;
console.log(
  `${seeds} seeds in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(1)}/s): ${orders} orders, ${confirmed} confirmed`,
);

async function tellFailure(seed: number, violations: readonly string[]): Promise<void> {
  console.log(`Seed ${seed} fails:`);
  for (const sentence of violations.slice(0, SHOWN)) console.log(`  ${sentence}`);
  if (values.only !== undefined || values.plant !== undefined) return;
  const fails = async (plan: ReturnType<typeof planOf>) => (await run(plan)).violations.length > 0;
  const kept = await shrunk(planOf(seed), fails, MOST_SHRINKING_RUNS);
  const short = onlyParts(planOf(seed), new Set(kept));
  for (const part of [...short.faults, ...short.actions]) console.log(`  ${JSON.stringify(part)}`);
  for (const sentence of (await run(short)).violations.slice(0, SHOWN)) console.log(`  ${sentence}`);
  console.log(`Replay: npm run simulate -- --seed ${seed}`);
  console.log(`    or: npm run simulate -- --seed ${seed} --only ${kept.join(',')} --trace trace.txt`);
}
