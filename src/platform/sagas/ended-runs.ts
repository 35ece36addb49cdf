import type { Clock } from '../clock/port.ts';
import type { EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { sagaRuns } from './run-document.ts';

const PAGE = 500;
const KEPT_MS = 30 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;

export interface EndedRunsOptions {
  readonly store: Pick<EventStore, 'decide'>;
  readonly documents: Pick<Storage, 'query'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Removes ended runs 30 days after their end: once an hour, a page at a time, from `start` to `stop`. */
export function endedRuns({ store, documents, clock, logger }: EndedRunsOptions) {
  let cancel = () => {};
  let stopped = false;

  async function sweep(): Promise<void> {
    const range = { field: 'wakeAt', below: clock.now() - KEPT_MS };
    const wanted = { collection: sagaRuns, generation: 0, where: { status: 'ended' }, range, limit: PAGE };
    for (let found = PAGE; found === PAGE && !stopped; ) {
      const ended = await documents.query(wanted);
      found = ended.length;
      if (found === 0) return;
      await store.decide({
        intents: [],
        documents: ended.map(({ key }) => ({ collection: sagaRuns, generation: 0, key, body: null })),
      });
    }
  }

  function sweepLater(): void {
    cancel = clock.after(SWEEP_EVERY_MS, () => {
      sweep()
        .catch((error) => logger.warn({ err: error }, 'old saga runs could not be removed'))
        .finally(() => {
          if (!stopped) sweepLater();
        });
    });
  }

  return {
    start: sweepLater,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
