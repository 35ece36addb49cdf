import { type AnyAggregate, type EventSchema, idOf } from '../event-store/aggregate.ts';
import type { EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import { type FollowOptions, followLog } from './follow.ts';
import type { LogSource } from './log.ts';
import type { LogFollower, OwnEvent } from './port.ts';
import { type EventSchemas, readableOf } from './upcast.ts';

/** A service's own log with all its event types, as a source of a bus that only the service itself listens to. */
export function ownSource(
  storage: Pick<Storage, 'log' | 'readFeed' | 'heads'>,
  store: Pick<EventStore, 'onCommitted'>,
  aggregates: readonly AnyAggregate[],
): LogSource {
  return { feed: storage, events: schemasOf(aggregates), onCommitted: (listener) => store.onCommitted(listener) };
}

/** Follows a service's own log for its views. */
export function followOwnLog(
  source: LogSource,
  options: Pick<FollowOptions<OwnEvent>, 'clock' | 'keep' | 'pollMs'>,
): LogFollower<OwnEvent> {
  const { feed, events, onCommitted } = source;
  return followLog<OwnEvent>({
    feed,
    ...options,
    ...(onCommitted === undefined ? {} : { onCommitted }),
    translate(event) {
      if (!Object.hasOwn(events, event.type)) return undefined;
      const { data, unreadable } = readableOf(events, event);
      return {
        source: feed.log.name,
        type: event.type,
        subject: idOf(event.stream),
        version: event.version,
        at: event.at,
        partition: event.partition,
        position: event.position,
        metadata: event.metadata,
        data,
        ...(unreadable === undefined ? {} : { unreadable }),
      };
    },
  });
}

function schemasOf(aggregates: readonly AnyAggregate[]): EventSchemas {
  const schemas: Record<string, EventSchema> = {};
  for (const { name, events } of aggregates) {
    for (const [type, schema] of Object.entries<EventSchema>(events)) {
      if (schemas[type] !== undefined)
        throw new TypeError(`event type ${type} of ${name} has the name of another aggregate's`);
      schemas[type] = schema;
    }
  }
  return schemas;
}
