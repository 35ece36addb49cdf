import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { type Journal, limitsFor, openJournal } from '../../platform/log-shipping/journal.ts';
import type { Addresses } from '../settings.ts';
import type { SidecarPlaces } from '../sidecars/places.ts';
import type { ScrapeTarget } from '../telemetry/prometheus-config.ts';
import { DEFAULT_LOG_BUFFER_MB } from '../topology/sidecars.ts';
import type { Topology } from '../topology.ts';
import type { HeardLine } from './port.ts';
import type { Seat } from './seats.ts';
import type { StatusRow } from './status-table.ts';
import { supervise } from './supervise.ts';

/** Our own sidecars, beside the replicas of this machine. */
export interface Agents {
  /** True when the line is theirs to ship. */
  heard(line: HeardLine): boolean;
  rows(): readonly StatusRow[];
  /** Where they answer for metrics. */
  readonly scraped: readonly ScrapeTarget[];
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const HOST = '127.0.0.1';

/** Starts one for each seat, where the topology asks for logs or metrics; each is a program that lives and dies for itself. */
export function startAgents(
  topology: Topology,
  seats: readonly Seat[],
  places: SidecarPlaces,
  world: {
    readonly home: string;
    readonly env: NodeJS.ProcessEnv;
    readonly engines: Addresses;
    readonly heard: (line: HeardLine) => void;
  },
): Agents {
  const { logs, metrics = false, logBufferMb = DEFAULT_LOG_BUFFER_MB } = topology.sidecars ?? {};
  if (logs === undefined && !metrics)
    return { heard: () => false, rows: () => [], scraped: [], stop: async () => undefined };
  const journals = new Map<string, Journal>();
  const folderOf = (name: string) => join(world.home, 'journals', name);
  if (logs !== undefined)
    for (const { name } of seats) journals.set(name, openJournal(folderOf(name), limitsFor(logBufferMb * 1_000_000)));
  const supervision = { clock: systemClock, random: systemRandom, heard: world.heard, changed: () => undefined };
  const agents = seats.map((seat) => {
    const port = places.agentPort(seat.name);
    const program = supervise(
      { name: `${seat.name} sidecar`, entry: MAIN, args: argumentsOf(seat), env: world.env },
      supervision,
    );
    program.ready.catch((error: Error) =>
      world.heard({ program: `${seat.name} sidecar`, stream: 'stderr', text: error.message }),
    );
    return { program, seat, port };
  });
  return {
    heard({ program, stream, text }) {
      const journal = journals.get(program);
      journal?.append({ stream, text, heardAt: systemClock.now() });
      return journal !== undefined;
    },
    rows: () => agents.map(({ program, port }) => ({ ...program.status(), ...(metrics && { port }) })),
    scraped: agents
      .filter(() => metrics)
      .map(({ seat: { name, plan }, port }) => ({
        ...{ instance: `${name} sidecar`, url: `http://${HOST}:${port}`, labels: { process: plan.name } },
      })),
    async stop() {
      await Promise.all([...journals.values()].map((journal) => journal.flushed()));
      await Promise.all(agents.map(({ program }) => program.stop()));
    },
  };

  function argumentsOf({ name, url }: Seat): string[] {
    const scrapes = [`${url}/metrics`];
    if (topology.sidecars?.engine !== undefined)
      scrapes.push(`http://${HOST}:${places.planOf(name, 0).adminPort}/stats/prometheus?usedonly`);
    const scheme = logs === 'otelcol' ? 'otlp' : 'opensearch';
    return [
      ...['sidecar', 'run', name, '--shop', topology.name],
      ...(logs === undefined
        ? []
        : ['--logs', folderOf(name), '--logs-to', `${scheme}+${world.engines[logs]?.replace(/\/$/, '')}`]),
      ...(metrics ? ['--listen', `${HOST}:${places.agentPort(name)}`] : []),
      ...(metrics ? scrapes.flatMap((scrape) => ['--scrape', scrape]) : []),
    ];
  }
}
