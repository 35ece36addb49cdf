import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ViewDefinition } from '../../kernel/view.ts';

/** A document as the fold sees it; undefined where there is none. */
export type Folded = Map<string, JsonObject | undefined>;

/** The keys that the events touch. */
export function keysTouched(view: ViewDefinition, events: Iterable<HeardEvent>): Set<string> {
  const keys = new Set<string>();
  for (const event of events) for (const key of view.keysOf(event)) keys.add(key);
  return keys;
}

/** Folds the events into the documents, which must hold every key they touch. Answers the keys that have changed. */
export function foldInto(view: ViewDefinition, documents: Folded, events: Iterable<HeardEvent>): Set<string> {
  const changed = new Set<string>();
  for (const event of events) {
    for (const key of view.keysOf(event)) {
      const before = documents.get(key);
      const after = view.apply(before, event, key);
      if (after === undefined || (after === null && before === undefined)) continue;
      documents.set(key, after ?? undefined);
      changed.add(key);
    }
  }
  return changed;
}

/**
 * The view as it must look after the events, by key. Events are in commit order within each partition; a document that is fed
 * from several partitions must not depend on the order between them.
 */
export function rebuildView(view: ViewDefinition, events: Iterable<HeardEvent>): ReadonlyMap<string, JsonObject> {
  const types = new Set(view.types);
  const documents: Folded = new Map();
  for (const event of events) if (types.has(event.type)) foldInto(view, documents, [event]);
  return standing(documents);
}

/** The documents that are there, without those that events have deleted. */
export function standing(documents: Folded): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [key, body] of documents) if (body !== undefined) found.set(key, body);
  return found;
}
