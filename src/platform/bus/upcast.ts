import type { JsonObject } from '../../kernel/json.ts';
import type { EventSchema } from '../event-store/aggregate.ts';
import { upcast } from '../event-store/upcast.ts';
import type { StoredEvent } from '../storage/port.ts';

export type EventSchemas = Readonly<Record<string, EventSchema>>;

export interface Readable {
  readonly version: number;
  readonly data: JsonObject;
  /** Why the event cannot be read here; `version` and `data` are then as they were written. */
  readonly unreadable?: string;
}

/** The event in the newest version of its type, or why it cannot be read. Never throws: a reader parks what it cannot read. */
export function readableOf(schemas: EventSchemas, event: StoredEvent): Readable {
  try {
    const { schemaVersion, data } = upcast(schemas, event);
    return { version: schemaVersion, data };
  } catch (error) {
    return { version: event.schemaVersion, data: event.data, unreadable: String(error) };
  }
}
