import { errors, Pool } from 'undici';
import type { HopOptions } from './port.ts';

interface Upstream {
  readonly pool: Pool;
  /** The name to ask for under TLS: the origin's own, not the one the client asked us for. */
  readonly servername?: string;
}

/** The connections to each origin. */
export interface Pools {
  of(origin: string): Upstream;
  /** Breaks off what is under way to an origin. */
  drop(origin: string): void;
  close(): Promise<void>;
}

/** Processes come and go under new addresses: so many pools are kept, and of those beyond the ones in use. */
const KEPT = 64;

export function upstreamPools(options: HopOptions): Pools {
  const { connections, connectTimeoutMs = 2_000, headersTimeoutMs = 30_000, bodyTimeoutMs = 120_000 } = options;
  const upstreams = new Map<string, Upstream>();

  const open = (origin: string): Upstream => {
    const pool = new Pool(origin, {
      connections: connections ?? null,
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
      connect: { timeout: connectTimeoutMs },
    });
    const { protocol, hostname } = new URL(origin);
    return { pool, ...(protocol === 'https:' && { servername: hostname }) };
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
      void upstream?.pool.destroy(new errors.SocketError('the upstream is known to be gone'));
    },
    async close() {
      const all = [...upstreams.values()];
      upstreams.clear();
      await Promise.all(all.map(({ pool }) => pool.destroy()));
    },
  };
}

function dropIdle(upstreams: Map<string, Upstream>): void {
  for (const [origin, { pool }] of upstreams) {
    if (pool.stats.size > 0) continue;
    upstreams.delete(origin);
    void pool.close();
  }
}
