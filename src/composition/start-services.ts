import type { Contract } from '../kernel/contract.ts';
import type { BlobCache } from '../platform/blob-cache/port.ts';
import type { Bus } from '../platform/bus/port.ts';
import type { Caches } from '../platform/cache/port.ts';
import { rehearsalPolicy } from '../platform/hospital/rehearsal.ts';
import type { HttpRoutes } from '../platform/http/port.ts';
import { type Guard, type GuardSettings, guardOf } from '../platform/resilience/guard.ts';
import { compose as inOrder } from '../platform/resilience/port.ts';
import type { IntegrationDefinition, RunningService } from '../platform/service/port.ts';
import { WrongSettings } from '../platform/service/settings.ts';
import { SetupFault } from './fault.ts';
import {
  type OpenedService,
  openService,
  type Part,
  type ServicePlan,
  type ServiceWorld,
  type Settled,
  settle,
} from './part.ts';
import { policies } from './policies.ts';
import type { Traffic } from './traffic.ts';

export interface IntegrationPlan {
  readonly definition: IntegrationDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the services of a process share. Its `owner` names the process to the databases; no other living process may bear the name. */
export interface World extends Omit<ServiceWorld, 'blobs' | 'copies' | 'signal' | 'onLost'> {
  readonly traffic: Traffic;
  readonly blobs: (service: string) => BlobCache;
  /** Of the services whose answers others read from copies. */
  readonly copies?: Readonly<Record<string, Caches>>;
  /** The contracts of all services that may be heard here. */
  readonly contracts: ReadonlyMap<string, Contract>;
}

/** Services at work together. */
export interface StartedServices {
  readonly parts: readonly Part[];
  readonly guards: readonly Guard[];
  readonly routes: readonly HttpRoutes[];
  /** Stops hearing, finishes what was taken, closes stores and databases. */
  stop(): Promise<void>;
}

export interface StartPlan {
  readonly services: readonly ServicePlan[];
  readonly integrations: readonly IntegrationPlan[];
  /** The bus that they hear, once their stores are open; closed by whoever made it. */
  readonly busFor: (opened: readonly OpenedService[]) => Bus | Promise<Bus>;
  /** Ends the waiting for partitions that another process owns. */
  readonly signal?: AbortSignal;
  /** A partition was taken over by another process. */
  readonly onLost?: (service: string) => void;
}

/** Opens the services' databases, starts them, lets them call and hear each other. When something fails, what was opened is closed again. */
export async function startServices(plan: StartPlan, world: World): Promise<StartedServices> {
  const { engines, calls, traffic, logger, tracing, contracts } = world;
  const { signal, onLost } = plan;
  await using undo = new AsyncDisposableStack();

  const openings = await Promise.allSettled(
    plan.services.map((service) => {
      const { service: name } = service.definition.contract;
      const { copies: copiesOf, ...rest } = world;
      const copies = copiesOf?.[name];
      return openService(service, {
        ...rest,
        ...(copies && { copies }),
        calls: traffic.callsFrom(name, calls),
        blobs: world.blobs(name),
        ...(signal && { signal }),
        ...(onLost && { onLost: () => onLost(name) }),
      });
    }),
  );
  const opened = openings.flatMap((opening) => (opening.status === 'fulfilled' ? [opening.value] : []));
  for (const service of opened) undo.defer(() => service.close());
  for (const { name, store } of opened) traffic.watchCommits(name, store);
  // Not before all have come to an end: what opens after its neighbour has failed must be closed as well.
  for (const opening of openings) if (opening.status === 'rejected') throw opening.reason;

  const bus = await plan.busFor(opened);
  const guards: Guard[] = [];
  const serve = (contract: Contract, running: RunningService, outside: boolean, guard?: GuardSettings) => {
    const guarding = guard === undefined ? undefined : guardOf(contract.service, guard, engines.clock, logger);
    if (guarding !== undefined) guards.push(guarding);
    const rehearsing = rehearsalPolicy(contract, outside);
    const guarded = policies(guarding, engines);
    undo.defer(calls.serve(contract, running.handlers, (call) => inOrder(rehearsing(call), guarded(call))));
    if (running.stop !== undefined) undo.defer(running.stop);
  };

  const routes: HttpRoutes[] = [];
  const named = (each: HttpRoutes, part: string) => {
    traffic.ownRoutes(part, each);
    return each;
  };
  const started: Settled[] = [];
  for (const service of opened) {
    const running = await inTopology(service.name, service.start);
    serve(service.contract, running, false, service.guard);
    if (running.routes !== undefined) routes.push(named(running.routes, service.name));
    const subscriptions = (running.subscriptions ?? []).map((spec) => traffic.heardBy(service.name, spec));
    started.push({ service, running: { ...running, subscriptions } });
  }
  for (const { definition, settings } of plan.integrations) {
    const integration = definition.contract.service;
    const { clock, random } = engines;
    const { client } = traffic.callsFrom(integration, calls);
    const kit = { client, clock, random, logger: logger.child({ integration }), settings };
    const running = await inTopology(integration, () => definition.start(kit));
    serve(definition.contract, running, true, running.guard);
    if (running.routes !== undefined) routes.push(named(running.routes, integration));
  }
  const parts = await Promise.all(started.map((each) => settle(each, { engines, bus, logger, tracing, contracts })));
  for (const part of parts) undo.defer(() => part.stop());

  const closing = undo.move();
  return { parts, guards, routes, stop: () => closing.disposeAsync() };
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
