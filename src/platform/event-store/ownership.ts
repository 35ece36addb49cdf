import { type Clock, sleep } from '../clock/port.ts';
import type { Fence, Lease, Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { UnavailableFault } from './port.ts';

/** The partitions that this process may decide on: leases, lengthened in time, each with the fence that every commit carries. */
export interface Ownership {
  holds(partition: number): boolean;
  /** Whether nobody else can have taken the partition yet, by this process's own clock: what is cached is what is there. */
  isCertain(partition: number): boolean;
  /** The partition's period of ownership; another number means that it was lost in between. */
  period(partition: number): number;
  /** The fences of the partitions that are held. */
  fences(partitions: readonly number[]): readonly Fence[];
  /** A partition that is held, if any. */
  any(): number | undefined;
  /** What `settle` answered: new leases for the partitions, or none where another process has taken over. */
  settled(partitions: readonly number[], leases: readonly Lease[]): void;
  /** The storage has refused the partition's fence. */
  lose(partition: number): void;
  /** Tries once to get back what was lost; at once when nothing was. */
  regain(): Promise<void>;
  /** Stops renewing and gives the partitions back. */
  close(): Promise<void>;
}

export interface OwnershipOptions {
  readonly storage: Pick<Storage, 'log' | 'acquire' | 'renew' | 'release' | 'settle'>;
  readonly clock: Clock;
  readonly owner: string;
  readonly leaseMs: number;
  readonly logger: Logger;
  readonly onLost: (partition: number) => void;
  /** Ends the waiting for partitions that others hold. */
  readonly signal?: AbortSignal | undefined;
  /** Called after partitions were acquired, later than at the opening. */
  readonly onGained: () => void;
}

/** A lease is renewed when a third of it has gone by, and trusted for nine tenths: clocks drift. */
const RENEW_AFTER = 1 / 3;
const TRUST_FOR = 0.9;
const RETRY_MS = 500;

/** Acquires all partitions; waits as long as another process holds one, and says so. Throws an UnavailableFault when `signal` aborts. */
export async function openOwnership(options: OwnershipOptions): Promise<Ownership> {
  const { storage, clock, owner, leaseMs, logger, onLost, onGained, signal } = options;
  const { partitions } = storage.log;
  const held: (Lease | undefined)[] = Array.from({ length: partitions }, () => undefined);
  const certainUntil = held.map(() => 0);
  const periods = held.map(() => 0);
  const closing = new AbortController();

  const missing = () => held.flatMap((lease, partition) => (lease === undefined ? [partition] : []));
  const take = (lease: Lease, askedAt: number) => {
    const { partition } = lease;
    if (held[partition] === undefined) periods[partition] = (periods[partition] ?? 0) + 1;
    held[partition] = lease;
    certainUntil[partition] = askedAt + leaseMs * TRUST_FOR;
  };
  const lose = (partition: number) => {
    if (held[partition] === undefined) return;
    held[partition] = undefined;
    certainUntil[partition] = 0;
    periods[partition] = (periods[partition] ?? 0) + 1;
    logger.warn({ partition }, 'a partition is lost to another process');
    onLost(partition);
  };
  const acquire = async () => {
    const askedAt = clock.now();
    const leases = await storage.acquire(owner, leaseMs);
    if (closing.signal.aborted) return;
    for (const lease of leases) take(lease, askedAt);
  };
  const renew = async () => {
    const askedAt = clock.now();
    const asked = held.filter((lease) => lease !== undefined);
    const kept = new Map((await storage.renew(asked, leaseMs)).map((lease) => [lease.partition, lease]));
    for (const { partition, fence } of asked) {
      // A fence that has changed meanwhile was settled, and the answer is about the old one.
      if (held[partition]?.fence !== fence) continue;
      const lease = kept.get(partition);
      if (lease === undefined) lose(partition);
      else take(lease, askedAt);
    }
  };

  // Who comes back under its name would keep its fence, and a commit that its earlier life sent could land after this one has
  // read what is there: a new fence, taken before anything is read, refuses it.
  await storage.settle(`opening of ${owner}`, [...held.keys()], owner);
  for (let told = false; ; told = true) {
    await acquire();
    if (missing().length === 0) break;
    if (!told) logger.info({ partitions: missing(), leaseMs }, 'waiting for another process to give up its partitions');
    // Who has the first one may wait for the rest; two that wait with a part each would wait for ever.
    if (held[0] === undefined) {
      await storage.release(held.filter((lease) => lease !== undefined));
      held.fill(undefined);
    }
    await sleep(clock, Math.min(RETRY_MS, leaseMs / 4), signal);
    if (signal?.aborted === true) {
      await storage.release(held.filter((lease) => lease !== undefined));
      throw new UnavailableFault('the partitions are still owned elsewhere');
    }
  }

  const regain = async () => {
    const before = missing().length;
    if (before === 0) return;
    await acquire();
    if (missing().length < before) onGained();
  };
  const renewing = (async () => {
    while (!closing.signal.aborted) {
      await sleep(clock, leaseMs * RENEW_AFTER, closing.signal);
      if (closing.signal.aborted) return;
      try {
        await renew();
        await regain();
      } catch (error) {
        logger.warn({ err: error }, 'the partitions could not be renewed');
      }
    }
  })();

  return {
    holds: (partition) => held[partition] !== undefined,
    isCertain: (partition) => held[partition] !== undefined && clock.now() < (certainUntil[partition] ?? 0),
    period: (partition) => periods[partition] ?? 0,
    fences: (wanted) =>
      wanted.flatMap((partition) => {
        const lease = held[partition];
        return lease === undefined ? [] : [{ partition, fence: lease.fence }];
      }),
    any: () => held.find((lease) => lease !== undefined)?.partition,
    settled(asked, leases) {
      // How long a settled lease lasts is the storage's choice, so nothing rests on it until it has been renewed.
      for (const lease of leases) {
        const before = certainUntil[lease.partition] ?? 0;
        take(lease, clock.now());
        certainUntil[lease.partition] = before;
      }
      const still = new Set(leases.map((lease) => lease.partition));
      for (const partition of asked) if (!still.has(partition)) lose(partition);
    },
    lose,
    regain,
    async close() {
      closing.abort();
      await renewing;
      const leases = held.filter((lease) => lease !== undefined);
      held.fill(undefined);
      try {
        await storage.release(leases);
      } catch (error) {
        logger.warn({ err: error }, 'the partitions could not be given back; their leases run out by themselves');
      }
    },
  };
}
