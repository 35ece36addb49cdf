import type { Clock } from '../../platform/clock/port.ts';
import type { Addresses } from '../settings.ts';
import { withoutPassword } from '../shown-address.ts';
import type { Topology } from '../topology.ts';
import { dropOldLogs, putLogTemplate } from './log-index.ts';

const LOOK_MS = 3_600_000;
const AGAIN_MS = 10_000;

/** Where log lines are kept: what the collector, or the sidecars themselves, write to. Undefined where nobody keeps them. */
export function logStoreOf({ sidecars }: Pick<Topology, 'sidecars'>, engines: Addresses): string | undefined {
  const isWritten = engines.otelcol !== undefined || sidecars?.logs === 'opensearch';
  return isWritten ? engines.opensearch : undefined;
}

/** Says how log lines are kept and forgets old ones, every hour; the shop opens also while nobody is there to take them. */
export function keepLogs(opensearch: string, clock: Clock, say: (line: string) => void): { stop(): void } {
  let cancel = () => {};
  let isTold = false;
  let isStopped = false;
  const look = async () => {
    let pauseMs = LOOK_MS;
    try {
      await putLogTemplate(opensearch);
      await dropOldLogs(opensearch, clock.now());
      if (isTold) say('Log lines are kept again.');
      isTold = false;
    } catch (error) {
      const why = withoutPassword((error as Error).message);
      if (!isTold) say(`Log lines cannot be kept in ${withoutPassword(opensearch)} yet (${why}).`);
      isTold = true;
      pauseMs = AGAIN_MS;
    }
    if (!isStopped) cancel = clock.after(pauseMs, look);
  };
  void look();
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
