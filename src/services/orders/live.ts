import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamOf } from '../../platform/event-store/aggregate.ts';
import type { EventStore } from '../../platform/event-store/port.ts';
import { lastEventId, openEventStream } from '../../platform/http/sse.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { orderAggregate } from './aggregate.ts';
import { shownEvent } from './shown.ts';

/**
 * Answers with the order's timeline as server-sent events: what happened after `Last-Event-ID` (everything without one), then
 * what happens. The id of an event is the order's version, so any replica can resume.
 */
export async function streamLive(
  store: EventStore,
  orderId: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const stream = streamOf(orderAggregate, orderId);
  const missed: StoredEvent[] = [];
  let tell = (event: StoredEvent) => void missed.push(event);
  const stopListening = store.onCommitted((events) => {
    for (const event of events) if (event.stream === stream) tell(event);
  });
  try {
    let toldVersion = versionIn(lastEventId(request));
    const past = await store.history(orderAggregate, orderId, toldVersion);
    const client = openEventStream(request, reply);
    client.onClose(stopListening);
    tell = (event) => {
      if (event.version <= toldVersion) return;
      toldVersion = event.version;
      client.send({ id: String(event.version), event: event.type, data: shownEvent(event) });
    };
    for (const event of [...past, ...missed]) tell(event);
  } catch (error) {
    stopListening();
    throw error;
  }
}

function versionIn(id: string | undefined): number {
  const version = Number(id ?? 0);
  return Number.isSafeInteger(version) && version > 0 ? version : 0;
}
