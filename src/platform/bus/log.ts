import { type Clock, type Random, sleep } from '../clock/port.ts';
import type { EventStore } from '../event-store/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { OutboxFeed, Positions } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { messageOf } from './envelope.ts';
import { followLog } from './follow.ts';
import {
  type Bus,
  type BusConsumer,
  type BusSubscription,
  type LogFollower,
  type Message,
  UnknownSource,
  WrongEpoch,
} from './port.ts';
import type { EventSchemas } from './upcast.ts';

/** A service whose events this process can read. */
export interface LogSource {
  readonly feed: Pick<OutboxFeed, 'log' | 'readFeed' | 'heads'>;
  /** The event types that may be heard, with the versions that this process can read. */
  readonly events: EventSchemas;
  /** The owner's commits, where the owner lives in this process. */
  readonly onCommitted?: EventStore['onCommitted'];
}

export interface LogBusOptions {
  /** By service; more may be added while the bus is open. */
  readonly sources: Readonly<Record<string, LogSource>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Whose marketplace this is. Default `default`. */
  readonly tenant?: string;
  /** As `FollowOptions`, for each source. */
  readonly keep?: number;
  readonly pollMs?: { readonly least: number; readonly most: number };
}

const BATCH = 256;
const BACKOFF = { firstMs: 50, mostMs: 5_000 };

/** A bus of logs, which may be told by others that one of them has grown. */
export interface LogBus extends Bus {
  /** Says that a source's log has been written up to these positions: who waits for more reads at once. */
  wake(source: string, heads: Positions): void;
}

/** The bus without a broker: the owners' logs are read where they are, so nothing is published twice and nothing can be lost on the way. */
export function logBus(options: LogBusOptions): LogBus {
  const { sources, clock, tenant = 'default', keep, pollMs } = options;
  const followers = new Map<string, LogFollower<Message>>();
  const consumers = new Set<BusConsumer>();

  function followerOf(name: string): LogFollower<Message> {
    const source = sources[name];
    if (source === undefined) throw new UnknownSource(`no log of ${name} can be read here`);
    const { feed, events, onCommitted } = source;
    const follower =
      followers.get(name) ??
      followLog({
        feed,
        clock,
        translate: (event) =>
          Object.hasOwn(events, event.type) ? messageOf(event, { log: feed.log, tenant, events }) : undefined,
        ...(onCommitted === undefined ? {} : { onCommitted }),
        ...(keep === undefined ? {} : { keep }),
        ...(pollMs === undefined ? {} : { pollMs }),
      });
    followers.set(name, follower);
    return follower;
  }

  return {
    capabilities: {
      orderingPerKey: true,
      redelivery: true,
      dedupeWindowMs: 'none',
      replayFromStart: true,
      competingWorkers: false,
      expiry: false,
      claimCheckAboveBytes: 'none',
    },
    /** What is published here is in its owner's log already: its readers are woken. */
    async publish(envelopes) {
      for (const { log, partition, position } of envelopes) {
        const follower = followers.get(log);
        follower?.wake(follower.known().map((head, index) => (index === partition ? Math.max(head, position) : head)));
      }
    },
    wake: (source, heads) => followers.get(source)?.wake(heads),
    subscribe(subscription) {
      const follower = followerOf(subscription.source);
      const consumer = consume(follower, subscription, options, () => consumers.delete(consumer));
      consumers.add(consumer);
      return consumer;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.close()));
      for (const follower of followers.values()) follower.close();
    },
  };
}

function consume(
  follower: LogFollower<Message>,
  subscription: BusSubscription,
  options: Pick<LogBusOptions, 'clock' | 'random' | 'logger'>,
  closed: () => void,
): BusConsumer {
  const { clock, random, logger } = options;
  const { from, group, source, handle, batch = BATCH } = subscription;
  const { epoch, partitions } = follower.log;
  if (from !== undefined && from.epoch !== epoch) {
    throw new WrongEpoch(`${group} stands in epoch ${from.epoch} of ${source}, whose log is now in epoch ${epoch}`);
  }
  const types = new Set(subscription.types);
  const closing = new AbortController();
  let place: Positions = from?.positions ?? Array.from({ length: partitions }, () => 0);

  const next = async () => {
    const { items, through } = await follower.read(place, batch);
    const messages = items.filter((message) => types.has(message.type));
    if (messages.length > 0) await handle({ messages, epoch, from: place, through });
    place = through;
    if (items.length === 0) await follower.wait(place, closing.signal);
  };
  const run = async () => {
    for (let failures = 0; !closing.signal.aborted; ) {
      try {
        await next();
        failures = 0;
      } catch (error) {
        failures++;
        if (closing.signal.aborted) return;
        logger.warn({ group, source, failures, error: String(error) }, 'delivery failed and is repeated');
        await sleep(clock, backoffMs(failures, random, BACKOFF), closing.signal);
      }
    }
  };
  const running = run();

  return {
    behind: () => follower.known().reduce((sum, head, index) => sum + Math.max(0, head - (place[index] ?? 0)), 0),
    async close() {
      closing.abort();
      await running;
      closed();
    },
  };
}
