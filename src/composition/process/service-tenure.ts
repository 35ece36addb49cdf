import type { Contract } from '../../kernel/contract.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import type { Guard } from '../../platform/resilience/guard.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { deskOf, serveDesk } from '../console/desk.ts';
import { openKeyring } from '../keyring.ts';
import { observe } from '../observe.ts';
import type { Part, ServicePlan } from '../part.ts';
import { type IntegrationPlan, startServices, type World } from '../start-services.ts';
import type { ServiceDoor, ServiceDoorOptions } from './service-door.ts';
import { openServiceDoor } from './service-door.ts';
import { serveKeys } from './shared-keyring.ts';
import type { SharedLogs } from './shared-logs.ts';
import type { Tenure } from './tenancy.ts';

/** What a process holds of the services that it leads at the moment. */
export interface Led {
  readonly parts: Part[];
  readonly guards: Guard[];
  readonly doors: Map<string, ServiceDoor>;
}

export interface TenureWorld {
  readonly world: World;
  readonly logs: SharedLogs;
  readonly led: Led;
  readonly doorOptions: Omit<ServiceDoorOptions, 'metrics'> & { readonly metrics: Metrics };
  readonly readiness: Readiness;
}

export interface Asked {
  readonly signal: AbortSignal;
  readonly lost: () => void;
}

/** Waits for a service's lease, starts the service with the integrations beside it, and lets others reach it. */
export async function openServiceTenure(
  plan: ServicePlan,
  beside: readonly IntegrationPlan[],
  { world, logs, led, doorOptions, readiness }: TenureWorld,
  { signal, lost }: Asked,
): Promise<Tenure> {
  const { service } = plan.definition.contract;
  await using undo = new AsyncDisposableStack();
  const ends: (() => void)[] = [];
  undo.defer(() => {
    for (const end of ends) end();
  });
  // What watches this tenure ends with it, or it would watch the next one twice.
  const watch: Metrics['watch'] = (name, read) => {
    const end = world.metrics.watch(name, read);
    ends.push(end);
    return end;
  };
  const started = await startServices(
    { services: [plan], integrations: beside, busFor: () => logs.bus(signal), signal, onLost: lost },
    { ...world, metrics: { ...world.metrics, watch } },
  );
  undo.defer(() => started.stop());
  const [part] = started.parts;
  if (part === undefined) throw new Error(`${service} did not start`);
  undo.defer(logs.led(service, part.store));
  undo.defer(serveDesk(world.calls, deskOf(part)));
  undo.defer(observe(started, { watch }, readiness));
  add(undo, led.parts, part);
  for (const guard of started.guards) add(undo, led.guards, guard);

  const door = await openServiceDoor({ ...doorOptions, metrics: { ...doorOptions.metrics, watch } }, started.routes);
  undo.defer(() => door.close());
  led.doors.set(service, door);
  undo.defer(() => void led.doors.delete(service));
  const closing = undo.move();
  return { term: part.term, routes: door.names, stop: () => closing.disposeAsync() };
}

/** Waits for the lease of the keys, and answers for them. */
export async function openKeysTenure(
  { world: { engines, owner, calls, logger, metrics }, readiness }: Pick<TenureWorld, 'world' | 'readiness'>,
  masterKey: Uint8Array,
  { signal, lost }: Asked,
): Promise<Tenure> {
  await using undo = new AsyncDisposableStack();
  const keyring = await openKeyring({ engines, owner, masterKey, logger, metrics, signal, onLost: lost });
  undo.defer(() => keyring.close());
  undo.defer(serveKeys(calls, keyring.keys));
  undo.defer(
    readiness.addCheck('keyring', async () => {
      await keyring.reach();
      return { ok: true };
    }),
  );
  const closing = undo.move();
  return { term: keyring.term, routes: [], stop: () => closing.disposeAsync() };
}

function add<Item>(undo: AsyncDisposableStack, list: Item[], item: Item): void {
  list.push(item);
  undo.defer(() => void list.splice(list.indexOf(item), 1));
}

/** Contracts by the service that they are of. */
export function byService(contracts: readonly Contract[]): ReadonlyMap<string, Contract> {
  return new Map(contracts.map((contract) => [contract.service, contract]));
}
