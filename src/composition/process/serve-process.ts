import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cart } from '../../contracts/cart.ts';
import { guestCartGate } from '../../edges/gateway/guest-carts.ts';
import { folderBlobCache } from '../../platform/blob-cache/folder.ts';
import { sleep } from '../../platform/clock/port.ts';
import { systemRandom } from '../../platform/clock/system.ts';
import { capabilities } from '../../platform/http/capability.ts';
import { takeProxied } from '../../platform/http/proxied.ts';
import { readiness } from '../../platform/http/readiness.ts';
import { storedKeyring } from '../../platform/keyring/stored.ts';
import { openHop } from '../../platform/proxy/hop.ts';
import { createLogger } from '../../platform/telemetry/logger.ts';
import { createMetrics } from '../../platform/telemetry/metrics.ts';
import { createTracing } from '../../platform/telemetry/tracing.ts';
import { countingCommits } from '../compose.ts';
import { remoteDesk } from '../console/desk.ts';
import { contracts as allContracts } from '../contracts.ts';
import { SetupFault } from '../fault.ts';
import { KEYRING } from '../keyring.ts';
import { checkPort, listen } from '../listen.ts';
import { services } from '../registry.ts';
import { sharedSecrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { derived } from '../shop-engines.ts';
import { shownEnvironment } from '../shown-settings.ts';
import { peersBeside } from '../sidecars/places.ts';
import type { World } from '../start-services.ts';
import { noticePlan } from '../teams.ts';
import { collectorOf } from '../telemetry/engine-wiring.ts';
import { peersOf, processesOf, replicaName } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';
import { topologySettings } from '../topology-settings.ts';
import { traffic } from '../traffic.ts';
import { copiesRead } from './copies-read.ts';
import { watchDoor } from './door-watch.ts';
import { openProcessEdges } from './edges.ts';
import { openCarrier, openDatabases, openPeers, SHOP } from './engines.ts';
import { openFrontDoor } from './front-door.ts';
import { leaderRoute } from './leader-route.ts';
import { documentRoutes, wholeDocument } from './merged-document.ts';
import { openProcessNetwork } from './network.ts';
import { observeProcess } from './observe.ts';
import { everybodyLed, fillWhereLed, searchAnswers, watchShop } from './opening.ts';
import { openReaders } from './readers.ts';
import { selfPassage } from './self-passage.ts';
import type { ServiceDoor } from './service-door.ts';
import { byService, type Led } from './service-tenure.ts';
import { remoteKeys } from './shared-keyring.ts';
import { sharedLogs } from './shared-logs.ts';
import { openSharedState } from './shared-state.ts';
import { openTenancies } from './tenancies.ts';

export interface ProcessOptions {
  readonly settings: Settings;
  readonly topology: Topology;
  /** The process's name in the topology. */
  readonly process: string;
  /** Counted from 1. */
  readonly replica: number;
  /** Progress for a person, one line each. */
  readonly say: (line: string) => void;
  /** Goes on with databases that have lost something that this process has seen in them. */
  readonly acceptLoss?: boolean;
  /** Aborting gives the start up; what was started is stopped again. */
  readonly signal?: AbortSignal;
}

export interface ServedProcess {
  readonly url: string;
  /** Hands over what is led here, answers what is under way, stops. */
  stop(): Promise<void>;
}

/** Of what one service can make again. */
const CACHE_FOLDER_BYTES = 256_000_000;
/** A process that says nothing for so long is forgotten by the registry, in ms. */
const LEASE_MS = 10_000;
const DRAIN_MS = 2_000;

/**
 * Runs one process of a topology: it leads the services that it hosts when it is its turn, and answers for the whole shop at its
 * door. Resolves once every service of the shop is led by somebody. Throws a SetupFault for what a person must put right; answers
 * undefined when `signal` was aborted meanwhile.
 */
export async function serveProcess(options: ProcessOptions): Promise<ServedProcess | undefined> {
  const { settings, topology, say, signal } = options;
  const plan = processesOf(topology).find(({ name }) => name === options.process);
  if (plan === undefined) throw unknownProcess(options);
  const self = replicaName(plan.name, options.replica);
  const peers =
    settings.peers ??
    peersBeside(topology, options.process, options.replica, peersOf(topology, process.env), process.env);
  const origin = peers[self];
  if (origin === undefined)
    throw new SetupFault(
      `Nobody says where ${self} answers: set JANGTEO_PEERS to the addresses of all processes, or give them ports in the topology.`,
    );
  await checkPort(settings.host, settings.port);
  mkdirSync(settings.home, { recursive: true, mode: 0o700 });

  await using undo = new AsyncDisposableStack();
  const secrets = sharedSecrets(settings);
  const logger = createLogger({ level: settings.logLevel, pretty: process.stdout.isTTY === true });
  const collector = collectorOf(topology, settings, process.env);
  const tracing = await createTracing({
    ...{ random: systemRandom, ratio: settings.traceRatio, serviceName: plan.name, instance: self },
    ...(collector !== undefined && { otlpEndpoint: collector, logger }),
  });
  undo.defer(() => tracing.close());
  const metrics = createMetrics();
  const ready = readiness();
  const engines = await openDatabases(options, secrets);
  undo.defer(() => engines.close());
  const { clock, random } = engines;

  const contracts = byService(Object.keys(topology.services).flatMap((name) => allContracts[name] ?? []));
  const discovery = await openPeers(topology, settings, engines, peers);
  undo.defer(() => discovery.close());
  discovery.register(SHOP, { id: self, origin, metadata: {} }, { ttlMs: LEASE_MS });
  const token = derived(secrets.capabilitySecret, 'processes of this shop');
  const network = openProcessNetwork({
    ...{ self: { id: self, origin }, shop: SHOP, contracts, engines, logger, tracing },
    ...{ discovery, token },
    guardOf: (service) => topology.services[service]?.guard,
  });
  undo.defer(() => network.close());
  const { membership, calls } = network;
  const logs = await sharedLogs({
    ...{ contracts, engines, membership, logger, metrics },
    carrier: (carried) => openCarrier(topology, settings, carried),
  });
  undo.defer(() => logs.close());

  const url = settings.publicUrl ?? origin;
  const notices = noticePlan(topology, settings, url, logger);
  undo.defer(() => notices.close());
  const counts = traffic();
  observeProcess(counts, metrics);
  const masterKey = Buffer.from(secrets.masterKey, 'base64');
  const guests = capabilities(secrets.capabilitySecret);
  const shared = await openSharedState({ topology, settings, engines, metrics, logger });
  undo.defer(() => shared.close());
  const world: World = {
    ...{ engines, owner: self, calls, logger, tracing, traffic: counts, notices, contracts, capabilities: guests },
    invalidations: membership.invalidations,
    keyring: storedKeyring({ keys: remoteKeys(calls), masterKey, clock, random }),
    metrics: countingCommits(metrics, counts),
    ...(shared.cartCopies && { copies: { [cart.service]: shared.cartCopies } }),
    blobs: (service) => folderBlobCache(join(settings.home, 'cache', service), CACHE_FOLDER_BYTES),
  };
  const led: Led = { parts: [], guards: [], doors: new Map() };
  const { simulated, shown, integrationPlan, settingsOf } = topologySettings(topology, settings, secrets);
  // Behind nothing whoever connects is the client, and behind layer 4 the connection says who is.
  const trustProxy = topology.balancer?.layer === 7;
  const isBehindGateway = processesOf(topology).some(({ gateway }) => gateway !== undefined);
  const mayOpenCart = guestCartGate(shared.rateLimits);
  const copied = await copiesRead(plan.edges, shared.cartCopies, {
    ...{ calls, membership, engines, metrics, settings: settingsOf(cart.service), capabilities: guests },
  });
  undo.defer(() => copied?.close());
  const passage = selfPassage(origin);
  undo.defer(() => passage.close());
  const { http, web } = await openProcessEdges({
    ...{ edges: plan.edges, contracts, readiness: ready, engines, logger, metrics, tracing, capabilities: guests },
    composition: {
      ...{ parts: led.parts, calls: copied?.calls ?? calls, guards: network.guards, traffic: counts },
      ...{ partners: Object.keys(topology.integrations), invalidations: membership.invalidations },
    },
    desks: [...contracts.keys()].map((service) => remoteDesk(service, calls.ask)),
    inside: [...network.routes, documentRoutes(led.doors, token), leaderRoute(plan.services, membership, ready)],
    adminToken: secrets.adminToken,
    consoleSecret: derived(secrets.capabilitySecret, 'console sessions'),
    topology: { name: topology.name, simulated, settings: shown },
    settings: shownEnvironment(settings, process.env),
    passage: passage.ask,
    ...(shared.sessions && { sessionStore: shared.sessions }),
    origin: url,
    appVersions: settings.appVersions,
    // The door takes away what it does not believe.
    trustProxy: trustProxy || isBehindGateway,
    mayOpenCart,
  });
  if (topology.balancer?.layer === 4 && topology.balancer.to === plan.name) {
    const endSilent = takeProxied(http.server);
    http.addHook('preClose', async () => endSilent());
  }
  undo.defer(() => http.close());
  undo.defer(() => membership.stopTelling());
  const hop = openHop({ clock, trustForwarded: trustProxy });
  undo.defer(() => hop.close());
  membership.onCut(hop.drop);
  const doorOptions = {
    ...{ logger, metrics, tracing, clock, random, mayOpenCart, adminToken: secrets.adminToken },
    ...(web && { problemPage: web.problemPage }),
  };
  const copies = await copied?.openDoor(doorOptions);
  undo.defer(() => copies?.door.close());
  const reading = new Map<string, ServiceDoor>();
  openFrontDoor({
    ...{ http, membership, edges: plan.edges, doors: led.doors, reading, hop, token, trustProxy, clock, logger },
    ...(copies && { copies }),
    document: () => wholeDocument(http, led.doors, membership, token),
  });
  watchDoor(http.server, { metrics, tracing, token, clock });
  await listen(http, settings.host, settings.port);

  const hosted = await Promise.all(plan.services.map((name) => services[name]?.()));
  const stopReading = await openReaders({
    ...{ settingsOf, membership, local: network.local, doors: reading, doorOptions },
    definitions: hosted.filter((definition) => definition !== undefined),
  });
  undo.defer(stopReading);
  const tenancies = openTenancies({
    ...{ plan, topology, membership, masterKey, integrationPlan, settingsOf, demo: settings.demo },
    tenureWorld: {
      ...{ world, logs, led, readiness: ready },
      doorOptions,
    },
  });
  undo.defer(() => tenancies.stop());
  undo.defer(() => membership.retire());

  watchShop(network, [...contracts.keys(), KEYRING], ready, metrics);
  await everybodyLed(network, [...contracts.keys(), KEYRING], signal);
  if (settings.demo && plan.services.includes('catalog')) await fillWhereLed(network, say, signal);
  if (plan.services.includes('search')) await searchAnswers(network, settings.demo ? 'something' : 'anything', signal);
  if (signal?.aborted === true) return undefined;
  ready.enter('ready');
  const closing = undo.move();
  return {
    url: origin,
    async stop() {
      ready.enter('draining');
      // A balancer that passes connections through cannot end one that is kept: who asks on it now goes to another process next.
      http.server.prependListener('request', (_request, response) => {
        response.shouldKeepAlive = false;
      });
      // Whoever balances the doors looks at `/readyz` now and then; until it has, requests still come.
      if (plan.edges.length > 0 && topology.balancer !== undefined) await sleep(clock, DRAIN_MS);
      await closing.disposeAsync();
    },
  };
}

function unknownProcess({ process: asked, topology }: ProcessOptions): SetupFault {
  const names = processesOf(topology).map(({ name }) => name);
  const choice = names.length === 0 ? 'it is one process: start it with `jangteo up`' : `use ${names.join(', ')}`;
  return new SetupFault(`The topology ${topology.name} has no process "${asked}": ${choice}.`);
}
