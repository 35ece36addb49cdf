import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import type { Addresses } from '../settings.ts';
import { callersOf, freeRow, placesFrom, portsWanted, type SidecarPlaces } from '../sidecars/places.ts';
import { uriOf } from '../sidecars/plan.ts';
import type { Sidecar } from '../sidecars/start.ts';
import type { ScrapeTarget } from '../telemetry/prometheus-config.ts';
import { DEFAULT_TRUST_DOMAIN } from '../topology/sidecars.ts';
import type { Topology } from '../topology.ts';
import { startAgents } from './agents.ts';
import type { HeardLine } from './port.ts';
import type { Seat } from './seats.ts';
import type { StatusRow } from './status-table.ts';
import { whileTelling } from './while-telling.ts';

/** What stands beside the replicas of a shop on this machine. */
export interface StartedSidecars {
  /** Everybody's address as a replica is told it. */
  peersOf(seat: Seat): Addresses;
  /** A replica has written a line; true when it is shipped from here. */
  heard(line: HeardLine): boolean;
  rows(): readonly StatusRow[];
  /** Who of them answers with metrics. */
  readonly scraped: readonly ScrapeTarget[];
  stop(): Promise<void>;
}

interface World {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly logger: Logger;
  /** Where engines listen. */
  readonly engines: Addresses;
  /** Hears what our own sidecars write. */
  readonly heard: (line: HeardLine) => void;
}

/** Starts the proxies that a topology asks for; without any nothing changes. Throws a SetupFault with everything stopped again. */
export async function startSidecars(
  topology: Topology,
  seats: { readonly all: readonly Seat[]; readonly peers: Addresses },
  world: World,
): Promise<StartedSidecars> {
  const { sidecars } = topology;
  if (sidecars === undefined)
    return { peersOf: () => seats.peers, heard: () => false, rows: () => [], scraped: [], stop: async () => undefined };
  const places = placesFrom(topology, sidecars.port ?? (await freeRow(portsWanted(topology))), world.env);
  const ours = seats.all.filter(({ isOurs }) => isOurs);
  const starting = sidecars.engine === undefined ? Promise.resolve([]) : startProxies(topology, ours, places, world);
  await using undo = new AsyncDisposableStack();
  const proxies = await whileTelling(world.say, () => 'Starting the proxies beside the processes', starting);
  undo.defer(async () => void (await Promise.all(proxies.map(({ sidecar }) => sidecar.stop()))));
  const agents = startAgents(topology, ours, places, world);
  undo.defer(() => agents.stop());
  const closing = undo.move();
  return {
    peersOf: (seat) => (sidecars.engine === undefined ? seats.peers : places.peersOf(seat.name, seat.url)),
    heard: agents.heard,
    rows: () => [...proxies.flatMap(({ seat, sidecar }) => rowOf(seat, sidecar)), ...agents.rows()],
    scraped: agents.scraped,
    stop: () => closing.disposeAsync(),
  };
}

async function startProxies(topology: Topology, seats: readonly Seat[], places: SidecarPlaces, world: World) {
  const { mtls = true, trustDomain = DEFAULT_TRUST_DOMAIN } = topology.sidecars ?? {};
  const { home, env, say, logger } = world;
  const [{ startSidecar }, { credentialsOf }] = await Promise.all([
    import('../sidecars/start.ts'),
    import('../sidecars/credentials-of.ts'),
  ]);
  const clock = systemClock;
  const sourceOf = mtls
    ? await credentialsOf(topology.sidecars ?? {}, { shop: topology.name, home, env, clock })
    : undefined;
  const callers = callersOf(topology);
  const outcomes = await Promise.allSettled(
    seats.map(async (seat) => {
      const uri = uriOf(trustDomain, seat.plan.name);
      const sidecar = await startSidecar({
        plan: places.planOf(seat.name, seat.port),
        ...(sourceOf && { identity: { uri, callers, source: sourceOf(seat.name, uri) } }),
        ...{ home, clock, random: systemRandom, logger, say },
      });
      return { seat, sidecar };
    }),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map(({ sidecar }) => sidecar.stop()));
  throw failed.reason;
}

function rowOf({ name }: Seat, { engine, restarts, since }: Sidecar): StatusRow[] {
  const [process] = engine.processes();
  const shown = { name: `${name} envoy`, restarts: restarts(), port: engine.ports.main, since: since() };
  return [process === undefined ? { ...shown, state: 'restarting' } : { ...shown, state: 'running', pid: process.pid }];
}
