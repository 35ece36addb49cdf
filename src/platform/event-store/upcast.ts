import type { JsonObject } from '../../kernel/json.ts';
import type { StoredEvent } from '../storage/port.ts';
import type { EventSchema } from './aggregate.ts';

/** An event that this release cannot read: its type or version is newer, or its upcaster is missing. Its stream waits; the process lives. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/**
 * The event in the newest version of its type; the same object when it already is. `schemas` are by event type (an
 * aggregate's `events`, a contract's `events`). Throws an UnreadableEvent for a type or a version that is not known.
 */
export function upcast(schemas: Readonly<Record<string, EventSchema>>, event: StoredEvent): StoredEvent {
  const schema = Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined;
  if (schema === undefined) throw unreadable(event, 'the type is not known here');
  if (event.schemaVersion === schema.version) return event;
  if (event.schemaVersion > schema.version) throw unreadable(event, `only versions up to ${schema.version} are known`);
  for (let version = event.schemaVersion; version < schema.version; version++) {
    if (schema.upcasters?.[version] === undefined)
      throw unreadable(event, `there is no upcaster from version ${version}`);
  }
  return { ...event, schemaVersion: schema.version, data: newestData(schema, event.schemaVersion, event.data) };
}

/** Data of a version in the newest one; the same object when it already is. A missing upcaster is passed over. */
export function newestData(schema: EventSchema, from: number, data: JsonObject): JsonObject {
  let newest = data;
  for (let version = from; version < schema.version; version++)
    newest = schema.upcasters?.[version]?.(newest) ?? newest;
  return newest;
}

function unreadable(event: StoredEvent, why: string): UnreadableEvent {
  const which = `event ${event.type} version ${event.schemaVersion} of ${event.stream} at ${event.version}`;
  return new UnreadableEvent(`${which} cannot be read: ${why}`);
}
