import type { Contract } from '../kernel/contract.ts';
import type { Collection } from '../kernel/view.ts';
import type { BlobCache } from '../platform/blob-cache/port.ts';
import { logBus } from '../platform/bus/log.ts';
import { followOwnLog, ownSource } from '../platform/bus/own.ts';
import type { Bus } from '../platform/bus/port.ts';
import type { Caches } from '../platform/cache/port.ts';
import type { Calls } from '../platform/calls/port.ts';
import { eventStoreCollections, openEventStore } from '../platform/event-store/open.ts';
import type { EventStore } from '../platform/event-store/port.ts';
import { tracedEventStore } from '../platform/event-store/traced.ts';
import { admissions } from '../platform/hospital/admissions.ts';
import { openHospital } from '../platform/hospital/hospital.ts';
import { type Notifier, openNotifier } from '../platform/hospital/notifier.ts';
import type { Hospital } from '../platform/hospital/port.ts';
import { hospitalCollections } from '../platform/hospital/records.ts';
import { rehearsedStore } from '../platform/hospital/rehearsal.ts';
import { openWard } from '../platform/hospital/ward.ts';
import type { Capabilities } from '../platform/http/port.ts';
import type { Invalidations } from '../platform/invalidation/port.ts';
import type { Keyring } from '../platform/keyring/port.ts';
import type { GuardSettings } from '../platform/resilience/guard.ts';
import { sagaCollections } from '../platform/sagas/run-document.ts';
import { type SagaRunner, sagaRunner } from '../platform/sagas/runner.ts';
import type { RunningService, ServiceDefinition, ServiceKit } from '../platform/service/port.ts';
import { coalescedReads } from '../platform/storage/coalesced-reads.ts';
import type { OutboxFeed, Storage } from '../platform/storage/port.ts';
import { keepRetention } from '../platform/storage/retention.ts';
import { runSubscription, type SubscriptionRunner } from '../platform/subscriptions/runner.ts';
import { tracedSubscription } from '../platform/subscriptions/traced.ts';
import { treatmentOf } from '../platform/subscriptions/treatment.ts';
import type { Logger, Metrics, Tracing } from '../platform/telemetry/port.ts';
import { viewCollections } from '../platform/views/records.ts';
import { runView, type ViewRunner } from '../platform/views/runner.ts';
import type { Engines, StorageNeed } from './engines/engines.ts';
import type { NoticePlan } from './teams.ts';

/** A service with what its topology says of it. */
export interface ServicePlan {
  readonly definition: ServiceDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly guard?: GuardSettings;
}

/** A service whose database is open, ready to start. */
export interface OpenedService {
  readonly name: string;
  readonly contract: Contract;
  readonly definition: ServiceDefinition;
  readonly guard?: GuardSettings;
  readonly storage: Storage;
  readonly feed: OutboxFeed;
  readonly store: EventStore;
  /** The fence of the lease that it was opened by. */
  readonly term: number;
  readonly sagas: SagaRunner;
  /** At rest until the service is settled. */
  readonly notifier: Notifier;
  readonly views: ReadonlyMap<string, ViewRunner>;
  /** Its own log whole, not only what leaves it. */
  readonly ownBus: Bus;
  readonly start: () => Promise<RunningService>;
  /** Finishes what was taken and closes store, storage and feed. */
  readonly close: () => Promise<void>;
}

/** A service at work: it answers, hears and remembers. */
export interface Part extends Omit<OpenedService, 'start' | 'close' | 'guard'> {
  readonly running: RunningService;
  readonly subscriptions: readonly SubscriptionRunner[];
  readonly hospital: Hospital;
  /** Stops hearing and driving; the store stays open. */
  readonly stop: () => Promise<void>;
}

export interface Settled {
  readonly service: OpenedService;
  readonly running: RunningService;
}

/** All that a service's database holds. */
export function needOf(definition: ServiceDefinition): StorageNeed {
  const documents = definition.aggregates.flatMap((aggregate) => aggregate.document?.collection ?? []);
  const all: Collection[] = [
    ...eventStoreCollections,
    ...sagaCollections,
    ...hospitalCollections,
    ...documents,
    ...definition.collections,
    ...viewCollections(...definition.views),
  ];
  return {
    service: definition.contract.service,
    collections: [...new Map(all.map((collection) => [collection.name, collection])).values()],
    published: Object.keys(definition.contract.events),
  };
}

/** What a service finds around it when it opens. */
export interface ServiceWorld {
  readonly engines: Engines;
  readonly owner: string;
  readonly calls: Calls;
  readonly keyring: Keyring;
  readonly capabilities: Capabilities;
  readonly invalidations: Invalidations;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'watch' | 'groupCommitted'>;
  readonly tracing: Tracing;
  readonly notices: NoticePlan;
  readonly blobs: BlobCache;
  /** For copies of what the service answers, where the topology keeps them. */
  readonly copies?: Caches;
  /** Ends the waiting for partitions that another process owns. */
  readonly signal?: AbortSignal;
  /** A partition was taken over by another process. */
  readonly onLost?: () => void;
}

