import { type Composition, compose } from '../composition/compose.ts';
import { memoryEngines } from '../composition/engines/memory.ts';
import type { IntegrationPlan } from '../composition/start-services.ts';
import { orders } from '../contracts/orders.ts';
import type { Contract, EventOf } from '../kernel/contract.ts';
import type { DomainEvent } from '../kernel/decider.ts';
import { makeId } from '../kernel/ids.ts';
import { accept } from '../kernel/rejection.ts';
import type { Clock } from '../platform/clock/port.ts';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { type Aggregate, intent } from '../platform/event-store/aggregate.ts';
import { capabilities } from '../platform/http/capability.ts';
import type { HttpServer } from '../platform/http/port.ts';
import { serverUnderTest } from '../platform/http/server-harness.ts';
import type { Keyring } from '../platform/keyring/port.ts';
import type { ServiceDefinition } from '../platform/service/port.ts';
import { silentLogger } from '../platform/telemetry/silent.ts';

type Told<Type extends string> = Extract<EventOf<typeof orders>, { type: Type }>['data'];

/** Services over memory and the real event store, bus, sagas and views, listening to orders that a test tells of. */
export interface ListeningShop extends AsyncDisposable {
  readonly composition: Composition;
  readonly http: HttpServer;
  readonly keyring: Keyring;
  readonly clock: Clock;
  newOrderId(): string;
  shopperToken(shopperId: string): string;
  /** Something happened to an order. */
  tell<Type extends EventOf<typeof orders>['type']>(type: Type, data: Told<Type>): Promise<void>;
  /** Calls `look` until it answers true. Throws when that takes longer than five seconds. */
  until(look: () => boolean | Promise<boolean>): Promise<void>;
}

const told: Aggregate<null, DomainEvent, DomainEvent, never> = {
  name: 'order',
  decider: { initial: null, decide: (event) => accept(event), evolve: () => null },
  events: Object.fromEntries(Object.entries(orders.events).map(([type, { version }]) => [type, { version }])),
};

export async function listeningShop(
  services: readonly { readonly definition: ServiceDefinition; readonly settings?: object }[],
  integrations: readonly IntegrationPlan[] = [],
): Promise<ListeningShop> {
  let keyring: Keyring | undefined;
  const teller = {
    contract: { ...orders, calls: {} } as Contract,
    aggregates: [told],
    collections: [],
    views: [],
    start: (kit) => {
      keyring = kit.keyring;
      return { handlers: {} };
    },
  } satisfies ServiceDefinition;
  const tokens = capabilities('a secret of the tests that is long enough');
  const composition = await compose({
    services: [{ definition: teller, settings: {} }, ...services.map((each) => ({ settings: {}, ...each }))] as never,
    integrations,
    engines: memoryEngines({ clock: systemClock, random: systemRandom }),
    owner: 'test',
    masterKey: systemRandom.bytes(32),
    capabilities: tokens,
    logger: silentLogger,
  });
  const http = await serverUnderTest();
  for (const routes of composition.routes) await http.register(async (scope) => routes(scope as HttpServer));
  await http.ready();
  const store = composition.parts.find(({ name }) => name === 'orders')?.store;
  if (store === undefined || keyring === undefined) throw new Error('the shop did not start');

  return {
    composition,
    http,
    keyring,
    clock: systemClock,
    newOrderId: () => makeId({ kind: 'ord', cell: 1, bucket: 7, timeMs: systemClock.now() }, systemRandom.bytes(10)),
    shopperToken: (shopperId) => tokens.issue(shopperId),
    async tell(type, data) {
      const event = JSON.parse(JSON.stringify({ type, data })) as DomainEvent;
      await store.decide({ intents: [intent(told, data.orderId, event)] });
    },
    async until(look) {
      const deadline = performance.now() + 5_000;
      while (!(await look())) {
        if (performance.now() > deadline) throw new Error('it did not come to that in five seconds');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await composition.stop();
    },
  };
}
