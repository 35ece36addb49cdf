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
 * those in reserve come and go, the others stay. The returned function ends it, and with it what is only starting.
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
  const { name } = first.plan;
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

  /** Whether the replica is ready; false when it did not start, and when the shop ends meanwhile: nobody waits for it then. */
  async function start(seat: Seat): Promise<boolean> {
    const giveUp = () => void replicas.retire(seat.name).catch(tellFault);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await replicas.add(seat);
      return true;
    } catch (error) {
      if (!signal.aborted) say(`${seat.name} could not be started: ${messageOf(error)}`);
      return false;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  async function look(): Promise<void> {
    const all = await load();
    if (signal.aborted) return;
    const next = nextGrowth(plan, growth, all, clock.now());
    const [more, fewer] = [own[growth.replicas], own[next.replicas]];
    if (next.replicas > growth.replicas && more !== undefined) {
      say(`${name} has ${all.toFixed(1)} requests under way: ${more.name} is started.`);
      const isReady = await start(more);
      growth = { replicas: isReady ? next.replicas : growth.replicas, changedAt: clock.now() };
    } else if (next.replicas < growth.replicas && fewer !== undefined) {
      say(`${name} is quiet: ${fewer.name} is retired.`);
      await replicas.retire(fewer.name);
      growth = { ...next, changedAt: clock.now() };
    } else growth = next;
  }

  const tellFault = (error: unknown) => say(`${name} could not be looked after: ${messageOf(error)}`);
  while (!signal.aborted) {
    await sleep(clock, LOOK_MS, signal);
    if (!signal.aborted) await look().catch(tellFault);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
