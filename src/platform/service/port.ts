import type { Client, Contract, Handlers } from '../../kernel/contract.ts';
import type { Collection, ViewDefinition } from '../../kernel/view.ts';
import type { BlobCache } from '../blob-cache/port.ts';
import type { Caches } from '../cache/port.ts';
import type { Clock, Random } from '../clock/port.ts';
import type { AnyAggregate } from '../event-store/aggregate.ts';
import type { EventStore } from '../event-store/port.ts';
import type { Admissions, CaseAction } from '../hospital/port.ts';
import type { Capabilities, HttpRoutes } from '../http/port.ts';
import type { Invalidations } from '../invalidation/port.ts';
import type { Keyring } from '../keyring/port.ts';
import type { GuardSettings } from '../resilience/guard.ts';
import type { Sagas, SagaWiring } from '../sagas/port.ts';
import type { Storage } from '../storage/port.ts';
import type { SubscriptionSpec } from '../subscriptions/port.ts';
import type { Logger, Metrics } from '../telemetry/port.ts';
import type { View } from '../views/port.ts';

/** A service as a value: what it promises and keeps, and how it starts. A topology decides where. */
export interface ServiceDefinition<C extends Contract = Contract> {
  readonly contract: C;
  readonly aggregates: readonly AnyAggregate[];
  /** Collections that are neither an aggregate's document nor a view's. */
  readonly collections: readonly Collection[];
  readonly views: readonly ViewDefinition[];
  readonly start: (kit: ServiceKit) => RunningService<C> | Promise<RunningService<C>>;
  /**
   * What every process that hosts the service answers, leading it or not, because it needs nothing of the leader; undefined where the
   * settings leave nothing of the kind.
   */
  readonly reader?: (kit: ReaderKit) => Promise<RunningReader<C> | undefined>;
}

export type ReaderKit = Pick<ServiceKit, 'clock' | 'random' | 'logger' | 'metrics' | 'settings'>;

/** Reads of a service at work beside its leader. */
export interface RunningReader<C extends Contract = Contract> {
  /** Queries alone. */
  readonly handlers: Partial<Handlers<C>>;
  /** Routes that only read. */
  readonly routes?: HttpRoutes;
  readonly stop?: () => Promise<void>;
}

/** What a service is given to work with. */
export interface ServiceKit {
  readonly store: EventStore;
  /** Documents are read here; they are written only with `store.decide`. `log` names the log that a write's token is about. */
  readonly documents: Pick<Storage, 'log' | 'documents' | 'query'>;
  /** The service's own log as it was written, for what has to walk it: event data is not upcast. */
  readonly ownLog: Pick<Storage, 'readFeed' | 'heads'>;
  readonly view: (name: string) => View;
  readonly sagas: Sagas;
  /** Where the service reports what a person must look at. */
  readonly hospital: Admissions;
  /** Another service, by its contract alone. */
  readonly client: <C extends Contract>(contract: C) => Client<C>;
  readonly keyring: Keyring;
  readonly capabilities: Capabilities;
  /** Where the service says that its answers have changed, for those in this process who keep copies of them. */
  readonly invalidations: Pick<Invalidations, 'publish'>;
  /** For bytes that the service can make again, kept beyond the process where there is a place for them. */
  readonly blobs: BlobCache;
  /** For copies of what the service answers, where other processes read them; absent where nobody does. */
  readonly copies?: Caches;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** For gauges that only the service can read. */
  readonly metrics: Pick<Metrics, 'watch'>;
  /** The service's own settings from the topology, validated by the service. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RunningService<C extends Contract = Contract> {
  readonly handlers: Handlers<C>;
  readonly subscriptions?: readonly SubscriptionSpec[];
  readonly sagas?: readonly SagaWiring<never>[];
  /** What a retry of the cases that it reports itself does, by the name that they give. */
  readonly caseActions?: Readonly<Record<string, CaseAction>>;
  /** How calls to it are guarded where it runs; a topology may say so too. */
  readonly guard?: GuardSettings;
  /** Its part of the public API, relative to the gateway's root. */
  readonly routes?: HttpRoutes;
  /** Called before the store closes. */
  readonly stop?: () => Promise<void>;
}

/**
 * A door to another company's system as a value: it keeps the promise of a contract, and owns no state. Services reach it as
 * they reach each other, by `kit.client(contract)`; what the other company tells us arrives at its routes.
 */
export interface IntegrationDefinition<C extends Contract = Contract> {
  readonly contract: C;
  readonly start: (kit: IntegrationKit) => RunningService<C> | Promise<RunningService<C>>;
}

export type IntegrationKit = Pick<ServiceKit, 'client' | 'clock' | 'random' | 'logger' | 'settings'>;
