import type { catalog } from '../../src/contracts/catalog.ts';
import type { AnswerOf } from '../../src/kernel/contract.ts';
import type { ServiceDefinition } from '../../src/platform/service/port.ts';
import type { Logger } from '../../src/platform/telemetry/port.ts';
import { serviceDefinitions } from './definitions.ts';
import { checkAtTheEnd, eraseAndRebuild } from './finally.ts';
import { encodedEvents } from './kept.ts';
import { peopleOf } from './people.ts';
import { type Plan, SKUS } from './plan.ts';
import { scheduler as newScheduler, replaceMachineTime, type Scheduler } from './scheduler.ts';
import { settle } from './settle.ts';
import { caches } from './small-lru.ts';
import { traceOf } from './trace.ts';
import { type World, worldOf } from './world.ts';

/** What became of a run. */
export interface Report {
  readonly violations: readonly string[];
  /** Of everything that happened: equal for two runs of one plan. */
  readonly hash: string;
  readonly lines: readonly string[];
  readonly steps: number;
  readonly virtualMs: number;
  readonly orders: number;
  readonly confirmed: number;
}

const START_MS = Date.UTC(2027, 0, 1);
const HOUR_MS = 3_600_000;
/** A run that comes to rest takes some thousands, ten thousand at most. */
const MOST_STEPS = 100_000;
const OPENING_TRIES = 40;
const SETTLING_MS = 10 * 60_000;

let definitions: Promise<readonly ServiceDefinition[]> | undefined;

/** Runs a plan to its end, or to the first violation. The machine's timers are out of use meanwhile. */
export async function run(plan: Plan, options: { readonly keepLines?: boolean } = {}): Promise<Report> {
  definitions ??= serviceDefinitions();
  const loaded = await definitions;
  const scheduler = newScheduler(START_MS);
  const trace = traceOf(options.keepLines === true);
  const say = (line: string) => trace.add(`${scheduler.now() - START_MS} ${line}`);
  caches.most = plan.cacheEntries;
  const restore = replaceMachineTime(scheduler);
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  process.on('unhandledRejection', onFault);
  try {
    const world = worldOf({ plan, scheduler, definitions: loaded, trace: say, logger: loggerTo(say, options) });
    const { invariants } = world;
    let ended = false;
    const live = wholeLife(world, plan).then(
      () => {
        ended = true;
      },
      (error: unknown) => {
        invariants.violated(`the run broke: ${error instanceof Error ? error.stack : String(error)}`);
        ended = true;
      },
    );
    const isOver = () => {
      if (scheduler.steps() > MOST_STEPS) invariants.violated('waits for ever: the shop is busy and comes to nothing');
      return ended || invariants.violations.length > 0 || faults.length > 0;
    };
    const fate = await scheduler.run(isOver, START_MS + longestOf(plan));
    if (fate !== 'done') invariants.violated(`the run is ${fate}: something waits for ever`);
    if (ended) await live;
    for (const fault of faults)
      invariants.violated(`nobody caught ${fault instanceof Error ? fault.stack : String(fault)}`);
    for (const { contract } of loaded)
      for (const event of await encodedEvents(world.storageOf(contract.service))) trace.add(event);
    return reportOf(world, scheduler, trace);
  } finally {
    restore();
    process.off('unhandledRejection', onFault);
  }
}

/** A run that takes longer than this, in virtual ms, waits for something that never comes. */
function longestOf({ activeMs, faults, deadlines }: Plan): number {
  const asleep = faults.reduce((sum, fault) => (fault.kind === 'sleep' ? sum + fault.ms : sum), 0);
  return activeMs + asleep + boundOf(deadlines) + 2 * SETTLING_MS + HOUR_MS;
}

/** Within so many ms after faults have ceased everything must have come to rest. */
function boundOf({ reservationMs, paymentMs, marginMs }: Plan['deadlines']): number {
  return reservationMs + paymentMs + marginMs + SETTLING_MS;
}

function reportOf({ invariants }: World, scheduler: Scheduler, trace: ReturnType<typeof traceOf>): Report {
  const orders = [...invariants.facts.orders.values()];
  return {
    violations: invariants.violations,
    hash: trace.hash(),
    lines: trace.lines,
    steps: scheduler.steps(),
    virtualMs: scheduler.now() - START_MS,
    orders: orders.length,
    confirmed: orders.filter(({ confirmed }) => confirmed).length,
  };
}

