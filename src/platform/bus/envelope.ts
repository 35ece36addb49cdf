import { parseId } from '../../kernel/ids.ts';
import { idOf } from '../event-store/aggregate.ts';
import type { LogIdentity, StoredEvent } from '../storage/port.ts';
import type { Message } from './port.ts';
import { type EventSchemas, readableOf } from './upcast.ts';

/** A stored event as it leaves its service. */
export function messageOf(
  event: StoredEvent,
  from: { readonly log: LogIdentity; readonly tenant: string; readonly events: EventSchemas },
): Message {
  const { log, tenant, events } = from;
  const { version, data, unreadable } = readableOf(events, event);
  const subject = idOf(event.stream);
  const homecell = parseId(subject)?.cell;
  const { traceparent, causation, actor } = event.metadata;
  return {
    specversion: '1.0',
    id: `${log.epoch}.${event.partition}.${event.position}`,
    source: `/services/${log.name}`,
    type: event.type,
    subject,
    time: isoOf(event.at),
    datacontenttype: 'application/json',
    dataschema: `/schemas/${log.name}/${event.type}/${version}`,
    tenant,
    ...(homecell === undefined ? {} : { homecell }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(causation === undefined ? {} : { causation }),
    ...(actor === undefined ? {} : { actor }),
    log: log.name,
    epoch: log.epoch,
    partition: event.partition,
    position: event.position,
    streamversion: event.version,
    data,
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

let lastAt = Number.NaN;
let lastIso = '';

/** A time as ISO 8601. The events of one commit share theirs. */
function isoOf(at: number): string {
  if (at !== lastAt) {
    lastIso = new Date(at).toISOString();
    lastAt = at;
  }
  return lastIso;
}
