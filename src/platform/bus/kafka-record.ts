import type { StoredEvent } from '../storage/port.ts';
import type { NewRecord } from './kafka-topic.ts';
import { type Envelope, type Message, schemaVersionOf } from './port.ts';
import { type EventSchemas, readableOf } from './upcast.ts';

/** What a record may take, keys and headers included: below the 1,048,588 bytes that a broker takes by default. */
export const MOST_RECORD_BYTES = 900_000;

/** An envelope whose data is too large for a broker travels without it, and names where it lies (CloudEvents' `dataref`). */
export type Travelling = Envelope & { readonly dataref?: string };

/**
 * The record of an envelope, as a CloudEvent in structured mode: one JSON text. Binary mode would make a header of each of its
 * twenty attributes, which costs more to write and to read than the text (`bench/kafka.ts` compares); what is read of a record that
 * nobody here wants is in headers beside it.
 */
export function recordOf(envelope: Envelope, after: number, mostBytes = MOST_RECORD_BYTES): NewRecord {
  const { partition, subject, type, epoch, position } = envelope;
  const value = Buffer.from(JSON.stringify(envelope));
  return {
    ...{ partition, key: subject, type, epoch, position, after },
    value: value.length <= mostBytes ? value : Buffer.from(JSON.stringify(claimOf(envelope))),
  };
}

/** The event of a record as its writer wrote it. */
export function envelopeOf(record: { readonly value: Buffer }): Travelling {
  return JSON.parse(record.value.toString()) as Travelling;
}

/** An envelope as this process reads it: data in the newest version that `events` know, or the reason why not. */
export function messageFrom(envelope: Envelope, events: EventSchemas): Message {
  const { log, type, subject, partition, position, streamversion } = envelope;
  const written = schemaVersionOf(envelope);
  if (events[type]?.version === written) return envelope;
  const { version, data, unreadable } = readableOf(events, {
    ...{ partition, position, type, data: envelope.data },
    ...{ stream: subject, version: streamversion, schemaVersion: written, metadata: {}, at: 0 },
  } satisfies StoredEvent);
  return {
    ...envelope,
    dataschema: `/schemas/${log}/${type}/${version}`,
    data,
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

function claimOf({ data: _, ...envelope }: Envelope): Travelling {
  const { log, epoch, partition, position } = envelope;
  return { ...envelope, data: {}, dataref: `/logs/${log}/${epoch}/${partition}/${position}` };
}
