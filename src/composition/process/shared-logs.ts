import type { Contract } from '../../kernel/contract.ts';
import type { LogSource } from '../../platform/bus/log.ts';
import type { Bus } from '../../platform/bus/port.ts';
import { sleep } from '../../platform/clock/port.ts';
import type { EventStore } from '../../platform/event-store/port.ts';
import type { Membership } from '../../platform/membership/port.ts';
import type { OutboxFeed } from '../../platform/storage/port.ts';
import type { Logger, Metrics } from '../../platform/telemetry/port.ts';
import type { Carried, Carrier, CarrierOptions } from '../bus-carriers.ts';
import type { Engines } from '../engines/engines.ts';

type Listener = Parameters<EventStore['onCommitted']>[0];

/** The logs of all services as this process reads them, wherever they are written. */
export interface SharedLogs {
  /** The bus over all logs, once all of them are there. Throws when `signal` aborts. */
  bus(signal: AbortSignal): Promise<Bus>;
  /** What a service that is led here commits is heard here at once, and told to the peers, and carried; the returned function ends it. */
  led(service: string, store: Pick<EventStore, 'onCommitted'>): () => Promise<void>;
  close(): Promise<void>;
}

export interface SharedLogsOptions {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly engines: Engines;
  readonly membership: Pick<Membership, 'grew' | 'onGrown'>;
  /** What carries events from the logs to those that hear them. */
  readonly carrier: (options: CarrierOptions) => Carrier | Promise<Carrier>;
  readonly logger: Logger;
  readonly metrics?: Pick<Metrics, 'watch'>;
}

const RETRY_MS = 250;

/** Opens every outbox, and lets what is published be heard; peers say when there is more, and where nobody says it the heads are looked at. */
export async function sharedLogs(options: SharedLogsOptions): Promise<SharedLogs> {
  const { contracts, engines, membership, logger } = options;
  const { clock } = engines;
  const sources: Record<string, LogSource> = {};
  const feeds = new Map<string, Promise<OutboxFeed>>();
  const listeners = new Map<string, Set<Listener>>();
  const carrier = await options.carrier({ sources, engines, logger });
  const stopHearing = carrier.grown && membership.onGrown(carrier.grown);

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
      return carrier.bus;
    },
    led(service, store) {
      const all = listenersOf(service);
      const carried = carrier.carry(service);
      const stop = store.onCommitted((events, heads) => {
        for (const listener of [...all]) listener(events, heads);
        if (carrier.grown !== undefined) membership.grew(service, heads);
        carried.wake(heads);
      });
      const unwatch = observed(service, carried, options.metrics);
      return async () => {
        stop();
        unwatch();
        await carried.stop();
      };
    },
    async close() {
      stopHearing?.();
      await carrier.bus.close();
      for (const opening of feeds.values()) await opening.then((feed) => feed.close()).catch(() => undefined);
    },
  };
}

/** Tells how far what carries a service's events is behind, where somebody carries them. */
function observed(service: string, { lag }: Carried, metrics: Pick<Metrics, 'watch'> | undefined): () => void {
  if (lag === undefined || metrics === undefined) return () => undefined;
  const labels = { service };
  const ends = [
    metrics.watch('jangteo_relay_lag_events', () => [{ labels, value: lag().events }]),
    metrics.watch('jangteo_relay_lag_seconds', () => [{ labels, value: lag().ms / 1_000 }]),
  ];
  return () => {
    for (const end of ends) end();
  };
}
