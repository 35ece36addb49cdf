import type { IncomingMessage } from 'node:http';
import { type Clock, sleep } from '../../../platform/clock/port.ts';

/** Where an upstream is reached. */
export interface Origin {
  /** `http://host:port`. */
  readonly origin: string;
  /** What every request to it carries. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where a route's upstreams are: services and edges, by name. Whoever stays the same is told by the same object. */
export interface Origins {
  /** Who has the upstream now, for this request; undefined when nobody has. Asked again for each attempt. */
  of(upstream: string, asked?: Pick<IncomingMessage, 'method' | 'url'>): Origin | undefined;
  /** Resolves when another than `than` has the upstream, after `waitMs` at the latest. */
  change(upstream: string, than: Origin | undefined, waitMs: number): Promise<void>;
}

/** Origins from a plain list, by turns. */
export function listedOrigins(services: Readonly<Record<string, readonly string[]>>, clock: Clock): Origins {
  const listed = new Map(
    Object.entries(services).map(([service, origins]) => [service, origins.map((origin): Origin => ({ origin }))]),
  );
  const turns = new Map<string, number>();
  return {
    of(service) {
      const origins = listed.get(service);
      if (origins === undefined || origins.length === 0) return undefined;
      const turn = turns.get(service) ?? 0;
      turns.set(service, (turn + 1) % origins.length);
      return origins[turn % origins.length];
    },
    change: (_service, _than, waitMs) => sleep(clock, waitMs),
  };
}
