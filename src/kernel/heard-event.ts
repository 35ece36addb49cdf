import type { JsonObject } from './json.ts';

/** What is kept with every event beside its data. Never personal data. */
export interface EventMetadata {
  readonly traceparent?: string;
  /** Id of the command or message that caused the event. */
  readonly causation?: string;
  /** Who acted: a shopper id, a seller id, `admin` (and which of the operators), or a service. Never a name or an address. */
  readonly actor?: string;
  /** Why an operator did it, in their own words. It stays in the service's own log. */
  readonly reason?: string;
}

/** An event as views and subscribers hear it: upcast to the newest version, with the place it stands in its source's log. */
export interface HeardEvent<Type extends string = string, Data = JsonObject> {
  readonly source: string;
  readonly type: Type;
  readonly data: Data;
  /** The id in the stream's name: the ordering key. */
  readonly subject: string;
  /** The event's version in its stream. */
  readonly version: number;
  /** When it was decided, in ms. */
  readonly at: number;
  readonly partition: number;
  readonly position: number;
  readonly metadata: EventMetadata;
}
