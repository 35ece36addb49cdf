import { join } from 'node:path';
import { problems } from '../contracts/problems.ts';
import { gateway } from '../edges/gateway/gateway.ts';
import { guestCartGate } from '../edges/gateway/guest-carts.ts';
import { folderBlobCache } from '../platform/blob-cache/folder.ts';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { capabilities } from '../platform/http/capability.ts';
import { readiness } from '../platform/http/readiness.ts';
import { createHttpServer } from '../platform/http/server.ts';
import { memoryRateLimits } from '../platform/rate-limit/memory.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import { createTracing } from '../platform/telemetry/tracing.ts';
import { apiInfo } from './api-info.ts';
import { type Composition, compose } from './compose.ts';
import { operationsConsole } from './console/console.ts';
import { deskOf } from './console/desk.ts';
import { administration } from './console/view-desk.ts';
import { openDatabase } from './database.ts';
import { lockHome, openHome, writeState } from './home.ts';
import { checkPort, listen } from './listen.ts';
import { openMobileEdges } from './mobile.ts';
import { observe } from './observe.ts';
import { openStorefront } from './pages.ts';
import { watchDoor } from './process/door-watch.ts';
import { observeProcess } from './process/observe.ts';
import { freePort } from './programs.ts';
import { integrations, known, services } from './registry.ts';
import { fillEmptyShop } from './sample.ts';
import { sharedSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { databasesName, derived, openShopEngines } from './shop-engines.ts';
import { shownEnvironment } from './shown-settings.ts';
import { type Simulation, startSimulators } from './simulators.ts';
import { noticePlan } from './teams.ts';
import { readTopology, type Topology } from './topology.ts';
import { WITNESS, witnessedEngines } from './witness.ts';

/** Of what one service can make again. */
const CACHE_FOLDER_BYTES = 256_000_000;

export interface ShopOptions {
  readonly settings: Settings;
  /** Progress for a person, one line each. */
  readonly say: (line: string) => void;
  /** Aborting gives the start up; what was started is stopped again. */
  readonly signal?: AbortSignal;
  /** Begins the names of databases and roles. Default `jangteo`. */
  readonly databasePrefix?: string;
  /** Goes on with databases that have lost what they had acknowledged. Default false. */
  readonly acceptLoss?: boolean;
}

export interface Shop {
  readonly url: string;
  readonly adminToken: string;
  readonly composition: Composition;
  /** Addresses of the simulators, by integration. */
  readonly simulators: Readonly<Record<string, string>>;
  /** Drains: answers what is under way, finishes what was taken, stops everything that was started. */
  stop(): Promise<void>;
}

/**
 * Opens the shop that a topology describes. Throws a SetupFault or a PostgresServerFault for what a person must put right, with
 * everything stopped again; answers undefined when `signal` was aborted meanwhile.
 */
export async function startShop(options: ShopOptions): Promise<Shop | undefined> {
  const { settings, say, signal } = options;
  await using undo = new AsyncDisposableStack();
  // The shop's own timers keep no process alive: a slow start, or its undoing, must not end in silence.
  const awake = setInterval(() => undefined, 60_000);
  undo.defer(() => clearInterval(awake));
  const givenUp = () => signal?.aborted === true;

  const topology = readTopology(settings.topology, known);
  openHome(settings.home);
  undo.defer(await lockHome(settings.home));
  const port = settings.port === 0 ? await freePort() : settings.port;
  await checkPort(settings.host, port);
  const secrets = sharedSecrets(settings);
  const url = `http://localhost:${port}`;

  const logger = createLogger({ level: settings.logLevel, pretty: process.stdout.isTTY === true });
  const tracing = await createTracing({
    random: systemRandom,
    ratio: settings.traceRatio,
    ...(settings.tracesUrl && { otlpEndpoint: settings.tracesUrl, logger }),
  });
  undo.defer(() => tracing.close());
  const metrics = createMetrics();
  const ready = readiness();

  const loading = loadDefinitions(topology, settings.demo);
  loading.catch(() => undefined);
  const database = await openDatabase(settings, say);
  undo.defer(() => database.stop());
  if (givenUp()) return undefined;

  const simulation = await startSimulators({
    topology,
    demo: settings.demo,
    home: settings.home,
    context: {
      shopUrl: `http://127.0.0.1:${port}`,
      secretFor: (purpose) => derived(secrets.capabilitySecret, purpose),
    },
    ...{ clock: systemClock, random: systemRandom, logger },
  });
  undo.defer(() => simulation.stop());

  const prefix = options.databasePrefix ?? 'jangteo';
  const engines = witnessedEngines(
    await openShopEngines({ settings, topology, secrets, adminUrl: database.url, prefix, logger, say }),
    {
      file: join(settings.home, WITNESS),
      of: databasesName(secrets, settings.databaseUrl ?? '', prefix),
      acceptLoss: options.acceptLoss === true,
      say,
    },
  );
  if (givenUp()) return undefined;
  const { servicePlans, integrationPlans } = withSettings(await loading, topology, simulation);
  const notices = noticePlan(topology, settings, url, logger);
  undo.defer(() => notices.close());
  const guests = capabilities(secrets.capabilitySecret);
  const composition = await compose({
    notices,
    blobs: (service) => folderBlobCache(join(settings.home, 'cache', service), CACHE_FOLDER_BYTES),
    services: servicePlans,
    integrations: integrationPlans,
    engines,
    owner: `shop-${derived(secrets.rolePasswordSeed, 'owner').slice(0, 12)}`,
    masterKey: Buffer.from(secrets.masterKey, 'base64'),
    capabilities: guests,
    logger,
    metrics,
    tracing,
  });
  undo.defer(() => composition.stop());
  observe(composition, metrics, ready);
  observeProcess(composition.traffic, metrics);

  const mayOpenCart = guestCartGate(memoryRateLimits(systemClock));
  const storefront = await openStorefront({
    composition,
    engines,
    capabilities: guests,
    metrics,
    logger,
    origin: settings.publicUrl ?? url,
    mayOpenCart,
  });
  const mobile = openMobileEdges({
    ...{ composition, engines, capabilities: guests, logger, metrics, mayOpenCart },
    appVersions: settings.appVersions,
  });
  const http = await createHttpServer({
    ...{ problems, problemPage: storefront.problemPage, info: apiInfo, logger, metrics, tracing, readiness: ready },
    ...{ clock: systemClock, random: systemRandom },
  });
  undo.defer(() => http.close());
  const { adminToken } = secrets;
  const desks = composition.parts.map(deskOf);
  const contracts = new Map(composition.parts.map(({ name, contract }) => [name, contract]));
  const console = operationsConsole({
    ...{ adminToken, secret: derived(secrets.capabilitySecret, 'console sessions') },
    ...{ composition, desks, contracts, metrics, readiness: ready, clock: systemClock, random: systemRandom },
    topology: { name: topology.name, ...partsIn(topology) },
    settings: shownEnvironment(settings, process.env),
  });
  await gateway({
    ...{ http, adminToken, readiness: ready, traces: tracing.recent, mayOpenCart },
    routes: [...composition.routes, storefront.routes, ...mobile, console].map(composition.traffic.watchRoutes),
    ...administration(desks),
  });
  await simulation.ready;
  watchDoor(http.server, { metrics, clock: systemClock });
  await listen(http, settings.host, port);
  if (settings.demo) await fillEmptyShop(composition.calls, say);
  if (givenUp()) return undefined;
  ready.enter('ready');
  writeState(settings.home, { pid: process.pid, url, status: 'running', simulators: simulation.urls });
  if (secrets.made && settings.adminToken === undefined)
    say(`Admin token (kept in ${join(settings.home, 'secrets.json')}): ${secrets.adminToken}`);

  const closing = undo.move();
  return {
    url,
    adminToken,
    composition,
    simulators: simulation.urls,
    async stop() {
      try {
        writeState(settings.home, { pid: process.pid, url, status: 'stopping' });
      } catch (error) {
        // On a full disk nothing can be told; a start that comes meanwhile has less patience, and that is all.
        logger.warn({ err: error }, 'the state of the shop cannot be written');
      }
      await closing.disposeAsync();
    },
  };
}

/** The parts of a topology that run now. */
async function loadDefinitions(topology: Topology, demo: boolean) {
  const wanted = Object.entries(topology.integrations).filter(([, { when }]) => when !== 'demo' || demo);
  const [loadedServices, loadedIntegrations] = await Promise.all([
    Promise.all(Object.keys(topology.services).map((name) => services[name]?.())),
    Promise.all(wanted.map(([name]) => integrations[name]?.())),
  ]);
  return {
    services: loadedServices.filter((each) => each !== undefined),
    integrations: loadedIntegrations.filter((each) => each !== undefined),
  };
}

/** What the topology says to each part, and whose other side is simulated. */
function partsIn({ services: ours, integrations: theirs }: Topology) {
  const ofServices = Object.entries(ours).map(
    ([name, { settings = {}, guard }]) => [name, guard === undefined ? settings : { ...settings, guard }] as const,
  );
  const ofPartners = Object.entries(theirs).map(([name, { settings = {} }]) => [name, settings] as const);
  return {
    simulated: Object.keys(theirs).filter((name) => theirs[name]?.simulator !== undefined),
    settings: Object.fromEntries([...ofServices, ...ofPartners]),
  };
}

function withSettings(loaded: Awaited<ReturnType<typeof loadDefinitions>>, topology: Topology, simulation: Simulation) {
  const servicePlans = loaded.services.map((definition) => {
    const { settings = {}, guard } = topology.services[definition.contract.service] ?? {};
    return { definition, settings, ...(guard && { guard }) };
  });
  const integrationPlans = loaded.integrations.map((definition) => {
    const name = definition.contract.service;
    return { definition, settings: { ...simulation.settings[name], ...topology.integrations[name]?.settings } };
  });
  return { servicePlans, integrationPlans };
}
