import type { Contract } from '../kernel/contract.ts';
import { memoryBlobCache } from '../platform/blob-cache/memory.ts';
import type { BlobCache } from '../platform/blob-cache/port.ts';
import { logBus } from '../platform/bus/log.ts';
import type { Bus } from '../platform/bus/port.ts';
import { localCalls } from '../platform/calls/local.ts';
import type { Calls } from '../platform/calls/port.ts';
import { rehearsalPolicy } from '../platform/hospital/rehearsal.ts';
import type { Capabilities, HttpRoutes } from '../platform/http/port.ts';
import { localInvalidations } from '../platform/invalidation/local.ts';
import type { Invalidations } from '../platform/invalidation/port.ts';
import { type Guard, type GuardSettings, guardOf } from '../platform/resilience/guard.ts';
import { compose as inOrder } from '../platform/resilience/port.ts';
import type { IntegrationDefinition, RunningService } from '../platform/service/port.ts';
import { WrongSettings } from '../platform/service/settings.ts';
import type { Logger, Metrics, Tracing } from '../platform/telemetry/port.ts';
import { noMetrics, noTracing } from '../platform/telemetry/silent.ts';
import type { Engines } from './engines/engines.ts';
import { SetupFault } from './fault.ts';
import { type OpenedKeyring, openKeyring } from './keyring.ts';
import { openService, type Part, type ServicePlan, type Settled, settle } from './part.ts';
import { policies } from './policies.ts';
import { logOnly, type NoticePlan } from './teams.ts';
import { type Traffic, traffic } from './traffic.ts';

type Settings = Readonly<Record<string, unknown>>;

export interface IntegrationPlan {
  readonly definition: IntegrationDefinition;
  readonly settings: Settings;
}

export interface CompositionPlan {
  readonly services: readonly ServicePlan[];
  readonly integrations: readonly IntegrationPlan[];
  readonly engines: Engines;
  /** Names this process to the databases; no other living process may bear the name. */
  readonly owner: string;
  readonly masterKey: Uint8Array;
  readonly capabilities: Capabilities;
  readonly logger: Logger;
  readonly metrics?: Pick<Metrics, 'watch' | 'groupCommitted'>;
  readonly tracing?: Tracing;
  /** Who is told of cases in the hospitals; the log alone, unless said otherwise. */
  readonly notices?: NoticePlan;
  /** Where a service keeps bytes that it can make again. Default: in memory. */
  readonly blobs?: (service: string) => BlobCache;
  /** What lies between the services: a simulation loses, repeats and delays there. Default: nothing. */
  readonly between?: { readonly calls: (calls: Calls) => Calls; readonly bus: (bus: Bus) => Bus };
}

/** Services at work in this process. */
export interface Composition {
  readonly parts: readonly Part[];
  readonly keyring: Pick<OpenedKeyring, 'reach'>;
  readonly guards: readonly Guard[];
  readonly calls: Calls;
  readonly invalidations: Invalidations;
  readonly routes: readonly HttpRoutes[];
  /** The integrations, by name. */
  readonly partners: readonly string[];
  /** What goes from part to part. */
  readonly traffic: Traffic;
  /** Stops hearing, finishes what was taken, closes everything but the engines' connections, then those. */
  stop(): Promise<void>;
}

const MEMORY_BLOB_BYTES = 8_000_000;

/**
 * Turns service values into running services: opens their databases, starts them, lets them call and hear each other. The same
 * code runs the shop on PostgreSQL and a simulation on memory. When something fails, what was opened is closed again.
 */
