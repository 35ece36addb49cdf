import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { OutboxFeed, Positions, StoredEvent } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { messageOf } from './envelope.ts';
import { followLog } from './follow.ts';
import { reasonOf } from './kafka-fault.ts';
import { openPublisher, type Publisher } from './kafka-publish.ts';
import type { Topic } from './kafka-topic.ts';
import type { Envelope } from './port.ts';

export interface RelayOptions {
  /** What the service has published. The relay reads it, never what its own process happens to hold in memory: a newer release beside it may publish more types. */
  readonly feed: Pick<OutboxFeed, 'log' | 'readFeed' | 'heads'>;
  readonly topic: Topic;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Whose marketplace this is. Default `default`. */
  readonly tenant?: string;
  /** Events of one partition that are read and published together, at most. Default 1,000. */
  readonly page?: number;
  /** As `FollowOptions`. */
  readonly pollMs?: { readonly least: number; readonly most: number };
  /** Larger events travel by reference, in bytes. Default 900,000. */
  readonly mostRecordBytes?: number;
}

export interface OutboxRelay {
  /** Says that the log has been written up to these positions (what `onCommitted` tells): they are published at once. */
  wake(heads: Positions): void;
  /** Positions of the log, published or not, that the relay has not passed yet, as far as is known here. */
  behind(): number;
  /** The same, and for how long it has not been nothing, in ms. */
  lag(): { readonly events: number; readonly ms: number };
  /** `waiting`: the brokers, or the feed, cannot be reached; nothing is lost meanwhile. */
  state(): 'running' | 'waiting' | 'stopped';
  /** Ends after what is being published; brokers that do not answer are waited for three seconds. */
  stop(): Promise<void>;
}

/** How long a stop waits for brokers that do not answer, in ms: what they have is read from them again. */
const GRACE_MS = 3_000;
const BACKOFF = { firstMs: 50, mostMs: 5_000 };

/**
 * Publishes an outbox feed to Kafka in commit order, until it is stopped. It remembers nothing: at the start, and after every
 * fault, it goes on behind the last record of each partition. So an event that was committed is published after a kill at any
 * moment, perhaps twice, and never before one that was committed earlier in its partition. Two relays of one log repeat each
 * other's events and harm nobody.
 */
export function relayOutbox(options: RelayOptions): OutboxRelay {
  const { feed, topic, clock, random, tenant = 'default', page = 1_000, mostRecordBytes } = options;
  const logger = options.logger.child({ relay: feed.log.name });
  const stopping = new AbortController();
  const follower = followLog<StoredEvent>({
    ...{ feed, clock, translate: (event) => event },
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
  });
  let at: Positions = Array.from({ length: feed.log.partitions }, () => 0);
  let state: ReturnType<OutboxRelay['state']> = 'waiting';
  /** All that was committed until then is published. */
  let caughtUpUntil = clock.now();
  const running = run();

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      let publisher: Publisher | undefined;
      try {
        publisher = await openPublisher(topic, feed.log, mostRecordBytes);
        at = publisher.published();
        state = 'running';
        await relay(publisher, () => {
          failures = 0;
        });
      } catch (error) {
        state = 'waiting';
        failures++;
        // A topic that was made just now is not known to every broker at once.
        const level = failures < 5 ? 'debug' : 'warn';
        logger[level]({ failures, error: reasonOf(error) }, 'events cannot be published yet');
        await sleep(clock, backoffMs(failures, random, BACKOFF), stopping.signal);
      } finally {
        await publisher?.close().catch(() => undefined);
      }
    }
    state = 'stopped';
  }

  /** Relays until it is stopped or something fails. While one page is being published the next is read and made ready. */
  async function relay(publisher: Publisher, progressed: () => void): Promise<void> {
    let under: Promise<void> = Promise.resolve();
    let read = at;
    while (!stopping.signal.aborted) {
      const began = clock.now();
      const { items, through } = await follower.read(read, page);
      const before = under;
      read = through;
      under = publisher.publish(items.map((event) => asWritten(event))).then(() => {
        at = through;
        caughtUpUntil = items.length < page ? began : (items.at(-1)?.at ?? caughtUpUntil);
        if (items.length > 0) progressed();
      });
      // One that fails while another is awaited is found when its own turn comes.
      under.catch(() => undefined);
      await before;
      if (items.length > 0) continue;
      await under;
      await follower.wait(read, stopping.signal);
      caughtUpUntil = clock.now();
    }
    await under;
  }

  /** Versions stay as they were written: each reader makes of them what its own release knows. */
  function asWritten(event: StoredEvent): Envelope {
    return messageOf(event, { log: feed.log, tenant, events: { [event.type]: { version: event.schemaVersion } } });
  }

  const behind = () =>
    follower.known().reduce((sum, head, partition) => sum + Math.max(0, head - (at[partition] ?? 0)), 0);

  return {
    wake: (heads) => follower.wake(heads),
    behind,
    lag() {
      const events = behind();
      return { events, ms: events === 0 ? 0 : clock.now() - caughtUpUntil };
    },
    state: () => state,
    async stop() {
      stopping.abort();
      const stopped = new AbortController();
      await Promise.race([running, sleep(clock, GRACE_MS, stopped.signal)]);
      stopped.abort();
      follower.close();
    },
  };
}
