import type { Clock, Random } from '../clock/port.ts';
import type { OutboxFeed } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { messageOf } from './envelope.ts';
import { followLog } from './follow.ts';
import { type KafkaAddress, kafkaTopic, type TopicSettings } from './kafka-client.ts';
import { consumeTopic, type OwnersFeed, type TopicConsumer } from './kafka-consume.ts';
import { openPublisher, type Publisher } from './kafka-publish.ts';
import { MOST_RECORD_BYTES } from './kafka-record.ts';
import { type OutboxRelay, type RelayOptions, relayOutbox } from './kafka-relay.ts';
import type { Topic } from './kafka-topic.ts';
import { type Bus, type BusSubscription, type Envelope, UnknownSource, WrongEpoch } from './port.ts';
import type { EventSchemas } from './upcast.ts';

/** A service whose events are heard through Kafka. */
export interface KafkaSource {
  /** The event types that may be heard, with the versions that this process can read. */
  readonly events: EventSchemas;
  /**
   * The owner's feed: needed by whoever begins with the first event, stood still for longer than the topic keeps records, or
   * hears of events too large for the brokers.
   */
  readonly feed?: Pick<OutboxFeed, 'log' | 'readFeed' | 'heads'>;
}

export interface KafkaBus extends Bus {
  subscribe(subscription: BusSubscription): TopicConsumer;
}

export interface KafkaBusOptions extends KafkaAddress {
  /** Begins the names of topics and groups, so that several shops can share brokers. */
  readonly prefix: string;
  /** By service. */
  readonly sources: Readonly<Record<string, KafkaSource>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Whose marketplace this is. Default `default`. */
  readonly tenant?: string;
  /** Topics elsewhere than on brokers: tests. */
  readonly topicOf?: (service: string) => Topic;
}

/** Kafka as a bus: one topic a source, whose partitions are those of the source's log; each source's relay publishes. */
export function kafkaBus(options: KafkaBusOptions): KafkaBus {
  const { prefix, sources, clock, random, logger, tenant = 'default' } = options;
  const topics = new Map<string, Topic>();
  const feeds = new Map<string, OwnersFeed>();
  const publishers = new Map<string, Publisher>();
  const consumers = new Set<TopicConsumer>();

  function topicOf(service: string): Topic {
    const topic = topics.get(service) ?? options.topicOf?.(service) ?? kafkaTopic(options, topicName(prefix, service));
    topics.set(service, topic);
    return topic;
  }

  function feedOf(service: string, { feed, events }: KafkaSource): OwnersFeed | undefined {
    if (feed === undefined) return undefined;
    const { log } = feed;
    const owners = feeds.get(service) ?? {
      outbox: feed,
      follower: followLog({
        ...{ feed, clock, keep: 0 },
        translate: (event) =>
          Object.hasOwn(events, event.type) ? messageOf(event, { log, tenant, events }) : undefined,
      }),
    };
    feeds.set(service, owners);
    return owners;
  }

  async function publishOf(service: string, envelopes: readonly Envelope[]): Promise<void> {
    const partitions =
      sources[service]?.feed?.log.partitions ?? Math.max(...envelopes.map((each) => each.partition)) + 1;
    const publisher =
      publishers.get(service) ??
      (await openPublisher(topicOf(service), { epoch: envelopes[0]?.epoch ?? '', partitions }));
    publishers.set(service, publisher);
    try {
      await publisher.publish(envelopes);
    } catch (error) {
      publishers.delete(service);
      await publisher.close().catch(() => undefined);
      throw error;
    }
  }

  return {
    capabilities: {
      orderingPerKey: true,
      redelivery: true,
      dedupeWindowMs: 'none',
      replayFromStart: true,
      competingWorkers: false,
      expiry: false,
      claimCheckAboveBytes: MOST_RECORD_BYTES,
    },
    async publish(envelopes) {
      for (const [service, its] of Map.groupBy(envelopes, ({ log }) => log)) await publishOf(service, its);
    },
    subscribe(subscription) {
      const { source: service, from, group } = subscription;
      const source = sources[service];
      if (source === undefined) throw new UnknownSource(`no topic of ${service} is heard here`);
      const feed = feedOf(service, source);
      const epoch = feed?.outbox.log.epoch;
      if (from !== undefined && epoch !== undefined && from.epoch !== epoch)
        throw new WrongEpoch(
          `${group} stands in epoch ${from.epoch} of ${service}, whose log is now in epoch ${epoch}`,
        );
      const { events } = source;
      const consumer = consumeTopic(
        subscription,
        { topic: topicOf(service), events, feed, groupId: `${prefix}.${group}`, clock, random, logger },
        () => consumers.delete(consumer),
      );
      consumers.add(consumer);
      return consumer;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.close()));
      for (const { follower } of feeds.values()) follower.close();
      await Promise.all([...publishers.values()].map((publisher) => publisher.close()));
    },
  };
}

/** The relay of a service's outbox to its topic on real brokers, as `relayOutbox`. */
export function relayToKafka(
  options: Omit<RelayOptions, 'topic'> & KafkaAddress & TopicSettings & { readonly prefix: string },
): OutboxRelay {
  return relayOutbox({
    ...options,
    topic: kafkaTopic(options, topicName(options.prefix, options.feed.log.name), options),
  });
}

function topicName(prefix: string, service: string): string {
  return `${prefix}.${service}`;
}
