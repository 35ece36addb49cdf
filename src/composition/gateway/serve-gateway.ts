import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { problems } from '../../contracts/problems.ts';
import { guardAdmin } from '../../edges/gateway/admin-guard.ts';
import { type ApiGateway, apiGateway } from '../../edges/gateway/front/api-gateway.ts';
import { gatewayOperatorRoutes, OPERATORS_PATH } from '../../edges/gateway/front/operator-routes.ts';
import { followRouteFile } from '../../edges/gateway/front/reload.ts';
import { networkOf } from '../../edges/gateway/guest-carts.ts';
import { upstreamsOf } from '../../edges/gateway/routes/schema.ts';
import { sleep } from '../../platform/clock/port.ts';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { capabilities } from '../../platform/http/capability.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { takeProxied } from '../../platform/http/proxied.ts';
import { type Readiness, readiness } from '../../platform/http/readiness.ts';
import { createHttpServer } from '../../platform/http/server.ts';
import { localInvalidations } from '../../platform/invalidation/local.ts';
import { openMembership } from '../../platform/membership/membership.ts';
import { openHop } from '../../platform/proxy/hop.ts';
import { createLogger } from '../../platform/telemetry/logger.ts';
import { createMetrics } from '../../platform/telemetry/metrics.ts';
import { createTracing } from '../../platform/telemetry/tracing.ts';
import { apiInfo } from '../api-info.ts';
import { SetupFault } from '../fault.ts';
import { checkPort, listenAt } from '../listen.ts';
import { watchDoor } from '../process/door-watch.ts';
import { openPeers, SHOP } from '../process/engines.ts';
import type { ProcessOptions, ServedProcess } from '../process/serve-process.ts';
import { openSharedState } from '../process/shared-state.ts';
import { sharedSecrets } from '../secrets.ts';
import { derived } from '../shop-engines.ts';
import { collectorOf } from '../telemetry/engine-wiring.ts';
import { addressFrom } from '../topology/addresses.ts';
import type { GatewayEntry } from '../topology/growth.ts';
import { type ProcessPlan, peersOf, replicaName } from '../topology/processes.ts';
import { gatewayListener } from './listener.ts';
import { watchGateway } from './metrics.ts';
import { shopOrigins } from './origins.ts';
import { sharingReads } from './readers.ts';
import { namedRoutes, routeFile } from './routes.ts';
import { trustedFronts } from './trust.ts';

const LOOK_MS = 100;
const DRAIN_MS = 2_000;
/** Less than a supervisor waits before it insists. */
const GRACE_MS = 25_000;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const OWN = new Set(['/livez', '/healthz', '/readyz', '/metrics']);

/**
 * Runs one gateway of a topology: it listens to the shop's processes and is known to none of them, and sends each request to who
 * leads its service or shows its edge. Needs no database. Resolves once everything that its routes lead to is there. Throws a
 * SetupFault for what a person must put right; answers undefined when `signal` was aborted meanwhile.
 */
