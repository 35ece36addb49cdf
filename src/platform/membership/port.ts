import type { Invalidations } from '../invalidation/port.ts';
import type { Positions } from '../storage/port.ts';

/** A route of the public API, as its service registered it: `GET /v1/carts/:cartId`. */
export interface RouteName {
  readonly method: string;
  readonly url: string;
  /** The largest body that it takes, in bytes; absent: the server's own bound. */
  readonly bodyLimit?: number;
}

/** Who leads a service. */
export interface Leader {
  /** The process's name, `app-1`. */
  readonly member: string;
  /** Where it answers: scheme, host and port. */
  readonly origin: string;
  readonly isSelf: boolean;
  /** The fence of the lease that it leads by: of two that claim a service, the greater one holds it. */
  readonly term: number;
  readonly routes: readonly RouteName[];
}

/** Who answers reads of a service, leading it or not: what needs nothing of its leader. */
export interface Reader {
  /** The process's name, `search-2`. */
  readonly member: string;
  readonly origin: string;
  readonly isSelf: boolean;
  /** What it answers: routes as `GET /v1/search`, and queries of the service's contract. */
  readonly routes: readonly string[];
  readonly calls: readonly string[];
}

/**
 * What the processes of one shop know of each other: who lives, who leads which service, which logs have grown, which answers
 * have changed. All of it is hearsay that makes things fast; what is right is decided by leases and fences in the databases.
 */
export interface Membership {
  /** This process's own name. */
  readonly self: string;
  /** Who leads the service, as far as is known here. */
  leaderOf(service: string): Leader | undefined;
  /** The leader, once there is one other than `than`; undefined when there is none within `waitMs`. */
  awaitLeader(service: string, waitMs: number, than?: Leader): Promise<Leader | undefined>;
  /** This process leads the service from now on, and tells so; the returned function ends it. */
  lead(service: string, term: number, routes: readonly RouteName[]): () => void;
  /** This process answers these reads of the service from now on, and tells so; the returned function ends it. */
  read(service: string, reads: Pick<Reader, 'routes' | 'calls'>): () => void;
  /** Who answers reads of the service, as far as is known here; those that will soon be gone are left out. */
  readersOf(service: string): readonly Reader[];
  /** Whether the process is this one, or was heard lately. */
  lives(member: string): boolean;
  /** This process hosts the service and may not lead it, and tells so: others need not wait for it. The returned function ends it. */
  standAside(service: string): () => void;
  /** Whether the process, of which this was heard lately, may not lead the service. */
  standsAside(member: string, service: string): boolean;
  /** The services that were led by anybody since this process began, with the routes they had last. */
  known(): ReadonlyMap<string, readonly RouteName[]>;
  /** Calls `listener` after each change of who lives and who leads; the returned function ends it. */
  onChange(listener: () => void): () => void;
  /** Calls `listener` with the address of a peer that is heard no more; the returned function ends it. */
  onCut(listener: (origin: string) => void): () => void;
  /** Tells the peers that lead or read something that a log of this process has been written up to here. Told together, some ms later. */
  grew(log: string, heads: Positions): void;
  /** Calls `listener` when a peer says that its log has grown; the returned function ends it. */
  onGrown(listener: (log: string, heads: Positions) => void): () => void;
  /** Publications reach the listeners of every process. */
  readonly invalidations: Invalidations;
  /** Tells the peers that this process will soon be gone: nobody waits for it any more. */
  retire(): void;
  close(): Promise<void>;
}
