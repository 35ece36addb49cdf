import { services } from '../../src/composition/registry.ts';
import { search } from '../../src/contracts/search.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { unknown } from '../../src/kernel/outcome.ts';
import type { EventSchema } from '../../src/platform/event-store/aggregate.ts';
import type { ServiceDefinition } from '../../src/platform/service/port.ts';
import type { Commit } from '../../src/platform/storage/port.ts';
import type { SubscriptionSpec } from '../../src/platform/subscriptions/port.ts';
import { subscriptions } from '../../src/services/search/hearing.ts';
import { searchAvailability, searchProducts } from '../../src/services/search/kept.ts';
import type { Chance } from './chance.ts';

/** Search hears and keeps as it always does; its index lives in a thread of its own, which no seed can repeat. */
const searchWithoutIndex: ServiceDefinition<typeof search> = {
  contract: search,
  aggregates: [],
  collections: [searchProducts, searchAvailability],
  views: [],
  start: () => ({
    handlers: { search: async () => unknown('unreachable') },
    subscriptions: subscriptions((_, documents) => ({ intents: [], documents })),
  }),
};

/** Every service of the shop, each event type of which has one older version than it has in the shop. */
export async function serviceDefinitions(): Promise<readonly ServiceDefinition[]> {
  const { search: _, ...others } = services;
  const loaded = await Promise.all(Object.values(others).map((load) => load()));
  const all = [...loaded, searchWithoutIndex as unknown as ServiceDefinition];
  const schemas = new Set<EventSchema>();
  for (const { aggregates, contract } of all) {
    for (const { events } of aggregates) for (const schema of Object.values<EventSchema>(events)) schemas.add(schema);
    for (const schema of Object.values(contract.events)) schemas.add(schema as EventSchema);
  }
  for (const schema of schemas) raise(schema);
  return all;
}

const OLD_SHAPE = 'asItWas';

/** Gives an event type a newer version, so that its present one has to be upcast. */
function raise(schema: EventSchema): void {
  const { version } = schema;
  const upcasters = {
    ...schema.upcasters,
    [version]: (data: JsonObject) => (OLD_SHAPE in data ? (data[OLD_SHAPE] as JsonObject) : data),
  };
  Object.assign(schema, { version: version + 1, upcasters });
}

/** The batch with some of its events as the release before would have written them. */
export function agedBatch(batch: Commit, chance: Chance): Commit {
  const events = batch.events.map((event) =>
    chance.happens(0.3)
      ? { ...event, schemaVersion: event.schemaVersion - 1, data: { [OLD_SHAPE]: event.data } }
      : event,
  );
  return { ...batch, events };
}

/** The event's data as this release knows it. */
export function newestData(data: JsonObject): JsonObject {
  return OLD_SHAPE in data ? (data[OLD_SHAPE] as JsonObject) : data;
}

/** The service with handlers that throw for the subjects that `poisons` names. */
export function poisonable(
  definition: ServiceDefinition,
  poisons: (group: string, subject: string) => boolean,
): ServiceDefinition {
  const { service } = definition.contract;
  const poisoned = (spec: SubscriptionSpec): SubscriptionSpec => {
    const on = Object.entries(spec.on).map(([type, handler]) => [
      type,
      (event: Parameters<typeof handler>[0]) => {
        if (poisons(`${service}.${spec.name}`, event.subject)) throw new Error('the handler cannot do it');
        return handler(event);
      },
    ]);
    return { ...spec, on: Object.fromEntries(on) };
  };
  return {
    ...definition,
    async start(kit) {
      const running = await definition.start(kit);
      return { ...running, subscriptions: (running.subscriptions ?? []).map(poisoned) };
    },
  };
}
