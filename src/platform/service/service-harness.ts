import type { Contract, Handlers } from '../../kernel/contract.ts';
import type { ViewDefinition } from '../../kernel/view.ts';
import { memoryBlobCache } from '../blob-cache/memory.ts';
import { followOwnLog, ownSource } from '../bus/own.ts';
import { localCalls } from '../calls/local.ts';
import { seededRandom } from '../clock/seeded.ts';
import { systemClock } from '../clock/system.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import { admissions } from '../hospital/admissions.ts';
import { hospitalCollections } from '../hospital/records.ts';
import { capabilities } from '../http/capability.ts';
import type { Capabilities, HttpServer } from '../http/port.ts';
import { serverUnderTest } from '../http/server-harness.ts';
import { localInvalidations } from '../invalidation/local.ts';
import type { Invalidations } from '../invalidation/port.ts';
import { documentKeyStore, personKeys } from '../keyring/key-store.ts';
import { storedKeyring } from '../keyring/stored.ts';
import { sagaCollections } from '../sagas/run-document.ts';
import { sagaRunner } from '../sagas/runner.ts';
import { memoryStorage } from '../storage/memory.ts';
import { noMetrics, silentLogger } from '../telemetry/silent.ts';
import { viewCollections } from '../views/records.ts';
import { runView, type ViewRunner } from '../views/runner.ts';
import type { RunningService, ServiceDefinition, ServiceKit } from './port.ts';

/** A service at work over memory: everything is real but its neighbours. Closes at the end of its scope. */
export interface ServiceUnderTest<C extends Contract> extends AsyncDisposable {
  readonly kit: ServiceKit;
  readonly running: RunningService<C>;
  readonly http: HttpServer;
  readonly capabilities: Capabilities;
  /** What the service tells those who keep copies. */
  readonly invalidations: Invalidations;
}

/** A neighbour as the service under test meets it. */
export interface Neighbour {
  readonly contract: Contract;
  readonly handlers: Readonly<Record<string, (request: never) => Promise<unknown>>>;
}

/** Starts a service with these neighbours and settings, and what else its kit shall hold; itself answers under its own contract too. */
export async function serviceUnderTest<C extends Contract>(
  definition: ServiceDefinition<C>,
  neighbours: readonly Neighbour[] = [],
  settings: Readonly<Record<string, unknown>> = {},
  more: Pick<ServiceKit, 'copies'> = {},
): Promise<ServiceUnderTest<C>> {
  const clock = systemClock;
  const random = seededRandom(1);
  const { aggregates, views } = definition;
  const service = definition.contract.service;
  const documents = aggregates.flatMap((aggregate) => aggregate.document?.collection ?? []);
  const storage = memoryStorage({
    name: service,
    clock,
    collections: [
      ...eventStoreCollections,
      ...sagaCollections,
      ...hospitalCollections,
      ...viewCollections(...views),
      ...definition.collections,
      ...documents,
      personKeys,
    ],
  });
  const common = { clock, random, logger: silentLogger };
  const store = await openEventStore({ storage, aggregates, owner: 'test', ...common });
  const calls = localCalls(silentLogger);
  for (const { contract, handlers } of neighbours) calls.serve(contract, handlers as unknown as Handlers<Contract>);
  const keyring = storedKeyring({
    keys: documentKeyStore({ store, documents: storage, clock }),
    masterKey: new Uint8Array(32),
    clock,
    random,
  });
  const sagas = sagaRunner({ service, store, documents: storage, calls, keyring, ...common });
  const follower = followOwnLog(ownSource(storage, store, aggregates), { clock });
  const runners = new Map<string, ViewRunner>();
  const run = (view: ViewDefinition) => runView(view, { service, follower, store, storage, restMs: 0, ...common });
  for (const view of views) runners.set(view.name, await run(view));
  const guests = capabilities('secret');
  const invalidations = localInvalidations(silentLogger);
  const kit: ServiceKit = {
    ...{
      store,
      documents: storage,
      ownLog: storage,
      sagas,
      keyring,
      capabilities: guests,
      settings,
      invalidations,
      blobs: memoryBlobCache(10_000_000),
      client: calls.client,
      hospital: admissions({ store, storage, clock }),
      metrics: noMetrics,
    },
    ...common,
    ...more,
    view(name) {
      const runner = runners.get(name);
      if (runner === undefined) throw new Error(`${service} has no view ${name}`);
      return runner.view;
    },
  };
  const running = await definition.start(kit);
  calls.serve(definition.contract, running.handlers);
  for (const wiring of running.sagas ?? []) sagas.wire(wiring);
  await sagas.start();
  const http = await serverUnderTest();
  await http.register(async (server) => running.routes?.(server as HttpServer));
  return {
    kit,
    running,
    http,
    capabilities: guests,
    invalidations,
    async [Symbol.asyncDispose]() {
      await http.close();
      await running.stop?.();
      await sagas.close();
      for (const runner of runners.values()) await runner.close();
      await store.close();
      await storage.close();
    },
  };
}
