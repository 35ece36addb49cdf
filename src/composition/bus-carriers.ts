import type { LogSource } from '../platform/bus/log.ts';
import { logBus } from '../platform/bus/log.ts';
import type { Bus } from '../platform/bus/port.ts';
import type { Positions } from '../platform/storage/port.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import type { Engines } from './engines/engines.ts';

/** What carries events from the logs to those that hear them. */
export interface Carrier {
  readonly bus: Bus;
  /** A service is led here from now on: what it publishes is carried. */
  carry(service: string): Carried;
  /** Says that a log has been written up to these positions; absent where nobody needs to be told. */
  readonly grown?: (service: string, heads: Positions) => void;
}

/** The events of one service on their way. */
export interface Carried {
  wake(heads: Positions): void;
  /** What is not carried yet, and for how long it has not been all; absent where nothing is to be carried. */
  readonly lag?: () => { readonly events: number; readonly ms: number };
  stop(): Promise<void>;
}

export interface CarrierOptions {
  /** By service; they come to be known one after another. */
  readonly sources: Readonly<Record<string, LogSource>>;
  readonly engines: Pick<Engines, 'clock' | 'random'>;
  readonly logger: Logger;
}

const NOTHING_TO_CARRY: Carried = { wake: () => undefined, stop: async () => undefined };

/** Without a broker: everybody reads the owners' outboxes. */
export function logCarrier({ sources, engines: { clock, random }, logger }: CarrierOptions): Carrier {
  const bus = logBus({ sources, clock, random, logger });
  return { bus, carry: () => NOTHING_TO_CARRY, grown: bus.wake };
}

/** Kafka: whoever leads a service relays its outbox, and everybody hears from the brokers. */
export async function kafkaCarrier(
  { sources, engines: { clock, random }, logger }: CarrierOptions,
  brokers: readonly string[],
  prefix: string,
): Promise<Carrier> {
  const { kafkaBus, relayToKafka } = await import('../platform/bus/kafka.ts');
  const common = { brokers: [...brokers], prefix, clock, random, logger };
  return {
    bus: kafkaBus({ ...common, sources }),
    carry(service) {
      const source = sources[service];
      if (source === undefined) throw new Error(`the outbox of ${service} is not open`);
      return relayToKafka({ ...common, feed: source.feed });
    },
  };
}
