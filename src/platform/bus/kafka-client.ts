import { Admin, type BaseOptions } from '@platformatic/kafka';
import { isError, openKafkaReader } from './kafka-reader.ts';
import type { Topic } from './kafka-topic.ts';
import { openKafkaWriter } from './kafka-writer.ts';

/** How brokers are reached. */
export interface KafkaAddress {
  /** `host:port` of some of them; the rest is learnt from these. */
  readonly brokers: readonly string[];
  readonly tls?: BaseOptions['tls'];
  readonly sasl?: BaseOptions['sasl'];
  /** Who asks, in the brokers' logs and quotas. Default `jangteo`. */
  readonly clientId?: string;
}

/** How topics are made; one that exists stays as it is. */
export interface TopicSettings {
  /** How long a record is kept, in ms; readers who come later read the owner's feed. Default a week. */
  readonly retentionMs?: number;
  /** Copies of each partition. Default: the brokers' own default. */
  readonly replicas?: number;
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** A topic on real brokers. */
export function kafkaTopic(address: KafkaAddress, name: string, settings: TopicSettings = {}): Topic {
  const base = baseOf(address);
  return {
    openReader: async () => openKafkaReader(base, name),
    async openWriter(partitions) {
      await ensureTopic(base, name, partitions, settings);
      return openKafkaWriter(base, name);
    },
    commit: (group, offsets) =>
      withAdmin(base, (admin) =>
        admin.alterConsumerGroupOffsets({
          groupId: group,
          topics: [
            { name, partitionOffsets: offsets.map((offset, partition) => ({ partition, offset: BigInt(offset) })) },
          ],
        }),
      ),
  };
}

/** Options of every client. Retries are few: who calls tries again with its own backoff. */
export function baseOf({ brokers, tls, sasl, clientId = 'jangteo' }: KafkaAddress): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    autocreateTopics: false,
    connectTimeout: 3_000,
    requestTimeout: 10_000,
    timeout: 5_000,
    retries: 2,
    retryDelay: 100,
    ...(tls === undefined ? {} : { tls }),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

/** Forgets all that the topic holds, as the end of its retention would: tests and drills. */
export async function emptyTopic(address: KafkaAddress, name: string, ends: readonly number[]): Promise<void> {
  const partitions = ends.map((offset, partition) => ({ partition, offset: BigInt(offset) }));
  await withAdmin(baseOf(address), (admin) => admin.deleteRecords({ topics: [{ name, partitions }] }));
}

async function ensureTopic(base: BaseOptions, name: string, partitions: number, settings: TopicSettings) {
  const { retentionMs = WEEK_MS, replicas } = settings;
  await withAdmin(base, async (admin) => {
    try {
      await admin.createTopics({
        topics: [name],
        partitions,
        ...(replicas === undefined ? {} : { replicas }),
        configs: [{ name: 'retention.ms', value: String(retentionMs) }],
      });
    } catch (error) {
      if (!isError(error, 'TOPIC_ALREADY_EXISTS')) throw error;
    }
    const there = (await admin.metadata({ topics: [name], forceUpdate: true })).topics.get(name)?.partitionsCount ?? 0;
    if (there > partitions) throw new Error(`topic ${name} has ${there} partitions, its source's log ${partitions}`);
    if (there > 0 && there < partitions)
      await admin.createPartitions({ topics: [{ name, count: partitions, assignments: [] }] });
  });
}

async function withAdmin<Result>(base: BaseOptions, use: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = new Admin(base);
  try {
    return await use(admin);
  } finally {
    await admin.close();
  }
}
