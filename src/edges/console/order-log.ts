import type { Json, JsonObject } from '../../kernel/json.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { parseTraceparent } from '../../platform/telemetry/port.ts';

/**
 * A stream of a service's own log, upcast. With `newest` no more than so many of its last events; `isWhole` tells whether those are
 * all of them. Throws what the storage throws.
 */
export type ReadStream = (
  wanted: { readonly service: string; readonly aggregate: string; readonly id: string },
  newest?: number,
) => Promise<{ readonly events: readonly StoredEvent[]; readonly isWhole: boolean }>;

/** An event as an operator sees it: personal data stays sealed. */
export interface LoggedEvent {
  readonly service: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly at: number;
  readonly actor?: string;
  readonly reason?: string;
  /** The message or saga run that led to it. */
  readonly causation?: string;
  /** The type of the event that led to it, when it is one of the order’s. */
  readonly because?: string;
  readonly traceId?: string;
  readonly data: JsonObject;
}

export interface OrderLog {
  /** Oldest first. */
  readonly events: readonly LoggedEvent[];
  /** The streams that did not answer, or of which only the newest events were looked through. */
  readonly incomplete: readonly string[];
}

/** A hot SKU's stream has very many events: so many of the newest are looked through. */
const NEWEST_OF_STOCK = 5_000;
/** What a service does follows what the order said, where both have the same time. */
const ORDER_OF_SERVICES = ['orders', 'inventory', 'payments', 'shipping'];

/**
 * Everything that the logs say of an order: its own stream, its payment's, its shipments', and what concerns it in those of its
 * SKUs. Undefined when there is no such order. Throws when the order's own stream cannot be read.
 */
export async function readOrderLog(
  read: ReadStream,
  orderId: string,
  within: <Value>(load: () => Promise<Value>) => Promise<Value | undefined>,
): Promise<OrderLog | undefined> {
  const { events: own } = await read({ service: 'orders', aggregate: 'order', id: orderId });
  if (own.length === 0) return undefined;
  const sources = [
    { service: 'payments', aggregate: 'payment', id: orderId, concerns: () => true },
    ...shipmentsIn(own).map((id) => ({ service: 'shipping', aggregate: 'shipment', id, concerns: () => true })),
    ...skusIn(own).map((id) => ({ service: 'inventory', aggregate: 'stock', id, concerns: isAbout(orderId) })),
  ];
  const incomplete: string[] = [];
  const found = await Promise.all(
    sources.map(async ({ concerns, ...source }) => {
      const newest = source.service === 'inventory' ? NEWEST_OF_STOCK : undefined;
      const answer = await within(() => read(source, newest));
      if (answer === undefined || !answer.isWhole) incomplete.push(`${source.aggregate}/${source.id}`);
      return (answer?.events ?? []).filter(concerns).map((event) => ({ service: source.service, event }));
    }),
  );
  const all = [...own.map((event) => ({ service: 'orders', event })), ...found.flat()];
  return { events: all.map((each) => logged(each, all)).sort(byTime), incomplete: incomplete.sort() };
}

interface Sourced {
  readonly service: string;
  readonly event: StoredEvent;
}

/** A message is named by the place of its event in the log of its source: `<epoch>.<partition>.<position>`. */
function causeOf({ service, event }: Sourced, all: readonly Sourced[]): string | undefined {
  const { causation } = event.metadata;
  const causes = all.filter((each) => {
    const { partition, position, at } = each.event;
    return each.service !== service && at <= event.at && causation?.endsWith(`.${partition}.${position}`) === true;
  });
  return causes.length === 1 ? causes[0]?.event.type : undefined;
}

function logged(sourced: Sourced, all: readonly Sourced[]): LoggedEvent {
  const { service, event } = sourced;
  const { stream, version, type, at, data, metadata } = event;
  const { actor, reason, causation, traceparent } = metadata;
  const because = causeOf(sourced, all);
  const traceId = parseTraceparent(traceparent)?.traceId;
  return {
    ...{ service, stream, version, type, at, data: sealedAway(data) as JsonObject },
    ...(actor === undefined ? {} : { actor }),
    ...(reason === undefined ? {} : { reason }),
    ...(causation === undefined ? {} : { causation }),
    ...(because === undefined ? {} : { because }),
    ...(traceId === undefined ? {} : { traceId }),
  };
}

/** The ciphertext tells nobody anything: only that there is something, and whose. */
function sealedAway(value: Json): Json {
  if (Array.isArray(value)) return value.map(sealedAway);
  if (typeof value !== 'object' || value === null) return value;
  const { person, sealed } = value as JsonObject;
  if (typeof person === 'string' && typeof sealed === 'string') return { person, sealed: true };
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, each]) => [name, each === undefined ? each : sealedAway(each)]),
  );
}

function shipmentsIn(events: readonly StoredEvent[]): string[] {
  const ids = events.flatMap(({ data }) => (typeof data.shipmentId === 'string' ? [data.shipmentId] : []));
  return [...new Set(ids)];
}

function skusIn(events: readonly StoredEvent[]): string[] {
  const placed = events.find(({ type }) => type === 'OrderPlaced')?.data as unknown as
    | { readonly parcels: readonly { readonly lines: readonly { readonly sku: string }[] }[] }
    | undefined;
  return [...new Set((placed?.parcels ?? []).flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
}

function isAbout(orderId: string): (event: StoredEvent) => boolean {
  return ({ data: { order, orders } }) => order === orderId || (Array.isArray(orders) && orders.includes(orderId));
}

function byTime(a: LoggedEvent, b: LoggedEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.stream === b.stream) return a.version - b.version;
  return ORDER_OF_SERVICES.indexOf(a.service) - ORDER_OF_SERVICES.indexOf(b.service) || (a.stream < b.stream ? -1 : 1);
}
