import { type Clock, sleep } from '../../platform/clock/port.ts';
import { NewerLogFault } from '../../platform/event-store/written.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import type { Membership } from '../../platform/membership/port.ts';
import { NewerDatabaseError } from '../../platform/storage/postgres-schema.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import type { TenancyOptions } from './tenancy.ts';

export interface StandingAsideOptions {
  readonly service: string;
  readonly membership: Pick<Membership, 'standAside'>;
  readonly readiness: Pick<Readiness, 'addCheck'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How often a release that is too old looks whether it still is: a log may be restored to an earlier day. */
const LOOK_MS = 15_000;

/**
 * `open` for a release that may be older than what another one has written. It does not lead what it cannot read: it tells its
 * peers, so that those who can do not wait for it, says why in its log and at `/readyz`, and looks again from time to time.
 */
export function standingAside(open: TenancyOptions['open'], options: StandingAsideOptions): TenancyOptions['open'] {
  const { service, membership, readiness, clock, logger } = options;
  return async (asked) => {
    const ends: (() => void)[] = [];
    try {
      for (;;) {
        try {
          return await open(asked);
        } catch (fault) {
          if (!isTooOld(fault)) throw fault;
          if (ends.length === 0) {
            logger.error({ service, error: fault.message }, 'stands aside: a newer release must lead');
            const { message } = fault;
            ends.push(
              membership.standAside(service),
              readiness.addCheck(service, () => ({ ok: false, why: `Stands aside. ${message}` }), 'may wait'),
            );
          }
          await sleep(clock, LOOK_MS, asked.signal);
          if (asked.signal.aborted) throw fault;
        }
      }
    } finally {
      for (const end of ends) end();
    }
  };
}

function isTooOld(fault: unknown): fault is Error {
  return fault instanceof NewerLogFault || fault instanceof NewerDatabaseError;
}
