import type { Clock } from '../clock/port.ts';
import { Connection, type ConnectionOptions, type Passage } from './connection.ts';
import { Deadlines } from './deadlines.ts';
import type { Failure } from './failure.ts';
import type { HopOptions } from './port.ts';

/** The connections to one origin. */
export interface Upstream {
  /** Carries a request on a connection that is free, or a new one. False when all are taken: it waits, unless it is taken back. */
  carry(passage: Passage): boolean;
  /** Takes back what waits. */
  takeBack(passage: Passage): void;
}

/** The connections to each origin. */
export interface Pools {
  of(origin: string): Upstream;
  /** Breaks off what is under way to an origin. */
  drop(origin: string): void;
  close(): void;
}

/** Processes come and go under new addresses: so many pools are kept, and of those beyond the ones in use. */
const KEPT = 64;

export function upstreamPools(options: HopOptions & { readonly clock: Clock }): Pools {
  const { connections = Number.POSITIVE_INFINITY, clock } = options;
  const { connectTimeoutMs = 2_000, headersTimeoutMs = 30_000, bodyTimeoutMs = 120_000 } = options;
  const upstreams = new Map<string, OriginPool>();
  const deadlines = new Deadlines(clock);

  const open = (origin: string): OriginPool => {
    const { protocol, hostname, port } = new URL(origin);
    const isSecure = protocol === 'https:';
    return new OriginPool(connections, {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (isSecure ? 443 : 80) : Number(port),
      ...{ isSecure, connectTimeoutMs, headersTimeoutMs, bodyTimeoutMs, deadlines },
    });
  };

  return {
    of(origin) {
      const known = upstreams.get(origin);
      if (known !== undefined) return known;
      if (upstreams.size >= KEPT) dropIdle(upstreams);
      const upstream = open(origin);
      upstreams.set(origin, upstream);
      return upstream;
    },
    drop(origin) {
      const upstream = upstreams.get(origin);
      upstreams.delete(origin);
      // Unlike the hop's own end this leaves what was not sent free to go elsewhere.
      upstream?.close('unreachable');
    },
    close() {
      const all = [...upstreams.values()];
      upstreams.clear();
      for (const each of all) each.close('closed');
    },
  };
}

function dropIdle(upstreams: Map<string, OriginPool>): void {
  for (const [origin, upstream] of upstreams) {
    if (upstream.isBusy) continue;
    upstreams.delete(origin);
    upstream.close('closed');
  }
}

class OriginPool implements Upstream {
  readonly #most: number;
  readonly #options: ConnectionOptions;
  readonly #all = new Set<Connection>();
  /** The one that was used last is taken first, so that the others may come to their end. */
  readonly #free: Connection[] = [];
  readonly #waiting = new Set<Passage>();

  constructor(most: number, options: Omit<ConnectionOptions, 'onFree' | 'onClosed'>) {
    this.#most = most;
    this.#options = { ...options, onFree: (each) => this.#onFree(each), onClosed: (each) => this.#onClosed(each) };
  }

  get isBusy(): boolean {
    return this.#all.size > this.#free.length || this.#waiting.size > 0;
  }

  carry(passage: Passage): boolean {
    const free = this.#free.pop();
    if (free !== undefined) free.carry(passage);
    else if (this.#all.size < this.#most) this.#all.add(new Connection(this.#options, passage));
    else {
      this.#waiting.add(passage);
      return false;
    }
    return true;
  }

  takeBack(passage: Passage): void {
    this.#waiting.delete(passage);
  }

  /** What is under way, or waits, has failed. */
  close(failure: Failure): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const each of waiting) each.onFailure(failure, CLOSED);
    for (const each of this.#all) each.break(failure, CLOSED);
  }

  #onFree(connection: Connection): void {
    const next = this.#next();
    if (next === undefined) this.#free.push(connection);
    else connection.carry(next);
  }

  #onClosed(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#free.indexOf(connection);
    if (at >= 0) this.#free.splice(at, 1);
    const next = this.#next();
    if (next !== undefined) this.carry(next);
  }

  #next(): Passage | undefined {
    const [next] = this.#waiting;
    if (next !== undefined) this.#waiting.delete(next);
    return next;
  }
}

const CLOSED = new Error('the connections to this upstream were closed');
