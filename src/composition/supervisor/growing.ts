import { type Clock, sleep } from '../../platform/clock/port.ts';
import { type Growth, nextGrowth } from './grow-plan.ts';
import type { SupervisedReplicas } from './replicas.ts';
import type { Seat } from './seats.ts';

export interface GrowingOptions {
  /** All seats of this machine, those in reserve among them. */
  readonly seats: readonly Seat[];
  readonly replicas: Pick<SupervisedReplicas, 'rows' | 'add' | 'retire'>;
  /** The sum of the time that requests have been under way at a replica so far, in seconds; undefined where it does not answer. */
  readonly workOf: (seat: Seat) => Promise<number | undefined>;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

const LOOK_MS = 1_000;

/**
 * Watches the replicas of each process that may grow, starts another one when they have too much to do, and retires it when it is quiet:
 * those in reserve come and go, the others stay. The returned function ends it.
 */
export function keepGrown(options: GrowingOptions): () => Promise<void> {
  const { seats } = options;
  const closing = new AbortController();
  const names = [...new Set(seats.filter(({ plan }) => plan.grow !== undefined).map(({ plan }) => plan.name))];
  const watching = names.map((name) => {
    const own = seats.filter(({ plan }) => plan.name === name).sort((a, b) => a.replica - b.replica);
    return growOne(own, options, closing.signal);
  });
  return async () => {
    closing.abort();
    await Promise.all(watching);
  };
}

async function growOne(own: readonly Seat[], options: GrowingOptions, signal: AbortSignal): Promise<void> {
  const { replicas, workOf, clock, say } = options;
  const [first] = own;
  if (first?.plan.grow === undefined) return;
  const plan = { ...first.plan.grow, min: first.plan.replicas };
  let growth: Growth = { replicas: plan.min, changedAt: clock.now() };
  let before = new Map<string, { readonly work: number; readonly at: number }>();

  /** Requests under way at all replicas together, on average since the last look. */
  async function load(): Promise<number> {
    const running = new Set(replicas.rows().flatMap(({ name, state }) => (state === 'running' ? [name] : [])));
    const now = new Map<string, { readonly work: number; readonly at: number }>();
    await Promise.all(
      own.map(async (seat) => {
        const work = running.has(seat.name) ? await workOf(seat) : undefined;
        if (work !== undefined) now.set(seat.name, { work, at: clock.now() });
      }),
    );
    const rates = [...now].map(([name, { work, at }]) => {
      const last = before.get(name);
      // One that was started again counts anew.
      return last === undefined || at <= last.at ? 0 : Math.max(0, work - last.work) / ((at - last.at) / 1_000);
    });
    before = now;
    return rates.reduce((sum, rate) => sum + rate, 0);
  }

  while (!signal.aborted) {
    await sleep(clock, LOOK_MS, signal);
    if (signal.aborted) return;
    const all = await load();
    const next = nextGrowth(plan, growth, all, clock.now());
    if (next.replicas > growth.replicas) {
      const seat = own[growth.replicas];
      if (seat === undefined) continue;
      say(`${first.plan.name} has ${all.toFixed(1)} requests under way: ${seat.name} is started.`);
      const isReady = await replicas.add(seat).then(
        () => true,
        (error: unknown) => {
          say(`${seat.name} could not be started: ${error instanceof Error ? error.message : String(error)}`);
          return false;
        },
      );
      growth = isReady ? { ...next, changedAt: clock.now() } : { replicas: growth.replicas, changedAt: clock.now() };
    } else if (next.replicas < growth.replicas) {
      const seat = own[next.replicas];
      if (seat !== undefined) {
        say(`${first.plan.name} is quiet: ${seat.name} is retired.`);
        await replicas.retire(seat.name);
      }
      growth = { ...next, changedAt: clock.now() };
    } else growth = next;
  }
}
