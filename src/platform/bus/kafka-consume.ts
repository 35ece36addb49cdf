import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { OutboxFeed, Positions } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type Course, plotCourse } from './kafka-course.ts';
import { reasonOf } from './kafka-fault.ts';
import { envelopeOf, messageFrom } from './kafka-record.ts';
import type { Topic, TopicReader, TopicRecord } from './kafka-topic.ts';
import { type BusConsumer, type BusSubscription, type LogFollower, type Message, WrongEpoch } from './port.ts';
import type { EventSchemas } from './upcast.ts';

export interface TopicConsumer extends BusConsumer {
  /** Up to where deliveries were accepted; empty until the topic was first read. */
  place(): Positions;
}

/** The owner's feed, where this process may read it. */
export interface OwnersFeed {
  readonly outbox: Pick<OutboxFeed, 'log' | 'readFeed' | 'heads'>;
  readonly follower: LogFollower<Message>;
}

export interface ConsumeOptions {
  readonly topic: Topic;
  readonly events: EventSchemas;
  readonly feed: OwnersFeed | undefined;
  /** The group's name among those of the brokers. */
  readonly groupId: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const BATCH = 256;
const BACKOFF = { firstMs: 50, mostMs: 5_000 };
/** A topic that is not there yet comes with the start of its relay: it is looked for often. */
const OUTAGE_BACKOFF = { firstMs: 50, mostMs: 2_000 };
const COMMIT_MS = 5_000;

/**
 * One consumer. It stands at positions of the source's log, as its inbox remembers them, and takes a record when the record says
 * that nothing lies between: what repeats is dropped, what is missing is read from the owner's feed. Without a feed it waits for
 * a relay to publish what is missing.
 */
export function consumeTopic(
  subscription: BusSubscription,
  options: ConsumeOptions,
  closed: () => void,
): TopicConsumer {
  const { topic, events, feed, groupId, clock, random, logger } = options;
  const { from, group, source, handle, batch = BATCH } = subscription;
  const types = new Set(subscription.types.filter((type) => Object.hasOwn(events, type)));
  const closing = new AbortController();
  let epoch = from?.epoch ?? feed?.outbox.log.epoch;
  let place: Positions = from?.positions ?? [];
  let course: Course | undefined;
  let reader: TopicReader | undefined;
  const reread = new Set<number>();
  let fetched = 0;
  let coming = 0;
  let failures = 0;
  let committedAt = clock.now();
  // What is asked of brokers that do not answer ends with the connection.
  const hangUp = () => void reader?.close().catch(() => undefined);
  closing.signal.addEventListener('abort', hangUp, { once: true });
  const running = run();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        reader = await topic.openReader();
        await listen(reader);
      } catch (error) {
        if (closing.signal.aborted) break;
        if (error instanceof WrongEpoch) {
          logger.error({ group, source, error: error.message }, 'the subscription stands in another log');
          subscription.lost?.(error);
          break;
        }
        failures++;
        // A process that starts beside its source's relay may come before the topic.
        const level = failures < 5 ? 'debug' : 'warn';
        logger[level]({ group, source, failures, error: reasonOf(error) }, 'the topic cannot be read yet');
        await sleep(clock, backoffMs(failures, random, OUTAGE_BACKOFF), closing.signal);
      } finally {
        await reader?.close().catch(() => undefined);
        reader = undefined;
        course = undefined;
      }
    }
  }

  async function listen(from: TopicReader): Promise<void> {
    course = await plotCourse(from, { source, epoch, place, feed: feed?.outbox, reread });
    epoch = course.epoch;
    place = course.place;
    if (course.readFeedTo !== undefined) await readFeed(course.readFeedTo);
    for (const [partition, offset] of course.offsets.entries()) from.seek(partition, offset);
    for (let fetching = fetch(from); !closing.signal.aborted; ) {
      const records = await fetching;
      if (closing.signal.aborted) return;
      fetching = fetch(from);
      await take(course, records);
      failures = 0;
      report(course);
    }
  }

  /** Fetches what comes next, while what came is being handled. */
  function fetch(from: TopicReader): Promise<readonly TopicRecord[]> {
    coming = 0;
    const fetching = from.next(closing.signal).then((records) => {
      coming = records.length;
      return records;
    });
    fetching.catch(() => undefined);
    return fetching;
  }

  /** Delivers what is new among `records`, at most `batch` messages of a partition at a time. */
  async function take({ offsets }: Course, records: readonly TopicRecord[]): Promise<void> {
    let messages: Message[] = [];
    let through = [...place];
    const counts = through.map(() => 0);
    fetched = records.length;
    const flush = async () => {
      await deliver(messages, through);
      messages = [];
      counts.fill(0);
    };
    for (const [index, record] of records.entries()) {
      const { partition, position, type, after } = record;
      // Who cannot read the owner's feed learns with the first record which life of the log this is.
      epoch ??= record.epoch;
      if (record.epoch !== epoch) {
        await flush();
        throw wrongEpoch(record.epoch);
      }
      const at = through[partition] ?? 0;
      if (position <= at) {
        offsets[partition] = record.offset + 1;
        continue;
      }
      if (after > at) {
        await flush();
        logger.warn({ group, source, partition, from: at, to: after }, 'events are missing in the topic');
        if (feed === undefined) {
          if (reread.has(partition)) continue;
          // Repetitions of a relay can hide where the place is: everything that is kept is read once more.
          reread.add(partition);
          throw new Error(`what follows position ${at} of partition ${partition} was not found yet`);
        }
        await readFeed(through.map((reached, each) => (each === partition ? after : reached)));
        through = [...place];
        if (position <= (through[partition] ?? 0)) continue;
      }
      if (types.has(type)) {
        messages.push(await messageOf(record));
        counts[partition] = (counts[partition] ?? 0) + 1;
      }
      through[partition] = position;
      reread.delete(partition);
      offsets[partition] = record.offset + 1;
      if ((counts[partition] ?? 0) < batch) continue;
      await flush();
      fetched = records.length - index - 1;
      if (closing.signal.aborted) return;
    }
    await flush();
    fetched = 0;
  }

  /** Hands over a batch until it is accepted, or the consumer is closed. */
  async function deliver(messages: readonly Message[], through: Positions): Promise<void> {
    if (epoch === undefined) return;
    for (let refused = 0; messages.length > 0; ) {
      if (closing.signal.aborted) throw new Error('the consumer was closed');
      try {
        await handle({ messages, epoch, from: place, through: [...through] });
        break;
      } catch (error) {
        refused++;
        if (closing.signal.aborted) throw error;
        logger.warn({ group, source, failures: refused, error: String(error) }, 'delivery failed and is repeated');
        await sleep(clock, backoffMs(refused, random, BACKOFF), closing.signal);
      }
    }
    place = [...through];
  }

  /** Reads the owner's feed until the place has reached `target`. */
  async function readFeed(target: Positions): Promise<void> {
    while (feed !== undefined && !closing.signal.aborted && shortOf(place, target) > 0) {
      const { items, through } = await feed.follower.read(place, batch);
      const moved = through.some((reached, partition) => reached > (place[partition] ?? 0));
      await deliver(
        items.filter(({ type }) => types.has(type)),
        through,
      );
      if (!moved) await sleep(clock, BACKOFF.firstMs, closing.signal);
    }
  }

  /** The message of a record; what was too large for the brokers is read from the owner's feed. */
  async function messageOf(record: TopicRecord): Promise<Message> {
    const { dataref, ...envelope } = envelopeOf(record);
    if (dataref === undefined) return messageFrom(envelope, events);
    if (feed === undefined)
      return { ...envelope, unreadable: `${dataref} cannot be read here: it needs the owner's feed` };
    const { partition, position } = record;
    const before = place.map((_, each) => (each === partition ? position - 1 : Number.MAX_SAFE_INTEGER));
    const [event] = await feed.outbox.readFeed(before, 1);
    if (event === undefined) throw new Error(`the owner's feed does not hold ${dataref}`);
    return messageFrom({ ...envelope, data: event.data }, events);
  }

  function report({ offsets }: Course): void {
    if (clock.now() < committedAt + COMMIT_MS) return;
    committedAt = clock.now();
    topic.commit(groupId, [...offsets]).catch((error: unknown) => {
      logger.debug({ group, source, error: String(error) }, 'the group’s offsets were not told to the brokers');
    });
  }

  function wrongEpoch(found: string): WrongEpoch {
    return new WrongEpoch(`${group} stands in epoch ${epoch} of ${source}, whose topic is now in epoch ${found}`);
  }

  return {
    place: () => place,
    behind: () => {
      const inFeed = course?.readFeedTo === undefined ? 0 : shortOf(place, course.readFeedTo);
      return inFeed > 0 ? inFeed : fetched + coming + (reader?.ahead() ?? 0);
    },
    async close() {
      closing.abort();
      await running;
      closed();
    },
  };
}

function shortOf(place: Positions, target: Positions): number {
  return target.reduce((sum, position, partition) => sum + Math.max(0, position - (place[partition] ?? 0)), 0);
}
