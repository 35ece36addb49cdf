import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { lineQueue } from '../../platform/log-shipping/queue.ts';
import { ship } from '../../platform/log-shipping/ship.ts';
import { logSink } from '../sidecars/log-sinks.ts';
import type { StartedEngines } from '../supervisor/engines.ts';
import { serveMetrics, supervisorMetrics } from '../supervisor/metrics-page.ts';
import type { HeardLine } from '../supervisor/port.ts';
import type { StatusRow } from '../supervisor/status-table.ts';
import type { Topology } from '../topology.ts';
import { type Scraped, writeTargets } from './engine-wiring.ts';
import { dropOldLogs, putLogTemplate } from './log-index.ts';

/** What a supervisor does so that the shop can be watched. */
export interface Watch {
  /** A process has written a line: it goes to the collector, where there is one. */
  heard(line: HeardLine): void;
  close(): Promise<void>;
}

const LOOK_MS = 3_600_000;
const AGAIN_MS = 10_000;

/** Tells Prometheus whom to ask, brings the processes' log lines to the collector, and forgets those of days long past. */
export async function openWatch(options: {
  readonly topology: Topology;
  readonly engines: Pick<StartedEngines, 'addresses' | 'running'>;
  readonly home: string;
  readonly replicas: readonly Scraped[];
  readonly rows: () => readonly StatusRow[];
  readonly say: (line: string) => void;
}): Promise<Watch> {
  const { topology, engines, home, replicas, rows, say } = options;
  await using undo = new AsyncDisposableStack();
  if (engines.addresses.prometheus !== undefined) {
    const page = await serveMetrics(supervisorMetrics(rows, home));
    undo.defer(() => page.close());
    writeTargets(home, replicas, engines.running, page.url);
  }
  const { otelcol, opensearch } = engines.addresses;
  if (otelcol !== undefined && opensearch !== undefined) {
    const keeping = keepLogs(opensearch, say);
    undo.defer(() => keeping.stop());
  }
  // Where processes have sidecars that do it, nobody else does.
  const lines = otelcol === undefined || topology.sidecars?.logs !== undefined ? undefined : lineQueue();
  if (otelcol !== undefined && lines !== undefined) {
    const sink = logSink('otelcol', otelcol, topology.name);
    const shipping = ship({ source: lines, sink, clock: systemClock, random: systemRandom, say });
    undo.defer(() => shipping.close());
  }
  const closing = undo.move();
  return {
    heard: (line) => lines?.add({ ...line, heardAt: systemClock.now() }),
    close: () => closing.disposeAsync(),
  };
}

/** Says how log lines are kept and forgets old ones, every hour; the shop opens also while nobody is there to take them. */
function keepLogs(opensearch: string, say: (line: string) => void): { stop(): void } {
  let next: NodeJS.Timeout | undefined;
  let isTold = false;
  let isStopped = false;
  const look = async () => {
    let pauseMs = LOOK_MS;
    try {
      await putLogTemplate(opensearch);
      await dropOldLogs(opensearch, Date.now());
    } catch (error) {
      if (!isTold) say(`Log lines cannot be kept in ${opensearch} yet (${(error as Error).message}).`);
      isTold = true;
      pauseMs = AGAIN_MS;
    }
    if (!isStopped) next = setTimeout(look, pauseMs).unref();
  };
  void look();
  return {
    stop() {
      isStopped = true;
      clearTimeout(next);
    },
  };
}
