import { memoryBlobCache } from '../platform/blob-cache/memory.ts';
import type { BlobCache } from '../platform/blob-cache/port.ts';
import { logBus } from '../platform/bus/log.ts';
import type { Bus } from '../platform/bus/port.ts';
import { localCalls } from '../platform/calls/local.ts';
import type { Calls } from '../platform/calls/port.ts';
import type { Capabilities, HttpRoutes } from '../platform/http/port.ts';
import { localInvalidations } from '../platform/invalidation/local.ts';
import type { Invalidations } from '../platform/invalidation/port.ts';
import type { Guard } from '../platform/resilience/guard.ts';
import type { Logger, Metrics, Tracing } from '../platform/telemetry/port.ts';
import { noMetrics, noTracing } from '../platform/telemetry/silent.ts';
import type { Engines } from './engines/engines.ts';
import { type OpenedKeyring, openKeyring } from './keyring.ts';
import type { OpenedService, Part, ServicePlan } from './part.ts';
import { type IntegrationPlan, startServices } from './start-services.ts';
import { logOnly, type NoticePlan } from './teams.ts';
import { type Traffic, traffic } from './traffic.ts';

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
  await using undo = new AsyncDisposableStack();
  undo.defer(() => engines.close());

  const local = localCalls(logger, tracing);
  const calls = between?.calls(local) ?? local;
  const invalidations = localInvalidations(logger);
  const keyring = await openKeyring({ engines, owner, masterKey: plan.masterKey, logger, metrics });
  undo.defer(() => keyring.close());

  const ownLogs = (opened: readonly OpenedService[]) =>
    logBus({
      sources: Object.fromEntries(opened.map((each) => [each.name, sourceOf(each)])),
      clock: engines.clock,
      random: engines.random,
      logger,
    });
  let bus: Bus | undefined;
  undo.defer(async () => bus?.close());
  const started = await startServices(
    {
      services: plan.services,
      integrations: plan.integrations,
      busFor(opened) {
        const log = ownLogs(opened);
        bus = between?.bus(log) ?? log;
        return bus;
      },
    },
    {
      ...{ engines, owner, calls, keyring, invalidations, logger, metrics, tracing, traffic: counts },
      capabilities: plan.capabilities,
      notices: plan.notices ?? logOnly(logger),
      blobs: plan.blobs ?? (() => memoryBlobCache(MEMORY_BLOB_BYTES)),
      contracts: new Map(plan.services.map(({ definition: { contract } }) => [contract.service, contract])),
    },
  );
  undo.defer(() => started.stop());

  const closing = undo.move();
  const stop = () => closing.disposeAsync();
  const partners = plan.integrations.map(({ definition }) => definition.contract.service);
  const { parts, guards, routes } = started;
  return { parts, keyring, guards, calls, invalidations, routes, partners, traffic: counts, stop };
}

/** The same metrics; what is committed is counted, too. */
export function countingCommits({ watch, groupCommitted }: typeof noMetrics, counts: Traffic): typeof noMetrics {
  return {
    watch,
    groupCommitted(service, works, seconds) {
      counts.groupCommitted(service, works);
      groupCommitted(service, works, seconds);
    },
  };
}

function sourceOf({ feed, store, contract }: OpenedService) {
  return { feed, events: contract.events, onCommitted: store.onCommitted };
}
