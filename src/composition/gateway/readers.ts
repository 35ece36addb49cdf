import type { IncomingMessage } from 'node:http';
import findMyWay from 'find-my-way';
import type { Origin, Origins } from '../../edges/gateway/front/origins.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { Membership, Reader } from '../../platform/membership/port.ts';
import { forwardedFor } from '../process/forwarded-for.ts';
import { readsOf } from '../process/reader-hop.ts';

export interface SharedReadsOptions {
  readonly membership: Pick<Membership, 'readersOf'>;
  /** What processes of the shop show each other. */
  readonly token: string;
  readonly clock: Pick<Clock, 'now'>;
}

type Asked = Pick<IncomingMessage, 'method' | 'url'>;
type ReadersFor = (asked: Asked) => readonly Reader[];

/** One that failed is left alone for so long. */
const REST_MS = 1_000;

/**
 * Where a gateway sends what only reads and needs nothing of a service's leader: to those who answer it, by turns. Everything else, and
 * what they all failed, goes where `origins` says.
 */
export function sharingReads(origins: Origins, { membership, token, clock }: SharedReadsOptions): Origins {
  const routers = new WeakMap<readonly Reader[], ReadersFor>();
  const known = new Map<string, Origin>();
  const restingUntil = new WeakMap<Origin, number>();
  let turn = 0;

  function readersFor(service: string, asked: Asked): readonly Reader[] {
    const readers = membership.readersOf(service);
    if (readers.length === 0) return readers;
    const router = routers.get(readers) ?? routerOf(readers);
    routers.set(readers, router);
    return router(asked);
  }
  function originOf(service: string, { origin }: Reader): Origin {
    const key = `${service} ${origin}`;
    const found = known.get(key) ?? { origin, headers: forwardedFor(readsOf(service), token) };
    known.set(key, found);
    if (!restingUntil.has(found)) restingUntil.set(found, 0);
    return found;
  }
  function reading(service: string, asked: Asked): Origin | undefined {
    const able = readersFor(service, asked);
    if (able.length === 0) return undefined;
    const now = clock.now();
    turn++;
    for (let tried = 0; tried < able.length; tried++) {
      const found = originOf(service, able[(turn + tried) % able.length] as Reader);
      if ((restingUntil.get(found) ?? 0) <= now) return found;
    }
    return undefined;
  }

  return {
    of: (upstream, asked) => (asked && reading(upstream, asked)) ?? origins.of(upstream, asked),
    change(upstream, than, waitMs) {
      if (than === undefined || !restingUntil.has(than)) return origins.change(upstream, than, waitMs);
      restingUntil.set(than, clock.now() + REST_MS);
      // There is another one, or the leader.
      return Promise.resolve();
    },
  };
}

/** Who answers a request, by what they say that they answer: `GET /v1/search`. */
function routerOf(readers: readonly Reader[]): ReadersFor {
  const router = findMyWay({ maxParamLength: 500 });
  for (const route of new Set(readers.flatMap(({ routes }) => routes))) {
    const [method = '', url = ''] = route.split(' ');
    const able = readers.filter(({ routes }) => routes.includes(route));
    router.on(method as 'GET', url, () => undefined, able);
  }
  return ({ method, url = '/' }) => {
    const end = url.search(/[?#]/);
    const found = router.find(method as 'GET', end < 0 ? url : url.slice(0, end));
    return (found?.store as readonly Reader[] | undefined) ?? [];
  };
}
