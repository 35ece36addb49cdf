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
import { keepLogs, logStoreOf } from './log-keeping.ts';
import type { ScrapeTarget } from './prometheus-config.ts';

/** What a supervisor does so that the shop can be watched. */
export interface Watch {
  /** A process has written a line: it goes to the collector, where there is one. */
  heard(line: HeardLine): void;
  /** Whom Prometheus, where there is one, asks from now on. */
  ask(replicas: readonly Scraped[], sidecars: readonly ScrapeTarget[]): void;
  close(): Promise<void>;
}

/** Tells Prometheus whom to ask, brings the processes' log lines to the collector, and forgets those of days long past. */
export async function openWatch(options: {
  readonly topology: Topology;
  readonly engines: Pick<StartedEngines, 'addresses' | 'running'>;
  readonly home: string;
  readonly rows: () => readonly StatusRow[];
  readonly say: (line: string) => void;
}): Promise<Watch> {
  const { topology, engines, home, rows, say } = options;
  await using undo = new AsyncDisposableStack();
  const { otelcol, prometheus } = engines.addresses;
  const page = prometheus === undefined ? undefined : await serveMetrics(supervisorMetrics(rows, home));
  undo.defer(() => page?.close());
  const logStore = logStoreOf(topology, engines.addresses);
  if (logStore !== undefined) {
    const keeping = keepLogs(logStore, systemClock, say);
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
    ask(replicas, sidecars) {
      if (page !== undefined)
        writeTargets(home, { replicas, sidecars, engines: engines.running, supervisor: page.url });
    },
    heard: (line) => lines?.add({ ...line, heardAt: systemClock.now() }),
    close: () => closing.disposeAsync(),
  };
}
