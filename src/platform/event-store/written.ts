import type { Collection } from '../../kernel/view.ts';
import type { DocumentWrite, NewEvent, Storage } from '../storage/port.ts';
import type { AnyAggregate, EventSchema } from './aggregate.ts';

/** The newest version of each event type that anybody has ever written to this log, by type. Written with the first such event, kept for ever. */
export const writtenTypes: Collection = { name: 'written_types', fields: {}, indexes: [] };

/**
 * A newer release has written to this log what this one cannot read: an event type that it does not know, or a later version of one.
 * Whoever cannot read a log must not decide on it. The message says what was written and what is known here.
 */
export class NewerLogFault extends Error {
  override readonly name = 'NewerLogFault';
}

/** What a log is known to hold, so that a release that cannot read it is told so before it leads. */
export interface WrittenTypes {
  /** What must be written with these events: nothing, but for the first event of a new type or version. */
  firstOf(events: readonly Pick<NewEvent, 'type' | 'schemaVersion'>[]): readonly DocumentWrite[];
  /** Says that these events were written, with what `firstOf` said. */
  written(events: readonly Pick<NewEvent, 'type' | 'schemaVersion'>[]): void;
}

/** Reads what the log holds. Throws a NewerLogFault when `aggregates` cannot read all of it, and what the storage throws. */
export async function readWrittenTypes(
  storage: Pick<Storage, 'log' | 'query'>,
  aggregates: readonly AnyAggregate[],
): Promise<WrittenTypes> {
  const newest = new Map<string, number>();
  const found = await storage.query({ collection: writtenTypes, generation: 0, where: {}, limit: 10_000 });
  for (const { key, body } of found) newest.set(key, Number(body.version));
  refuseUnread(storage.log.name, newest, schemasOf(aggregates));
  const isNew = ({ type, schemaVersion }: Pick<NewEvent, 'type' | 'schemaVersion'>) =>
    schemaVersion > (newest.get(type) ?? 0);
  return {
    firstOf: (events) =>
      events.filter(isNew).map(({ type, schemaVersion }) => ({
        ...{ collection: writtenTypes, generation: 0, key: type },
        body: { version: schemaVersion },
      })),
    written(events) {
      for (const { type, schemaVersion } of events.filter(isNew)) newest.set(type, schemaVersion);
    },
  };
}

function refuseUnread(log: string, newest: ReadonlyMap<string, number>, known: ReadonlyMap<string, EventSchema>): void {
  const unread = [...newest].flatMap(([type, version]) => {
    const schema = known.get(type);
    if (schema === undefined) return `${type} version ${version}, which this release does not know`;
    return schema.version < version ? `${type} version ${version}; this release knows up to ${schema.version}` : [];
  });
  if (unread.length > 0)
    throw new NewerLogFault(
      `A newer release has written to the log of ${log}: ${unread.join('; ')}. Start that release, or one that reads it.`,
    );
}

function schemasOf(aggregates: readonly AnyAggregate[]): ReadonlyMap<string, EventSchema> {
  return new Map(aggregates.flatMap(({ events }) => Object.entries<EventSchema>(events)));
}
