import type { LogIdentity, StoredEvent } from './port.ts';

/** One partition of the log: its events as JSON, its lease, and the last commit with the position of its first event. */
export interface MemoryPartition {
  readonly events: string[];
  owner: string | undefined;
  fence: number;
  until: number;
  lastCommit: RememberedCommit | undefined;
}

export interface RememberedCommit {
  readonly id: string;
  /** Undefined when the commit had no event in the partition. */
  readonly firstPosition: number | undefined;
}

export interface MemoryDocument {
  readonly version: number;
  readonly json: string;
}

export interface MemoryState {
  readonly log: LogIdentity;
  readonly partitions: readonly MemoryPartition[];
  /** stream → version → event. */
  readonly streams: Map<string, Map<number, string>>;
  /** collection/generation → key → document. */
  readonly documents: Map<string, Map<string, MemoryDocument>>;
  readonly idempotency: Map<string, string>;
  /** [subscription, generation] → position. */
  readonly positions: Map<string, string>;
  /** Commits that no head remembers: those without fences, the last ones before a change of hands, and refused late ones. */
  readonly pastCommits: Map<string, PastCommit>;
}

export interface PastCommit {
  readonly committed: boolean;
  readonly firstPositions: Map<number, number>;
}

export function newMemoryState(name: string, partitions: number): MemoryState {
  return {
    log: { name, epoch: 'memory', partitions },
    partitions: Array.from({ length: partitions }, () => ({
      events: [],
      owner: undefined,
      fence: 0,
      until: 0,
      lastCommit: undefined,
    })),
    streams: new Map(),
    documents: new Map(),
    idempotency: new Map(),
    positions: new Map(),
    pastCommits: new Map(),
  };
}

export function parseEvent(json: string): StoredEvent {
  return JSON.parse(json) as StoredEvent;
}
