import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamOf } from '../../platform/event-store/aggregate.ts';
import type { EventStore } from '../../platform/event-store/port.ts';
import { lastEventId, openEventStream } from '../../platform/http/sse.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { orderAggregate } from './aggregate.ts';
import { timeline } from './shown.ts';

type Tell = (event: StoredEvent) => void;

/** Orders watched by their shoppers. One listener serves all streams, so that a commit costs the same however many watch. */
export interface Live {
  /**
   * Answers with the order's timeline as server-sent events: what happened after `Last-Event-ID` (everything without one),
   * then what happens. The id of an event is the order's version, so any replica can resume.
   */
  watch(orderId: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  close(): void;
}

/** Listens to the store’s commits until it is closed. */
export function liveOrders(store: EventStore): Live {
  const watched = new Map<string, Set<Tell>>();

  const stopListening = store.onCommitted((events) => {
    if (watched.size === 0) return;
    for (const event of events) for (const tell of watched.get(event.stream) ?? []) tell(event);
  });

  function listen(stream: string, tell: Tell): () => void {
    const tellers = watched.get(stream) ?? new Set();
    watched.set(stream, tellers.add(tell));
    return () => {
      tellers.delete(tell);
      if (tellers.size === 0 && watched.get(stream) === tellers) watched.delete(stream);
    };
  }

  return {
    async watch(orderId, request, reply) {
      const missed: StoredEvent[] = [];
      let tell: Tell = (event) => void missed.push(event);
      const stop = listen(streamOf(orderAggregate, orderId), (event) => tell(event));
      try {
        const past = await store.history(orderAggregate, orderId);
        const toldBefore = Number(lastEventId(request) ?? 0);
        const client = openEventStream(request, reply);
        client.onClose(stop);
        const entryOf = timeline();
        let version = 0;
        tell = (event) => {
          if (event.version <= version) return;
          version = event.version;
          const entry = entryOf(event);
          if (!(version <= toldBefore)) client.send({ id: String(version), event: event.type, data: entry });
        };
        for (const event of [...past, ...missed]) tell(event);
      } catch (error) {
        stop();
        throw error;
      }
    },
    close: stopListening,
  };
}
