import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { LogIdentity, Positions } from '../storage/port.ts';

/** An event on its way to other services: CloudEvents 1.0, with attribute names as they stand on the wire. */
export interface Envelope {
  readonly specversion: '1.0';
  /** Unique with `source`: the epoch, partition and position of the event. */
  readonly id: string;
  /** URI reference of the service, `/services/orders`. */
  readonly source: string;
  readonly type: string;
  /** The ordering key: the id in the stream's name. */
  readonly subject: string;
  /** When it was decided, RFC 3339 in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** URI reference of the schema in the version that `data` has, `/schemas/orders/OrderPlaced/1`. */
  readonly dataschema: string;
  readonly tenant: string;
  /** The cell that the subject lives in; absent where the subject is no id (a SKU). */
  readonly homecell?: number;
  readonly traceparent?: string;
  /** After this time (RFC 3339) nobody needs it any more. */
  readonly expirytime?: string;
  readonly causation?: string;
  readonly actor?: string;
  readonly log: string;
  readonly epoch: string;
  readonly partition: number;
  readonly position: number;
  readonly streamversion: number;
  readonly data: JsonObject;
}

/** An envelope as a consumer gets it: data in the newest version of its contract, or the reason why it cannot be read. */
export interface Message extends Envelope {
  /** Set when this process cannot read the event (a newer version, an upcaster that fails); `data` is then as it was written. */
  readonly unreadable?: string;
}

/** An event of a service's own log, upcast; `unreadable` as in a message. */
export type OwnEvent = HeardEvent & { readonly unreadable?: string };

/** A place in a log: what a consumer's inbox remembers. */
export interface Place {
  readonly epoch: string;
  readonly positions: Positions;
}

export interface Delivery {
  /** In commit order within each partition, hence within each subject. */
  readonly messages: readonly Message[];
  readonly epoch: string;
  /** Where the batch begins and ends: everything for this group between the two is in `messages`. */
  readonly from: Positions;
  readonly through: Positions;
}

export interface BusSubscription {
  /** Groups hear everything independently of each other. */
  readonly group: string;
  /** The service whose events are heard. */
  readonly source: string;
  readonly types: readonly string[];
  /** Kept by the consumer, in one commit with its effects; undefined begins with the first event. */
  readonly from: Place | undefined;
  /** Messages of one partition in a delivery, at most. Default 256. */
  readonly batch?: number;
  /** One delivery at a time. What throws is delivered again, after a growing, jittered pause. */
  readonly handle: (delivery: Delivery) => Promise<void>;
  /** Told when it turns out later that the place belongs to another life of the log: nothing is delivered any more. */
  readonly lost?: (fault: WrongEpoch) => void;
}

export interface BusConsumer {
  /** Events of the source's log after the last accepted delivery, as far as is known here. */
  behind(): number;
  /** Delivers nothing more; resolves when the delivery under way has ended. */
  close(): Promise<void>;
}

/** What an adapter can do beyond the port's promise, so that a topology which needs more is refused at boot. */
export interface BusCapabilities {
  readonly orderingPerKey: boolean;
  /** Delivers again what a handler threw at. */
  readonly redelivery: boolean;
  /** How long the bus itself drops duplicates, in ms; `none`: the consumer's position does it. */
  readonly dedupeWindowMs: number | 'none';
  /** A group can begin anywhere in the past, not only where the broker's retention ends. */
  readonly replayFromStart: boolean;
  /** Several consumers of one group share its messages. */
  readonly competingWorkers: boolean;
  /** Expired messages go to a dead-letter queue. */
  readonly expiry: boolean;
  /** Larger messages travel by reference, in bytes; `none`: there is no limit. */
  readonly claimCheckAboveBytes: number | 'none';
}

/** Carries committed events to other services. At least once, in order per subject; nothing is skipped. */
export interface Bus {
  readonly capabilities: BusCapabilities;
  /** Hands over committed events, in commit order; repeating it is harmless. */
  publish(envelopes: readonly Envelope[]): Promise<void>;
  /** Throws a WrongEpoch when `from` is a place in an earlier life of the log, an UnknownSource when nobody here carries it. */
  subscribe(subscription: BusSubscription): BusConsumer;
  close(): Promise<void>;
}

/** The starting point belongs to another epoch of the log: the log was restored or moved, and positions mean something else. */
export class WrongEpoch extends Error {
  override readonly name = 'WrongEpoch';
}

export class UnknownSource extends Error {
  override readonly name = 'UnknownSource';
}

/** Reads one log forward: what was just committed here from memory, the rest from the feed. */
export interface LogFollower<Item extends LogItem> {
  readonly log: LogIdentity;
  /** Items after `after`, at most `limit` a partition, and how far the log was read for them. Throws what the feed throws. */
  read(after: Positions, limit: number): Promise<{ readonly items: readonly Item[]; readonly through: Positions }>;
  /** Resolves when something may have been written after `after`, or when `signal` aborts. */
  wait(after: Positions, signal: AbortSignal): Promise<void>;
  /** The newest positions known here, without asking the database. */
  known(): Positions;
  /** Says that the log has been written up to these positions; whoever waits reads them. */
  wake(heads: Positions): void;
  close(): void;
}

export interface LogItem {
  readonly partition: number;
  readonly position: number;
}

/** The event as handlers hear it. */
export function heardOf(message: Message): HeardEvent {
  const { traceparent, causation, actor } = message;
  return {
    source: message.log,
    type: message.type,
    data: message.data,
    subject: message.subject,
    version: message.streamversion,
    at: Date.parse(message.time),
    partition: message.partition,
    position: message.position,
    metadata: {
      ...(traceparent === undefined ? {} : { traceparent }),
      ...(causation === undefined ? {} : { causation }),
      ...(actor === undefined ? {} : { actor }),
    },
  };
}

/** The version that a message's data has. */
export function schemaVersionOf({ dataschema }: Pick<Message, 'dataschema'>): number {
  return Number(dataschema.slice(dataschema.lastIndexOf('/') + 1));
}
