import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../platform/clock/port.ts';
import type { Membership, Reader } from '../../platform/membership/port.ts';
import type { Hop, HopResult, HopTarget } from '../../platform/proxy/port.ts';
import { leastBusy } from '../../platform/resilience/least-busy.ts';

/** A route that is asked, as its service names it: `GET /v1/search`. */
export interface AskedRoute {
  readonly service: string;
  readonly route: string;
}

/** The name under which a process's door knows what it answers of a service without leading it. */
export function readsOf(service: string): string {
  return `${service}.reads`;
}

export interface ReaderHopOptions {
  readonly membership: Pick<Membership, 'readersOf'>;
  readonly hop: Pick<Hop, 'forward'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Forwards a request that only reads to the one with the least to do of those who answer it beside the leader; when one fails, to the next.
 * Answers the last result, or undefined when nobody has taken the request, which may then be asked of the leader.
 */
export function readerHop({ membership, hop, clock }: ReaderHopOptions) {
  const readers = leastBusy<Reader>(({ member }) => member, clock);
  return async (
    { service, route }: AskedRoute,
    request: IncomingMessage,
    response: ServerResponse,
    target: (origin: string, name: string) => HopTarget,
  ): Promise<HopResult | undefined> => {
    let able = membership.readersOf(service).filter(({ routes, isSelf }) => !isSelf && routes.includes(route));
    for (let taken = readers.take(able); taken !== undefined; taken = readers.take(able)) {
      const { member, origin } = taken.target;
      const result = await hop.forward(request, response, target(origin, readsOf(service)));
      const isOver = ['answered', 'left', 'lost', 'refused'].includes(result.kind);
      taken.ended(!isOver);
      if (isOver) return result;
      able = able.filter((reader) => reader.member !== member);
    }
    return undefined;
  };
}
