import type { JsonObject } from '../../kernel/json.ts';
import type { EventSchema } from '../event-store/aggregate.ts';

export type Upcast = { readonly data: JsonObject } | { readonly unreadable: string };

/** The data in the newest version of its schema, or why it cannot be read here. Never throws. */
export function upcastFor(
  schema: EventSchema,
  event: { readonly type: string; readonly schemaVersion: number; readonly data: JsonObject },
): Upcast {
  if (event.schemaVersion > schema.version) {
    return {
      unreadable: `${event.type} has version ${event.schemaVersion}; here ${schema.version} is the newest known.`,
    };
  }
  let { data } = event;
  for (let version = event.schemaVersion; version < schema.version; version++) {
    const upcaster = schema.upcasters?.[version];
    if (upcaster === undefined)
      return { unreadable: `Nothing turns ${event.type} of version ${version} into the next.` };
    try {
      data = upcaster(data);
    } catch (error) {
      return { unreadable: `${event.type} of version ${version} cannot be upcast: ${String(error)}` };
    }
  }
  return { data };
}
