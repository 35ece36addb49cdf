/**
 * What the bus needs of Kafka: a topic whose partitions are those of the source's log. Small, so that the rules of relaying and
 * consuming run over memory in tests and over a broker in a shop.
 */
export interface Topic {
  /** Throws when the brokers are out of reach. */
  openReader(): Promise<TopicReader>;
  /** Makes the topic where it does not exist, with `partitions`. Throws when the brokers are out of reach, or it has more. */
  openWriter(partitions: number): Promise<TopicWriter>;
  /** Tells the brokers how far a group is, for those who watch its lag; nothing is read back from there. */
  commit(group: string, offsets: readonly number[]): Promise<void>;
}

/** One reader of a topic; one call at a time. Whatever throws leaves it useless: close it and open another. */
export interface TopicReader {
  /** What each partition holds. Throws while there is no such topic. */
  bounds(): Promise<readonly Bounds[]>;
  /** The first record at `offset` or after it; undefined at the end. */
  recordAt(partition: number, offset: number): Promise<TopicRecord | undefined>;
  /** Where `next` goes on. */
  seek(partition: number, offset: number): void;
  /** What follows, in order within each partition; after a while without news, or when `signal` aborts, nothing. */
  next(signal: AbortSignal): Promise<readonly TopicRecord[]>;
  /** Records after the last ones that `next` gave, as far as is known. */
  ahead(): number;
  close(): Promise<void>;
}

export interface TopicWriter {
  /** Appends in order within each partition and resolves when all in-sync replicas have them; what throws may still be appended. */
  append(records: readonly NewRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface Bounds {
  /** The first offset that is kept. */
  readonly low: number;
  /** The offset that the next record gets. */
  readonly next: number;
}

export interface NewRecord {
  readonly partition: number;
  /** The subject: what others who read the topic order by. */
  readonly key: string;
  readonly type: string;
  readonly epoch: string;
  /** The event's place in the source's log. */
  readonly position: number;
  /** The position of the published event before it in the partition, 0 for the first: what a reader misses shows. */
  readonly after: number;
  /** The event, a CloudEvent in JSON. */
  readonly value: Buffer;
}

export type TopicRecord = Omit<NewRecord, 'key'> & { readonly offset: number };
