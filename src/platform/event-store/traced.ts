import type { EventMetadata } from '../../kernel/heard-event.ts';
import type { StoredEvent } from '../storage/port.ts';
import { type ActiveSpan, isSampled, type SpanAttributes, type Tracing } from '../telemetry/port.ts';
import { streamOf } from './aggregate.ts';
import type { Decided, EventStore, Work } from './port.ts';

const MOST_TOLD = 20;

/**
 * An event store whose works are spans of the sampled traces that caused them: streams and event types, never payloads. The
 * events carry their work's span, so that whoever hears them goes on from there. Other works pass untouched.
 */
export function tracedEventStore(store: EventStore, tracing: Tracing, service: string): EventStore {
  async function decideTraced(work: Work, causes: ReadonlySet<string>): Promise<Decided> {
    const spans = new Map<string, ActiveSpan>();
    for (const cause of causes) {
      const span = tracing.begin(`${service} decides`, askedOf(work, cause, service), cause);
      if (span !== undefined) spans.set(cause, span);
    }
    try {
      const decided = await store.decide(carrying(work, spans));
      for (const span of spans.values()) span.end(cameTo(decided, span));
      return decided;
    } catch (error) {
      for (const span of spans.values()) span.end({}, error);
      throw error;
    }
  }

  return {
    ...store,
    decide(work) {
      const causes = sampledCauses(work);
      return causes === undefined ? store.decide(work) : decideTraced(work, causes);
    },
  };
}

/** The sampled traces that a work belongs to: one for a request, one for each event of a batch; undefined when there is none. */
function sampledCauses({ metadata, intents }: Work): ReadonlySet<string> | undefined {
  let causes: Set<string> | undefined;
  if (isSampled(metadata?.traceparent)) causes = new Set([metadata.traceparent]);
  for (const { metadata: own } of intents) {
    if (own === undefined || !isSampled(own.traceparent)) continue;
    causes ??= new Set();
    causes.add(own.traceparent);
  }
  return causes;
}

function askedOf({ intents, documents = [], metadata }: Work, cause: string, service: string): SpanAttributes {
  const caused = intents.filter((intent) => (intent.metadata ?? metadata)?.traceparent === cause);
  return {
    'jangteo.service': service,
    ...listed('jangteo.streams', new Set(caused.map(({ aggregate, id }) => streamOf(aggregate, id)))),
    ...listed('jangteo.collections', new Set(documents.map(({ collection }) => collection.name))),
  };
}

function carrying(work: Work, spans: ReadonlyMap<string, ActiveSpan>): Work {
  const within = (metadata: EventMetadata | undefined) => {
    const traceparent = spans.get(metadata?.traceparent ?? '')?.traceparent;
    return traceparent === undefined ? metadata : { ...metadata, traceparent };
  };
  const metadata = within(work.metadata);
  return {
    ...work,
    ...(metadata === undefined ? {} : { metadata }),
    intents: work.intents.map((intent) => {
      const own = within(intent.metadata);
      return own === intent.metadata || own === undefined ? intent : { ...intent, metadata: own };
    }),
  };
}

function cameTo(decided: Decided, { traceparent }: ActiveSpan): SpanAttributes {
  if (!decided.ok) return { 'jangteo.outcome': 'rejected', 'jangteo.reason': decided.rejection.code };
  if (decided.replayed !== undefined) return { 'jangteo.outcome': 'replayed' };
  const own = decided.events.filter((event: StoredEvent) => event.metadata.traceparent === traceparent);
  return { 'jangteo.outcome': 'done', ...listed('jangteo.events', new Set(own.map(({ type }) => type))) };
}

/** Bounded: a work may have hundreds of streams. */
function listed(attribute: string, names: ReadonlySet<string>): SpanAttributes {
  if (names.size === 0) return {};
  const some = [...names].slice(0, MOST_TOLD).join(', ');
  return { [attribute]: names.size > MOST_TOLD ? `${some} and ${names.size - MOST_TOLD} more` : some };
}
