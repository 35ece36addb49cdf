import type { HeardEvent } from './heard-event.ts';
import type { JsonObject } from './json.ts';

/** A collection of documents and the fields it can be queried by; declared once, a real column each in a database. */
export interface Collection {
  /** snake_case; unique within the service. */
  readonly name: string;
  /** Field name → type. The field is read from the document's body; nested by dots is not supported. */
  readonly fields: Readonly<Record<string, 'text' | 'integer'>>;
  /** Each index is a list of fields: equality on all but the last, range and order on the last (ties by key). */
  readonly indexes: readonly (readonly string[])[];
}

/** A read model: a fold of the service's own events into documents, named for the question it answers. */
export interface ViewDefinition {
  readonly name: string;
  /** Raise it when `apply` changes meaning: the view is rebuilt beside the old one, which serves until then. */
  readonly version: number;
  readonly collection: Collection;
  readonly types: readonly string[];
  /** Says that a document is made by the events of one stream, whose id is its key: before the stream's first event there is none. */
  readonly perStream?: true;
  /** The documents that an event touches. */
  readonly keysOf: (event: HeardEvent) => readonly string[];
  /** The document after the event; null deletes it, undefined leaves it as it was. Pure. */
  readonly apply: (document: JsonObject | undefined, event: HeardEvent, key: string) => JsonObject | null | undefined;
}
