import type { Contract } from '../kernel/contract.ts';
import type { LocalCalls } from '../platform/calls/local.ts';
import type { Membership } from '../platform/membership/port.ts';
import type { ServiceDefinition } from '../platform/service/port.ts';
import type { Metrics } from '../platform/telemetry/port.ts';
import { readsOf } from './reader-hop.ts';
import { openServiceDoor, type ServiceDoor, type ServiceDoorOptions } from './service-door.ts';

export interface ReadersOptions {
  /** The services that this process hosts, whether it leads them or not. */
  readonly definitions: readonly ServiceDefinition[];
  readonly settingsOf: (service: string) => Readonly<Record<string, unknown>>;
  readonly membership: Pick<Membership, 'read'>;
  readonly local: Pick<LocalCalls, 'serveReads'>;
  /** Where the doors of those that are opened stand, by `readsOf(service)`. */
  readonly doors: Map<string, ServiceDoor>;
  readonly doorOptions: Omit<ServiceDoorOptions, 'metrics'> & { readonly metrics: Metrics };
}

/**
 * Opens the reader of each service that has one, in every process alike: who leads is one reader among the others. The returned
 * function tells the peers, answers what is under way and stops.
 */
export async function openReaders(options: ReadersOptions): Promise<() => Promise<void>> {
  const { definitions, settingsOf, membership, local, doors, doorOptions } = options;
  const { logger, clock, random, metrics } = doorOptions;
  await using undo = new AsyncDisposableStack();
  for (const { contract, reader } of definitions) {
    const { service } = contract;
    const kit = { logger: logger.child({ reads: service }), clock, random, metrics, settings: settingsOf(service) };
    const running = await reader?.(kit);
    if (running === undefined) continue;
    undo.defer(() => running.stop?.());
    const door = await openServiceDoor(doorOptions, running.routes === undefined ? [] : [running.routes]);
    undo.defer(() => door.close());
    undo.defer(local.serveReads(contract as Contract, running.handlers));
    doors.set(readsOf(service), door);
    undo.defer(() => void doors.delete(readsOf(service)));
    const routes = door.names.map(({ method, url }) => `${method} ${url}`);
    undo.defer(membership.read(service, { routes, calls: Object.keys(running.handlers) }));
  }
  const closing = undo.move();
  return () => closing.disposeAsync();
}
