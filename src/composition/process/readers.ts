import type { Contract, Handlers } from '../../kernel/contract.ts';
import type { LocalCalls } from '../../platform/calls/local.ts';
import type { Membership } from '../../platform/membership/port.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { underWayTime } from '../under-way-time.ts';
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

type Work = ReturnType<typeof underWayTime>;

function countedHandlers(handlers: Partial<Handlers<Contract>>, { begin }: Work): Partial<Handlers<Contract>> {
  return Object.fromEntries(
    Object.entries(handlers).flatMap(([call, handler]) => {
      if (handler === undefined) return [];
      const counted: typeof handler = (request, context) => handler(request, context).finally(begin());
      return [[call, counted]];
    }),
  );
}

function countedHandle(door: ServiceDoor, { begin }: Work): ServiceDoor['handle'] {
  return (request, response) => {
    response.once('close', begin());
    door.handle(request, response);
  };
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
    const work = underWayTime(clock);
    const counted = metrics.watch('jangteo_reads_under_way_seconds_total', () => [
      { labels: { service }, value: work.seconds() },
    ]);
    undo.defer(counted);
    const door = await openServiceDoor(doorOptions, running.routes === undefined ? [] : [running.routes]);
    undo.defer(() => door.close());
    undo.defer(local.serveReads(contract as Contract, countedHandlers(running.handlers, work)));
    doors.set(readsOf(service), { ...door, handle: countedHandle(door, work) });
    undo.defer(() => void doors.delete(readsOf(service)));
    const routes = door.names.map(({ method, url }) => `${method} ${url}`);
    undo.defer(membership.read(service, { routes, calls: Object.keys(running.handlers) }));
  }
  const closing = undo.move();
  return () => closing.disposeAsync();
}
