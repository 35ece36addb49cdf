import { fileURLToPath } from 'node:url';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { createLogger } from '../../platform/telemetry/logger.ts';
import { openDatabase } from '../database.ts';
import { lockHome, openHome, type Secrets, writeState } from '../home.ts';
import { KEYRING } from '../keyring.ts';
import { checkPort } from '../listen.ts';
import { freePort } from '../programs.ts';
import { sharedSecrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { databasesName, derived, openShopEngines } from '../shop-engines.ts';
import { freeRow } from '../sidecars/places.ts';
import { startSimulators } from '../simulators.ts';
import { openWatch } from '../telemetry/watch.ts';
import { connectionsWanted } from '../topology/connections.ts';
import { withDatabaseOf } from '../topology/database-url.ts';
import type { Topology } from '../topology.ts';
import type { DoorBalancer } from './balancer.ts';
import { startEngines } from './engines.ts';
import { keepGrown } from './growing.ts';
import { checkLosses } from './losses.ts';
import type { HeardLine } from './port.ts';
import { type CommonWorld, replicaEnvironment } from './replica-environment.ts';
import { superviseReplicas } from './replicas.ts';
import { type Seat, type Seats, seatsOf } from './seats.ts';
import { startSidecars } from './sidecars.ts';
import type { StatusRow } from './status-table.ts';
import { whileTelling } from './while-telling.ts';
import { workDone } from './work-done.ts';

export interface SupervisedShopOptions {
  readonly settings: Settings;
  readonly topology: Topology;
  /** Progress for a person, one line each. */
  readonly say: (line: string) => void;
  /** Hears what every process writes. */
  readonly heard: (line: HeardLine) => void;
  /** Told once how to ask what runs. */
  readonly shown: (rows: () => readonly StatusRow[]) => void;
  /** Aborting gives the start up; what was started is stopped again. */
  readonly signal: AbortSignal;
  /** Aborting ends every process at once. */
  readonly force: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  /** Goes on with databases that have lost what was acknowledged. Default: no. */
  readonly acceptLoss?: boolean;
  /** The program that a replica is; it is given `serve <process> --replica N`. Default: this one. */
  readonly entry?: string;
}

export interface SupervisedShop {
  readonly url: string;
  /** Drains the doors, then stops everything else, its engines last. */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));

/**
 * Runs a topology of several processes on this machine: its database and engines, the simulators of other companies, a process
 * for each replica. Throws a SetupFault or a PostgresServerFault for what a person must put right, with everything stopped
 * again; answers undefined when `signal` was aborted meanwhile.
 */
