import type { Contract } from '../kernel/contract.ts';
import { type LogBus, type LogSource, logBus } from '../platform/bus/log.ts';
import { sleep } from '../platform/clock/port.ts';
import type { EventStore } from '../platform/event-store/port.ts';
import type { Membership } from '../platform/membership/port.ts';
import type { OutboxFeed } from '../platform/storage/port.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import type { Engines } from './engines/engines.ts';

type Listener = Parameters<EventStore['onCommitted']>[0];

/** The logs of all services as this process reads them, wherever they are written. */
export interface SharedLogs {
  /** The bus over all logs, once all of them are there. Throws when `signal` aborts. */
  bus(signal: AbortSignal): Promise<LogBus>;
  /** What a service that is led here commits is heard here at once, and told to the peers; the returned function ends it. */
  led(service: string, store: Pick<EventStore, 'onCommitted'>): () => void;
  close(): Promise<void>;
}

export interface SharedLogsOptions {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly engines: Engines;
  readonly membership: Pick<Membership, 'grew' | 'onGrown'>;
  readonly logger: Logger;
}

const RETRY_MS = 250;

/** Reads every log from its owner's outbox; peers say when there is more, and where nobody says it the heads are looked at. */
export function sharedLogs({ contracts, engines, membership, logger }: SharedLogsOptions): SharedLogs {
  const { clock, random } = engines;
  const sources: Record<string, LogSource> = {};
  const feeds = new Map<string, Promise<OutboxFeed>>();
  const listeners = new Map<string, Set<Listener>>();
  const bus = logBus({ sources, clock, random, logger });
  const stopHearing = membership.onGrown(bus.wake);

  const listenersOf = (service: string): Set<Listener> => {
    const known = listeners.get(service) ?? new Set();
    listeners.set(service, known);
    return known;
  };

  async function openSource(service: string, contract: Contract, signal: AbortSignal): Promise<void> {
    const need = { service, collections: [], published: Object.keys(contract.events) };
    for (;;) {
      try {
        const opening = feeds.get(service) ?? engines.feedOf(need);
        feeds.set(service, opening);
        const feed = await opening;
        sources[service] ??= {
          feed,
          events: contract.events,
          onCommitted(listener) {
            const all = listenersOf(service).add(listener);
            return () => all.delete(listener);
          },
        };
        return;
      } catch (error) {
        // Its first leader makes the outbox; until then there is none.
        feeds.delete(service);
        if (signal.aborted) throw error;
        logger.debug({ service, err: error }, 'the outbox cannot be read yet');
        await sleep(clock, RETRY_MS, signal);
        signal.throwIfAborted();
      }
    }
  }

  return {
    async bus(signal) {
      await Promise.all([...contracts].map(([service, contract]) => openSource(service, contract, signal)));
      return bus;
    },
    led(service, store) {
      const all = listenersOf(service);
      return store.onCommitted((events, heads) => {
        for (const listener of [...all]) listener(events, heads);
        membership.grew(service, heads);
      });
    },
    async close() {
      stopHearing();
      await bus.close();
      for (const opening of feeds.values()) await opening.then((feed) => feed.close()).catch(() => undefined);
    },
  };
}
