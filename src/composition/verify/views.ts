import { isDeepStrictEqual } from 'node:util';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection, ViewDefinition } from '../../kernel/view.ts';
import { type AnyAggregate, idOf } from '../../platform/event-store/aggregate.ts';
import { stateDocument } from '../../platform/event-store/snapshots.ts';
import { upcast } from '../../platform/event-store/upcast.ts';
import type { Storage, StoredEvent } from '../../platform/storage/port.ts';
import { type Folded, foldInto, standing } from '../../platform/views/fold.ts';
import { type Generations, viewGenerations } from '../../platform/views/records.ts';
import { documentsOf } from './documents.ts';
import { type Verdict, verdict } from './finding.ts';

type Documents = Pick<Storage, 'documents' | 'query' | 'log'>;

/** A view folded anew in memory, event by event, to be compared with what is kept. */
export interface Refold {
  see(event: StoredEvent): void;
  verdict(storage: Documents): Promise<Verdict>;
}

/** A view must equal its rebuild from the log. */
export function refoldView(view: ViewDefinition, aggregates: readonly AnyAggregate[]): Refold {
  const types = new Set(view.types);
  const schemas = Object.assign({}, ...aggregates.map(({ events }) => events));
  const folded: Folded = new Map();
  return {
    see(event) {
      if (!types.has(event.type)) return;
      foldInto(view, folded, [heardOf(event, schemas)]);
    },
    async verdict(storage) {
      const kept = await storage.documents(viewGenerations, 0, [view.name]);
      const generations = kept.get(view.name)?.body as unknown as Generations | undefined;
      const name = `${storage.log.name}: the view ${view.name} equals its rebuild`;
      return compare(name, storage, view.collection, generations?.active.generation ?? 1, standing(folded));
    },
  };
}

/** The document of an aggregate must be its state after all its events. */
export function refoldAggregate(
  aggregate: AnyAggregate,
  see: (id: string, state: never, version: number) => void = () => undefined,
): Refold {
  const states = new Map<string, { readonly state: unknown; readonly version: number }>();
  const { decider, document, events, name } = aggregate;
  return {
    see(event) {
      if (!event.stream.startsWith(`${name}/`)) return;
      const id = idOf(event.stream);
      const state = decider.evolve(states.get(id)?.state ?? decider.initial, upcast(events, event));
      states.set(id, { state, version: event.version });
      see(id, state as never, event.version);
    },
    async verdict(storage) {
      const check = `${storage.log.name}: documents of ${name} equal their events`;
      if (document === undefined) return verdict(check).result();
      const expected = new Map<string, JsonObject>();
      for (const [id, { state, version }] of states) {
        const body = stateDocument(aggregate, id, version, state)?.body;
        if (body !== null && body !== undefined) expected.set(id, body);
      }
      return compare(check, storage, document.collection, 0, expected);
    },
  };
}

const PAGE = 500;

/** Compares what is kept with what it should be; what is kept too much is found where the collection has an index to walk. */
async function compare(
  check: string,
  storage: Documents,
  collection: Collection,
  generation: number,
  expected: ReadonlyMap<string, JsonObject>,
): Promise<Verdict> {
  const { looked, violated, result } = verdict(check);
  const keys = [...expected.keys()];
  for (let from = 0; from < keys.length; from += PAGE) {
    const page = keys.slice(from, from + PAGE);
    const found = await storage.documents(collection, generation, page);
    for (const key of page) {
      looked();
      const body = found.get(key)?.body;
      if (body === undefined) violated(`${key} is missing`);
      else if (!isDeepStrictEqual(plain(body), plain(expected.get(key)))) violated(`${key} differs`);
    }
  }
  for await (const { key } of documentsOf(storage, collection, generation))
    if (!expected.has(key)) violated(`${key} should not be there`);
  return result();
}

/** As JSON keeps it: fields that are undefined are not there. */
function plain(body: JsonObject | undefined): unknown {
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
}

function heardOf(stored: StoredEvent, schemas: AnyAggregate['events']): HeardEvent {
  const { type, version, at, partition, position, metadata, data, stream } = upcast(schemas, stored);
  return { source: '', type, subject: idOf(stream), version, at, partition, position, metadata, data };
}