export async function superviseShop(options: SupervisedShopOptions): Promise<SupervisedShop | undefined> {
  const { settings, topology, say, signal, env } = options;
  const { home, host } = settings;
  await using undo = new AsyncDisposableStack();
  const awake = setInterval(() => undefined, 60_000);
  undo.defer(() => clearInterval(awake));
  const givenUp = () => signal.aborted;

  openHome(home);
  undo.defer(await lockHome(home));
  const seats = await seatsOf(topology, { host, port: settings.port, env, freePort, freeRow });
  await checkPort(host, seats.door.port);
  const ours = seats.all.filter(({ isOurs }) => isOurs);
  for (const { host: bound, port } of [...ours, ...seats.reserves])
    if (port !== seats.door.port) await checkPort(bound, port);
  for (const { name, plan, replica } of seats.all.filter(({ isOurs }) => !isOurs))
    say(`${name} runs on another machine: start it there with \`jangteo serve ${plan.name} --replica ${replica}\`.`);

  const secrets = sharedSecrets(settings);
  const database = await openDatabase(withDatabaseOf(topology, settings, env), say, connectionsWanted(topology));
  undo.defer(() => database.stop());
  if (givenUp()) return undefined;
  const engines = await startEngines(topology, { home, env, say, settings });
  undo.defer(() => engines.stop());
  let rows = (): readonly StatusRow[] => engines.rows();
  const watch = await openWatch({ topology, engines, home, say, rows: () => rows() });
  undo.defer(() => watch.close());
  if (givenUp()) return undefined;
  await provisionOnce(options, secrets, database.url);

  const logger = createLogger({ level: settings.logLevel, pretty: process.stdout.isTTY === true });
  const simulation = await startSimulators({
    ...{ topology, demo: settings.demo, home, clock: systemClock, random: systemRandom, logger },
    context: {
      shopUrl: `http://127.0.0.1:${seats.door.port}`,
      secretFor: (purpose) => derived(secrets.capabilitySecret, purpose),
    },
  });
  undo.defer(() => simulation.stop());
  await simulation.ready;
  if (givenUp()) return undefined;

  const sidecars = await startSidecars(topology, seats, {
    ...{ home, env, say, logger, engines: engines.addresses, heard: options.heard },
  });
  undo.defer(() => sidecars.stop());
  if (givenUp()) return undefined;

  const world: CommonWorld = {
    ...{ settings, secrets, env, databaseUrl: database.url, publicUrl: seats.door.url, peersOf: sidecars.peersOf },
    ...{ simulators: simulation.urls, engines: engines.addresses },
  };
  let status: 'running' | 'stopping' | undefined;
  const tellState = () => {
    if (status === undefined) return;
    const { url } = seats.door;
    const programs = rows();
    writeState(home, {
      pid: process.pid,
      url,
      status,
      simulators: simulation.urls,
      topology: settings.topology,
      programs,
    });
  };
  const replicas = superviseReplicas(ours, {
    force: options.force,
    changed() {
      tellTargets();
      tellState();
    },
    heard(line) {
      options.heard(line);
      if (!sidecars.heard(line)) watch.heard(line);
    },
    planOf: (seat) => planOf(seat, world, options.entry ?? MAIN),
  });
  let balancer: DoorBalancer | undefined;
  rows = () => [...(balancer ? [balancer.row()] : []), ...replicas.rows(), ...sidecars.rows(), ...engines.rows()];
  undo.defer(() => replicas.stop());
  const tellTargets = () => watch.ask(scrapedOf(seats, replicas.rows()), sidecars.scraped);
  tellTargets();
  const startGrowing = () => {
    const grown = [...ours, ...seats.reserves];
    return keepGrown({ seats: grown, replicas, workOf: workDone, clock: systemClock, say });
  };
  options.shown(() => rows());
  await whileTelling(say, () => `Waiting for ${replicas.awaited().join(', ')}`, untilAborted(replicas.ready, signal));
  if (givenUp()) return undefined;
  if (topology.balancer !== undefined) {
    const { openBalancer } = await import('./balancer.ts');
    balancer = await openBalancer(topology.balancer, seats, { home, host, env, say, signal });
  }
  undo.defer(() => balancer?.stop());
  undo.defer(() => replicas.stopDoors());
  if (givenUp()) return undefined;
  undo.defer(startGrowing());
  status = 'running';
  tellState();
  if (secrets.made && settings.adminToken === undefined)
    say(`Admin token (kept in ${home}/secrets.json): ${secrets.adminToken}`);

  const closing = undo.move();
  return {
    url: seats.door.url,
    async stop() {
      status = 'stopping';
      tellState();
      await closing.disposeAsync();
    },
  };
}

/** Everybody whom Prometheus asks: those of other machines, and of ours those that are kept running. */
function scrapedOf({ all, reserves }: Seats, rows: readonly StatusRow[]): readonly Seat[] {
  const running = new Set(rows.map(({ name }) => name));
  return [...all, ...reserves].filter(({ isOurs, name }) => !isOurs || running.has(name));
}

function planOf(seat: Seat, world: CommonWorld, entry: string) {
  const args = ['serve', seat.plan.name, '--replica', String(seat.replica)];
  return { name: seat.name, entry, args, env: replicaEnvironment(world, seat) };
}

/**
 * Databases and roles are made here, once, so that no two processes make them at the same time, and held against what was seen in
 * them, for whoever can restore them is here, too.
 */
async function provisionOnce(options: SupervisedShopOptions, secrets: Secrets, adminUrl: string): Promise<void> {
  const { settings, topology, say, acceptLoss = false } = options;
  const logger = createLogger({ level: 'warn' });
  const prefix = settings.databasePrefix ?? 'jangteo';
  const opened = await openShopEngines({ settings, topology, secrets, adminUrl, prefix, logger, say });
  try {
    if (opened.sightOf === undefined) return;
    await checkLosses({
      ...{ home: settings.home, of: databasesName(secrets, adminUrl, prefix), sightOf: opened.sightOf },
      ...{ services: [...Object.keys(topology.services), KEYRING], acceptLoss, say },
    });
  } finally {
    await opened.close();
  }
}

async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([work, aborted]);
}
