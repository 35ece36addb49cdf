import { type Clock, sleep } from '../../platform/clock/port.ts';
import type { Membership, RouteName } from '../../platform/membership/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';

/** A service while this process leads it. */
export interface Tenure {
  /** The fence of the lease that it is led by. */
  readonly term: number;
  readonly routes: readonly RouteName[];
  /** Finishes what was taken and gives the lease back. */
  stop(): Promise<void>;
}

export interface TenancyOptions {
  readonly service: string;
  /** The processes that may lead the service, this one among them; the first that lives should. */
  readonly candidates: readonly string[];
  readonly membership: Membership;
  /** Waits for the lease and begins to lead. `lost` is to be called when another process has taken over. Throws when `signal` aborts. */
  readonly open: (asked: { readonly signal: AbortSignal; readonly lost: () => void }) => Promise<Tenure>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A service that this process leads whenever it is its turn. */
export interface Tenancy {
  leads(): boolean;
  /** Stops leading; resolves when the lease is given back. */
  stop(): Promise<void>;
}

/** Before a process has been there for this long, it may not have heard of those that come before it. */
const COURTESY_MS = 1_500;
/** Nobody waits longer for a candidate that lives and does not lead. */
const PATIENCE_MS = 15_000;
/** A candidate that should lead in this one's place must have lived for as long. */
const SETTLED_MS = 3_000;
const RETRY_MS = 1_000;
const LOOK_MS = 250;

/**
 * Leads a service in turn with the other candidates: the first of them that lives. Who leads is decided by the lease alone; the
 * order only spreads services over processes, and brings them back after a failure. Two that both want it harm nothing. Throws
 * when this process is no candidate.
 */
export function holdTenancy(options: TenancyOptions): Tenancy {
  const { service, candidates, membership, clock, open } = options;
  const logger = options.logger.child({ service });
  const closing = new AbortController();
  const { signal } = closing;
  const place = candidates.indexOf(membership.self);
  if (place < 0) throw new Error(`${membership.self} is not among those that may lead ${service}`);
  const before = candidates.slice(0, place);
  const openedAt = clock.now();
  let leading = false;

  const mayLead = (member: string) => membership.lives(member) && !membership.standsAside(member, service);
  const someBeforeLives = () => before.some(mayLead);

  /** Resolves when this process should try to lead. */
  async function turn(): Promise<void> {
    if (before.length === 0) return;
    const mayBeUnheard = Math.max(0, openedAt + COURTESY_MS - clock.now());
    await sleep(clock, mayBeUnheard, signal);
    let freeSince = clock.now();
    while (!signal.aborted) {
      const isFree = membership.leaderOf(service) === undefined;
      if (!isFree) freeSince = clock.now();
      if (isFree && (!someBeforeLives() || clock.now() - freeSince >= PATIENCE_MS)) return;
      await change(LOOK_MS);
    }
  }

  /** Resolves when something has changed among the processes, after `mostMs` at the latest. */
  async function change(mostMs: number): Promise<void> {
    const changed = new AbortController();
    const stop = membership.onChange(() => changed.abort());
    await sleep(clock, mostMs, AbortSignal.any([changed.signal, signal]));
    stop();
  }

  /** Resolves when a candidate that comes before this one has been there for a while. */
  async function betterOne(ended: AbortSignal): Promise<void> {
    let livesSince = Number.POSITIVE_INFINITY;
    while (!ended.aborted) {
      if (!someBeforeLives()) livesSince = Number.POSITIVE_INFINITY;
      else if (livesSince > clock.now()) livesSince = clock.now();
      if (clock.now() - livesSince >= SETTLED_MS) return;
      await sleep(clock, LOOK_MS, ended);
    }
  }

  async function lead(): Promise<void> {
    const ended = new AbortController();
    const lost = Promise.withResolvers<'lost'>();
    const tenure = await open({ signal, lost: () => lost.resolve('lost') });
    const startedAt = clock.now();
    const leave = membership.lead(service, tenure.term, tenure.routes);
    leading = true;
    logger.info({ term: tenure.term }, 'leads');
    const closed = new Promise<'closing'>((resolve) => {
      if (signal.aborted) resolve('closing');
      signal.addEventListener('abort', () => resolve('closing'), { once: true });
    });
    // Whoever led out of turn because the first did not stays for a while: it will hardly do better at once.
    const patience = sleep(clock, PATIENCE_MS, ended.signal).then(() => betterOne(ended.signal));
    const why = await Promise.race([lost.promise, closed, patience.then(() => 'turn' as const)]);
    ended.abort();
    leading = false;
    leave();
    await tenure.stop();
    logger.info({ why, forMs: clock.now() - startedAt }, 'leads no more');
  }

  const run = async () => {
    while (!signal.aborted) {
      await turn();
      if (signal.aborted) return;
      try {
        await lead();
      } catch (error) {
        if (signal.aborted) return;
        logger.error({ err: error }, 'could not lead; tries again');
        await sleep(clock, RETRY_MS, signal);
      }
    }
  };
  const running = run();

  return {
    leads: () => leading,
    async stop() {
      closing.abort();
      await running;
    },
  };
}