export async function openService(plan: ServicePlan, world: ServiceWorld): Promise<OpenedService> {
  const { definition, settings, guard } = plan;
  const { engines, owner, calls, keyring, capabilities, invalidations, metrics, tracing, blobs } = world;
  const { clock, random } = engines;
  const { contract } = definition;
  const name = contract.service;
  const logger = world.logger.child({ service: name });
  const need = needOf(definition);
  const storage = await engines.storageFor(need);
  const feed = await engines.feedOf(need);
  const opened = await openEventStore({
    ...{ storage, aggregates: definition.aggregates, clock, random, owner, logger },
    ...(engines.cacheEntries !== undefined && { cacheEntries: engines.cacheEntries }),
    ...(world.signal && { signal: world.signal }),
    ...(world.onLost && { onLost: world.onLost }),
    groupCommitted: (works, seconds) => metrics.groupCommitted(name, works, seconds),
  }).catch(async (error: unknown) => {
    await feed.close();
    await storage.close();
    throw error;
  });
  const store = rehearsedStore(tracedEventStore(opened, tracing, name));
  const { schedule, escalateFrom } = world.notices;
  const notifier = openNotifier({
    ...{ service: name, store, storage, clock, random, logger, schedule, escalateFrom },
    ...world.notices.of(name),
  });
  const sagas = sagaRunner({
    service: name,
    store,
    documents: storage,
    calls,
    keyring,
    clock,
    random,
    logger,
    tracing,
  });
  const stopRetention = keepRetention(storage, { clock, logger });
  const source = ownSource(storage, store, definition.aggregates);
  const follower = followOwnLog(source, { clock });
  const running = definition.views.map(async (view) => {
    const runner = await runView(view, { service: name, follower, store, storage, clock, random, logger });
    return [view.name, runner] as const;
  });
  const views = new Map(await Promise.all(running));
  const kit: ServiceKit = {
    documents: { log: storage.log, query: storage.query, documents: coalescedReads(storage) },
    ...{ store, sagas, keyring, capabilities, invalidations, blobs, clock, random, logger, metrics, settings },
    client: calls.client,
    hospital: admissions({ store, storage, clock, onAdmitted: notifier.nudge }),
    ownLog: storage,
    ...(world.copies && { copies: world.copies }),
    view: (wanted) => {
      const runner = views.get(wanted);
      if (runner === undefined) throw new Error(`${name} has no view ${wanted}`);
      return runner.view;
    },
  };
  return {
    ...{ name, contract, definition, storage, feed, store, sagas, notifier, views, term: opened.term },
    ownBus: logBus({ sources: { [name]: source }, clock, random, logger }),
    ...(guard && { guard }),
    start: async () => definition.start(kit),
    async close() {
      await stopRetention();
      await Promise.all([...views.values()].map((view) => view.close()));
      follower.close();
      await store.close();
      await feed.close();
      await storage.close();
    },
  };
}

/** Lets a started service hear what it subscribes to and take up its sagas. All services must be started before. */
export async function settle(
  { service, running }: Settled,
  world: {
    readonly engines: Engines;
    readonly bus: Bus;
    readonly logger: Logger;
    readonly tracing: Tracing;
    readonly contracts: ReadonlyMap<string, Contract>;
  },
): Promise<Part> {
  const { name, store, storage, sagas, notifier, ownBus } = service;
  const { clock, random } = world.engines;
  const logger = world.logger.child({ service: name });
  const ownEvents = Object.assign({}, ...service.definition.aggregates.map(({ events }) => events));
  const specs = (running.subscriptions ?? []).map((spec) => tracedSubscription(spec, world.tracing, name));

  const subscriptions = specs.map((spec) => {
    const bus = spec.source === name ? ownBus : world.bus;
    const ward = openWard(storage, spec.name);
    const onAdmitted = notifier.nudge;
    return runSubscription(spec, { service: name, bus, store, storage, ward, clock, random, logger, onAdmitted });
  });
  const hospital = openHospital({
    ...{ store, storage, clock, random, logger, onAdmitted: notifier.nudge },
    actions: running.caseActions ?? {},
    treatments: (subscription) => {
      const spec = specs.find((each) => each.name === subscription);
      if (spec === undefined) return undefined;
      const events = spec.source === name ? ownEvents : (world.contracts.get(spec.source)?.events ?? {});
      return treatmentOf(spec, { store, clock, events });
    },
  });
  for (const wiring of running.sagas ?? []) sagas.wire(wiring);
  if (running.sagas !== undefined) await sagas.start();
  notifier.start();

  const { contract, definition, feed, views, term } = service;
  return {
    ...{ name, contract, definition, storage, feed, store, term, sagas, notifier, views, ownBus },
    ...{ running, subscriptions, hospital },
    async stop() {
      await Promise.all(subscriptions.map((subscription) => subscription.stop()));
      await hospital.close();
      await notifier.close();
      await sagas.close();
      await ownBus.close();
    },
  };
}