export async function compose(plan: CompositionPlan): Promise<Composition> {
  const { engines, logger, owner, tracing = noTracing, between } = plan;
  const counts = traffic();
  const metrics = countingCommits(plan.metrics ?? noMetrics, counts);
  const notices = plan.notices ?? logOnly(logger);
  const blobs = plan.blobs ?? (() => memoryBlobCache(MEMORY_BLOB_BYTES));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => engines.close());

  const local = localCalls(logger, tracing);
  const calls = between?.calls(local) ?? local;
  const invalidations = localInvalidations(logger);
  const keyring = await openKeyring({ engines, owner, masterKey: plan.masterKey, logger, metrics });
  undo.defer(() => keyring.close());
  const openings = await Promise.allSettled(
    plan.services.map((service) =>
      openService(service, {
        engines,
        owner,
        calls: counts.callsFrom(service.definition.contract.service, calls),
        keyring,
        logger,
        capabilities: plan.capabilities,
        invalidations,
        metrics,
        tracing,
        notices,
        blobs: blobs(service.definition.contract.service),
      }),
    ),
  );
  const opened = openings.flatMap((opening) => (opening.status === 'fulfilled' ? [opening.value] : []));
  for (const service of opened) undo.defer(() => service.close());
  for (const { name, store } of opened) counts.watchCommits(name, store);
  // Not before all have come to an end: what opens after its neighbour has failed must be closed as well.
  for (const opening of openings) if (opening.status === 'rejected') throw opening.reason;

  const log = logBus({
    sources: Object.fromEntries(
      opened.map(({ name, feed, store, contract }) => [name, sourceOf(feed, store, contract)]),
    ),
    clock: engines.clock,
    random: engines.random,
    logger,
  });
  const bus = between?.bus(log) ?? log;
  undo.defer(() => bus.close());

  const guards: Guard[] = [];
  const serve = (contract: Contract, running: RunningService, outside: boolean, guard?: GuardSettings) => {
    const guarding = guard === undefined ? undefined : guardOf(contract.service, guard, engines.clock, logger);
    if (guarding !== undefined) guards.push(guarding);
    const rehearsing = rehearsalPolicy(contract, outside);
    const guarded = policies(guarding, engines);
    calls.serve(contract, running.handlers, (call) => inOrder(rehearsing(call), guarded(call)));
    if (running.stop !== undefined) undo.defer(running.stop);
  };

  const routes: HttpRoutes[] = [];
  const named = (each: HttpRoutes, part: string) => {
    counts.ownRoutes(part, each);
    return each;
  };
  const started: Settled[] = [];
  for (const service of opened) {
    const running = await inTopology(service.name, service.start);
    serve(service.contract, running, false, service.guard);
    if (running.routes !== undefined) routes.push(named(running.routes, service.name));
    const subscriptions = (running.subscriptions ?? []).map((spec) => counts.heardBy(service.name, spec));
    started.push({ service, running: { ...running, subscriptions } });
  }
  for (const { definition, settings } of plan.integrations) {
    const integration = definition.contract.service;
    const { clock, random } = engines;
    const { client } = counts.callsFrom(integration, calls);
    const kit = { client, clock, random, logger: logger.child({ integration }), settings };
    const running = await inTopology(integration, () => definition.start(kit));
    serve(definition.contract, running, true, running.guard);
    if (running.routes !== undefined) routes.push(named(running.routes, integration));
  }
  const contracts = new Map(opened.map(({ name, contract }) => [name, contract]));
  const parts = await Promise.all(started.map((each) => settle(each, { engines, bus, logger, tracing, contracts })));
  for (const part of parts) undo.defer(() => part.stop());

  const closing = undo.move();
  const stop = () => closing.disposeAsync();
  const partners = plan.integrations.map(({ definition }) => definition.contract.service);
  return { parts, keyring, guards, calls, invalidations, routes, partners, traffic: counts, stop };
}

function countingCommits({ watch, groupCommitted }: typeof noMetrics, counts: Traffic): typeof noMetrics {
  return {
    watch,
    groupCommitted(service, works, seconds) {
      counts.groupCommitted(service, works);
      groupCommitted(service, works, seconds);
    },
  };
}

function sourceOf(feed: Part['feed'], store: Part['store'], contract: Contract) {
  return { feed, events: contract.events, onCommitted: store.onCommitted };
}

/** Settings are validated by whom they are for; what is wrong with them is wrong in the topology. */
async function inTopology<Running>(name: string, start: () => Running | Promise<Running>): Promise<Running> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof WrongSettings || error instanceof RangeError)
      throw new SetupFault(`The settings of ${name} in the topology are wrong: ${(error as Error).message}.`, {
        cause: error,
      });
    throw error;
  }
}