export async function serveGateway(
  options: ProcessOptions & { readonly plan: ProcessPlan; readonly gateway: GatewayEntry },
): Promise<ServedProcess | undefined> {
  const { settings, topology, plan, gateway: entry, signal } = options;
  const self = replicaName(plan.name, options.replica);
  await checkPort(settings.host, settings.port);
  mkdirSync(settings.home, { recursive: true, mode: 0o700 });
  await using undo = new AsyncDisposableStack();
  const [clock, random] = [systemClock, systemRandom];
  const secrets = sharedSecrets(settings);
  const logger = createLogger({ level: settings.logLevel, pretty: process.stdout.isTTY === true });
  const collector = collectorOf(topology, settings, process.env);
  const tracing = await createTracing({
    ...{ random, ratio: settings.traceRatio, serviceName: plan.name, instance: self },
    ...(collector !== undefined && { otlpEndpoint: collector, logger }),
  });
  undo.defer(() => tracing.close());
  const metrics = createMetrics();
  const ready = readiness();

  const peers = settings.peers ?? peersOf(topology, process.env);
  const discovery = await openPeers(topology, settings, { clock, random }, peers);
  undo.defer(() => discovery.close());
  const token = derived(secrets.capabilitySecret, 'processes of this shop');
  const membership = openMembership({
    ...{ self: { id: self, origin: settings.publicUrl ?? '' }, discovery, name: SHOP, token, clock, random, logger },
    local: localInvalidations(logger),
  });
  undo.defer(() => membership.close());
  const watched = discovery.watch(SHOP, () => {});
  undo.defer(() => watched.close());
  const trusts = trustedFronts(entry, topology.balancer, plan.name);
  const hop = openHop({ clock, trustForwarded: trusts });
  undo.defer(() => hop.close());
  membership.onCut(hop.drop);
  const shared = await openSharedState({ topology, settings, engines: { clock, random }, metrics, logger });
  undo.defer(() => shared.close());

  const instances = () => watched.current().instances;
  const leaders = shopOrigins({ topology, membership, instances, token, clock });
  const origins = sharingReads(leaders, { membership, token, clock });
  const { isThere } = leaders;
  const guests = capabilities(secrets.capabilitySecret);
  const gateway = apiGateway({
    ...{
      table: namedRoutes(entry.routes),
      origins,
      hop,
      limits: shared.rateLimits,
      clock,
      random,
      logger,
      metrics,
      tracing,
    },
    ...{ trusts, drills: entry.drills === true },
    shopperOf(request) {
      try {
        return guests.shopperOf(request);
      } catch {
        return undefined;
      }
    },
    // Addresses of this machine are a proxy that does not tell for whom it asks, or a test: to limit all as one would be worse than not to.
    countedAs: (address) => (LOOPBACK.test(address) ? undefined : networkOf(address)),
  });
  const reload = followRoutes(
    entry,
    gateway,
    logger,
    new Set(Object.keys(topology.services).concat(edgesOf(topology))),
  );
  undo.defer(reload.stop);
  watchGateway(metrics, plan.name, gateway, isThere, reload);

  const http = await createHttpServer({
    ...{ problems, info: apiInfo, logger, metrics, tracing, readiness: ready, clock, random },
  });
  undo.defer(() => http.close());
  guardAdmin(http, secrets.adminToken, new RegExp(`^${OPERATORS_PATH}(/|$)`));
  http.get('/livez', { schema: { hide: true } }, async () => ({ alive: true }));
  await http.register(async (scope) =>
    gatewayOperatorRoutes({ name: plan.name, gateway, reload: reload.now, isThere })(scope as HttpServer),
  );
  await http.ready();

  const certificate = certificateOf(entry, plan.name);
  const listener = gatewayListener(
    (request, response) => {
      const { url = '/' } = request;
      if (OWN.has(url) || url.startsWith(OPERATORS_PATH)) http.routing(request, response);
      else void gateway.handle(request, response);
    },
    { clock, logger, ...(certificate && { certificate }) },
  );
  undo.defer(() => listener.close(GRACE_MS));
  if (topology.balancer?.layer === 4 && topology.balancer.to === plan.name) undo.defer(takeProxied(listener.server));
  watchDoor(listener.server, { metrics, clock });
  await listenAt(listener.server, settings.host, settings.port);

  watchUpstreams(ready, gateway, isThere);
  while (!upstreamsOf(gateway.table).every(isThere)) {
    if (signal?.aborted === true) return undefined;
    await sleep(clock, LOOK_MS, signal);
  }
  ready.enter('ready');
  const closing = undo.move();
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://${settings.host}:${settings.port}`,
    async stop() {
      ready.enter('draining');
      listener.drain();
      // Whoever balances gateways looks at `/readyz` now and then; until it has, requests still come.
      if (topology.balancer?.to === plan.name) await sleep(clock, DRAIN_MS);
      await closing.disposeAsync();
    },
  };
}

/** A gateway that finds nobody should not be asked; one that misses somebody still serves the others, and says whom. */
function watchUpstreams(ready: Readiness, gateway: ApiGateway, isThere: (upstream: string) => boolean): void {
  const missing = () => upstreamsOf(gateway.table).filter((each) => !isThere(each));
  ready.addCheck('shop', () => ({ ok: missing().length < upstreamsOf(gateway.table).length }));
  ready.addCheck('upstreams', () => ({ ok: missing().length === 0, detail: missing() }), 'may wait');
}

export interface FollowedGatewayRoutes {
  /** Why the newest table is not used; undefined when it is. */
  now(): string | undefined;
  readonly stop: () => void;
  readonly used: number;
  readonly refused: number;
}

/** Takes changed routes over; a table that leads to what the topology does not have is refused like one that cannot be read. */
function followRoutes(
  { routes }: GatewayEntry,
  gateway: ApiGateway,
  logger: ReturnType<typeof createLogger>,
  there: ReadonlySet<string>,
): FollowedGatewayRoutes {
  let [used, refused, why] = [0, 0, ''];
  const refuse = (error: unknown) => {
    refused++;
    why = error instanceof Error ? error.message : String(error);
    logger.error({ why }, 'the changed routes cannot be used; the old ones go on');
  };
  const followed = followRouteFile({
    file: resolve(routeFile(routes)),
    use(table) {
      const stranger = upstreamsOf(table).find((each) => !there.has(each));
      if (stranger !== undefined)
        throw new SetupFault(`The routes lead to ${stranger}, which the topology does not have.`);
      used++;
      gateway.replace(table);
      logger.info({ table: table.name, routes: table.routes.length }, 'routes are taken over');
    },
    refuse,
  });
  return {
    now: () => (followed.read() ? undefined : why),
    stop: followed.stop,
    get used() {
      return used;
    },
    get refused() {
      return refused;
    },
  };
}

function edgesOf({ processes = {} }: ProcessOptions['topology']): readonly string[] {
  return Object.values(processes).flatMap(({ edges = [] }) => edges);
}

function certificateOf({ certificate }: GatewayEntry, name: string) {
  if (certificate === undefined) return undefined;
  const fileOf = (key: 'certificateFile' | 'keyFile') =>
    addressFrom(certificate[key], process.env, `processes/${name}/gateway/certificate/${key}`);
  return { certificateFile: fileOf('certificateFile'), keyFile: fileOf('keyFile') };
}