async function wholeLife(world: World, plan: Plan): Promise<void> {
  const { scheduler, invariants, troubles } = world;
  world.start('shop');
  while (world.front() === undefined) await world.pauseFor(5);
  await openShop(world, plan);
  world.arm(true);
  const began = scheduler.now();
  const people = peopleOf(world);
  const acts = plan.actions.map(async (action) => {
    await world.pauseFor(action.at);
    world.trace(`${action.id} ${action.kind}`);
    await people.act(action);
  });
  for (const fault of plan.faults) strikeLater(world, fault);
  await world.pauseFor(plan.activeMs);
  troubles.cease();
  world.arm(false);
  await Promise.all(acts);
  world.trace('faults have ceased');
  for (const sentence of await settle(world, people, boundOf(plan.deadlines)))
    invariants.violated(`waits for ever: ${sentence}`);
  await keysForgotten(world);
  await checkAtTheEnd(world);
  if (plan.seed % 3 !== 0 || invariants.violations.length > 0) return;
  await eraseAndRebuild(world, people);
  for (const sentence of await settle(world, people, SETTLING_MS)) invariants.violated(`waits for ever: ${sentence}`);
  await checkAtTheEnd(world);
  world.trace(`ended after ${scheduler.now() - began}`);
}

/** A key that was destroyed by another process may be read from memory for a minute. */
async function keysForgotten({ invariants, pauseFor }: World): Promise<void> {
  if (invariants.facts.erased.size > 0) await pauseFor(61_000);
}

function strikeLater(world: World, fault: Plan['faults'][number]): void {
  const at = 'at' in fault ? fault.at : fault.kind === 'crash' && 'at' in fault.when ? fault.when.at : undefined;
  if (at === undefined) return;
  world.scheduler.after(at, () => {
    world.trace(`${fault.kind} strikes`);
    if (fault.kind === 'crash') world.crash(fault.downMs);
    if (fault.kind === 'pause') world.pause(fault);
    if (fault.kind === 'deploy') world.deploy();
    if (fault.kind === 'sleep') world.scheduler.jump(fault.ms);
  });
}

type Answers = AnswerOf<typeof catalog.calls.isEmpty>;

/** Two sellers, a product for each SKU, and the stock of the plan. */
async function openShop(world: World, plan: Plan): Promise<Answers> {
  const put = async (route: string, params: Record<string, string>, body: object) => {
    for (let attempt = 0; attempt < OPENING_TRIES; attempt++) {
      if (attempt > 0) await world.pauseFor(Math.min(5_000, 10 * 2 ** attempt));
      const answer = await world.send({ method: 'PUT', route, params, body });
      if (answer?.kind === 'ok') return;
      if (answer?.kind === 'problem') throw new Error(`${route}: ${answer.code} ${answer.detail}`);
    }
    throw new Error(`${route} was never answered`);
  };
  const terms = { pricesIncludeTax: true, vatBasisPoints: { GB: 2_000 }, commissionBasisPoints: 1_250 };
  for (const [index, sellerId] of ['north', 'south'].entries())
    await put(
      '/v1/admin/sellers/:sellerId',
      { sellerId },
      { name: { en: sellerId }, terms: { ...terms, parcelFee: { GBP: index * 399 } } },
    );
  await put('/v1/admin/categories/:categoryId', { categoryId: 'goods' }, { name: { en: 'Goods' } });
  for (const [index, sku] of SKUS.entries()) {
    const product = {
      sellerId: index % 2 === 0 ? 'north' : 'south',
      ...{ categoryIds: ['goods'], title: { en: sku }, description: { en: sku }, images: [] },
      variants: [{ sku, options: {}, prices: { GBP: 333 * (index + 1) } }],
    };
    await put('/v1/admin/products/:productId', { productId: `product-${sku}` }, product);
    await put('/v1/admin/stock/:sku', { sku }, { onHand: plan.stock[sku] ?? 0 });
  }
  return { empty: false };
}

function loggerTo(say: (line: string) => void, { keepLines }: { readonly keepLines?: boolean }): Logger {
  const tell = (level: string) => (fields: object, message: string) => {
    if (keepLines === true) say(`${level} ${message} ${plain(fields)}`);
    else say(`${level} ${message}`);
  };
  const logger: Logger = {
    debug: tell('debug'),
    info: tell('info'),
    warn: tell('warn'),
    error: tell('error'),
    child: () => logger,
  };
  return logger;
}

function plain(fields: object): string {
  return JSON.stringify(fields, (_, value) => (value instanceof Error ? value.stack : value));
}
