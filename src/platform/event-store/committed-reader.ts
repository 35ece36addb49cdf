import type { Storage } from '../storage/port.ts';
import { type AnyAggregate, partitionOf, streamOf } from './aggregate.ts';
import { type AggregateCache, newEntry, type StreamEntry } from './aggregate-cache.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Ownership } from './ownership.ts';
import { UnavailableFault } from './port.ts';
import { loadStreams } from './stream-loader.ts';

export interface CommittedReaderOptions {
  readonly storage: Storage;
  readonly cache: AggregateCache;
  readonly ownership: Ownership;
  readonly writing: Pick<GroupCommit, 'loader' | 'landed'>;
}

/** What is committed of one stream. */
export interface Committed {
  readonly state: unknown;
  readonly version: number;
}

/**
 * Reads committed streams: from memory while nobody else can have written them, else from the storage. A stream with a commit
 * in flight is answered when that has landed. Throws an UnavailableFault when the storage or the stream cannot be read.
 */
export function committedReader({ storage, cache, ownership, writing }: CommittedReaderOptions) {
  async function readAside(aggregate: AnyAggregate, id: string, partition: number): Promise<Committed> {
    const entry = newEntry(aggregate, id, streamOf(aggregate, id), partition);
    await loadStreams(storage, [entry], () => true);
    if (entry.fault !== undefined) throw entry.fault;
    return committedOf(entry);
  }

  function load(entry: StreamEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      writing.loader.want({
        entries: [entry],
        key: undefined,
        done: (_, fault) => (fault === undefined ? resolve() : reject(fault)),
      });
      setImmediate(writing.loader.start);
    });
  }

  async function readCommitted(aggregate: AnyAggregate, id: string, partition: number): Promise<Committed> {
    try {
      while (ownership.isCertain(partition)) {
        const entry = cache.pin(aggregate, id);
        try {
          if (!entry.loaded) await load(entry);
          if (entry.fault !== undefined) throw entry.fault;
          const group = entry.inFlightIn;
          if (group !== undefined) await writing.landed(group);
          else if (entry.loaded) return committedOf(entry);
        } finally {
          cache.unpin(entry);
        }
      }
      return await readAside(aggregate, id, partition);
    } catch (error) {
      if (error instanceof UnavailableFault) throw error;
      throw new UnavailableFault('the storage cannot be read just now', { cause: error });
    }
  }

  return (aggregate: AnyAggregate, id: string): Promise<Committed> => {
    const partition = partitionOf(id, storage.log.partitions);
    const entry = ownership.isCertain(partition) ? cache.peek(streamOf(aggregate, id)) : undefined;
    if (entry?.loaded && entry.fault === undefined && entry.inFlightIn === undefined) {
      return Promise.resolve(committedOf(entry));
    }
    return readCommitted(aggregate, id, partition);
  };
}

function committedOf({ committedState, committedVersion }: StreamEntry): Committed {
  return { state: committedState, version: committedVersion };
}
