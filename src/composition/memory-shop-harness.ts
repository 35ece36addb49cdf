import { problems } from '../contracts/problems.ts';
import { gateway } from '../edges/gateway/gateway.ts';
import { type SimulatorProcess, simulatorProcess } from '../integrations/simulation/child-harness.ts';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { capabilities } from '../platform/http/capability.ts';
import type { HttpServer } from '../platform/http/port.ts';
import { readiness } from '../platform/http/readiness.ts';
import { createHttpServer } from '../platform/http/server.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import { createTracing, type RunningTracing } from '../platform/telemetry/tracing.ts';
import { apiInfo } from './api-info.ts';
import { type Composition, compose } from './compose.ts';
import { operationsConsole } from './console/console.ts';
import { deskOf } from './console/desk.ts';
import { administration } from './console/view-desk.ts';
import type { Engines } from './engines/engines.ts';
import { memoryEngines } from './engines/memory.ts';
import { openMobileEdges } from './mobile.ts';
import { observe } from './observe.ts';
import { openStorefront } from './pages.ts';
import { watchDoor } from './process/door-watch.ts';
import { observeProcess } from './process/observe.ts';
import { integrations, services } from './registry.ts';

/** Every service, the card processor and the carrier, and the gateway: a whole shop on memory. Ends with its scope. */
export interface MemoryShop extends AsyncDisposable {
  readonly url: string;
  readonly adminToken: string;
  readonly http: HttpServer;
  readonly composition: Composition;
  readonly engines: Engines;
  readonly tracing: RunningTracing;
  readonly processor: SimulatorProcess;
}

const ADMIN_TOKEN = 'admin-token-of-the-tests';
/** What apps are served in tests. */
const APP_VERSIONS = { ios: { minimum: '1.2', current: '2.0.1' }, android: { minimum: '3', current: '3.1' } };
const WEBHOOK_SECRET = 'webhook-secret-of-the-tests';

/** Opens the shop. Traces are kept when their request asks for it, and no others. */
export async function memoryShop(logger: Logger): Promise<MemoryShop> {
  await using undo = new AsyncDisposableStack();
  const processor = undo.use(await simulatorProcess('card-processor'));
  const carrier = undo.use(await simulatorProcess('carrier', [], { CARRIER_WEBHOOK_SECRET: WEBHOOK_SECRET }));
  const tracing = await createTracing({ random: systemRandom, ratio: 0 });
  undo.defer(() => tracing.close());
  const metrics = createMetrics({ nodeMetrics: false });
  const definitions = await Promise.all(Object.values(services).map((load) => load()));
  const doors = [
    { name: 'card-processor', settings: { url: processor.url, openMs: 200 } },
    { name: 'carrier', settings: { url: carrier.url, webhookSecret: WEBHOOK_SECRET } },
  ];
  const integrationPlans = await Promise.all(
    doors.map(async ({ name, settings }) => {
      const definition = await integrations[name]?.();
      if (definition === undefined) throw new Error(`there is no integration ${name}`);
      return { definition, settings };
    }),
  );
  const engines = memoryEngines({ clock: systemClock, random: systemRandom });
  const guard = { timeoutMs: 10_000, concurrent: 64, queued: 1_024, openMs: 1_000 };
  const guests = capabilities('capability-secret-of-the-tests');
  const composition = await compose({
    services: definitions.map((definition) => ({ definition, settings: {}, guard })),
    integrations: integrationPlans,
    engines,
    owner: 'test',
    masterKey: systemRandom.bytes(32),
    capabilities: guests,
    ...{ logger, metrics, tracing },
  });
  undo.defer(() => composition.stop());
  const ready = readiness();
  observe(composition, metrics, ready);
  observeProcess(composition.traffic, metrics);
  const storefront = await openStorefront({
    composition,
    engines,
    capabilities: guests,
    metrics,
    logger,
    origin: 'http://localhost:8080',
  });
  const http = await createHttpServer({
    ...{ problems, problemPage: storefront.problemPage, info: apiInfo, logger, metrics, tracing, readiness: ready },
    ...{ clock: systemClock, random: systemRandom },
  });
  undo.defer(() => http.close());
  const desks = composition.parts.map(deskOf);
  const contracts = new Map(composition.parts.map(({ name, contract }) => [name, contract]));
  await gateway({
    ...{ http, adminToken: ADMIN_TOKEN, readiness: ready, traces: tracing.recent },
    routes: [
      ...composition.routes,
      storefront.routes,
      ...openMobileEdges({ composition, engines, capabilities: guests, logger, metrics, appVersions: APP_VERSIONS }),
      operationsConsole({
        ...{ adminToken: ADMIN_TOKEN, secret: 'console-secret-of-the-tests', composition, desks, contracts },
        ...{ metrics, readiness: ready, clock: systemClock, random: systemRandom },
      }),
    ].map(composition.traffic.watchRoutes),
    ...administration(desks),
  });
  watchDoor(http.server, { metrics, clock: systemClock });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  ready.enter('ready');
  const closing = undo.move();
  return {
    ...{ url, adminToken: ADMIN_TOKEN, http, composition, engines, tracing, processor },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
