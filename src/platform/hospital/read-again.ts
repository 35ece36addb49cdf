import { sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import { findCases } from './find-cases.ts';
import type { HospitalOptions } from './hospital.ts';
import { type Hospital, isDirect } from './port.ts';

export interface ReadAgainOptions
  extends Pick<HospitalOptions, 'storage' | 'treatments' | 'clock' | 'random' | 'logger'> {
  readonly retry: Hospital['retry'];
}

const BACKOFF = { firstMs: 50, mostMs: 10_000 };
const MOST = 10_000;

/**
 * What an older release could not read and sent to the hospital, and this one can, is handled once more when the hospital opens, with
 * all that waits behind it: after an upgrade nobody has to. What goes wrong then is a case like any other.
 */
export function readAgain(options: ReadAgainOptions): { close(): Promise<void> } {
  const { storage, treatments, clock, random, logger, retry } = options;
  const closing = new AbortController();

  async function all(): Promise<void> {
    for (const found of await findCases(storage, { status: 'open', code: 'unreadable', limit: MOST })) {
      if (closing.signal.aborted) return;
      if (isDirect(found) || treatments(found.subscription)?.reads(found.event) !== true) continue;
      await retry(found.id, { by: 'platform', why: 'this release reads it' });
      logger.info({ case: found.id }, 'an event that an older release could not read was handled again');
    }
  }

  const running = (async () => {
    for (let failures = 1; !closing.signal.aborted; failures++) {
      try {
        return await all();
      } catch (error) {
        logger.warn({ failures, error: String(error) }, 'what could not be read before is handled after a pause');
        await sleep(clock, backoffMs(failures, random, BACKOFF), closing.signal);
      }
    }
  })();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}
