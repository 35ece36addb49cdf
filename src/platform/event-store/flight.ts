import { type Clock, type Random, sleep } from '../clock/port.ts';
import type { CommitResult, Fence, Settled, Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type Group, partitionsOf, seal } from './group.ts';
import type { Ownership } from './ownership.ts';
import type { WrittenTypes } from './written.ts';

/** What became of a group. `undone`: its fate was unknown, and it is certain now that it was not and will never be written. */
export type Landing = Exclude<CommitResult, { readonly fate: 'unknown' }> | { readonly fate: 'undone' };

export interface FlightOptions {
  readonly storage: Pick<Storage, 'commit' | 'settle'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly owner: string;
  readonly ownership: Ownership;
  readonly written: WrittenTypes;
  readonly logger: Logger;
  readonly groupCommitted?: ((works: number, seconds: number) => void) | undefined;
  /** How long a fate may stay unknown before `onOverdue` is called. The store goes on asking. */
  readonly unknownFateMs: number;
  readonly onOverdue: () => void;
}

export interface Flight {
  /** Commits the group and answers when its fate is certain, however long that takes. */
  send(group: Group): Promise<Landing>;
  /** Gives up asking after an unknown fate; the group never lands. */
  abandon(): void;
}

const SETTLE_FIRST_MS = 20;
const SETTLE_MOST_MS = 2_000;

export function flights(options: FlightOptions): Flight {
  const { storage, clock, random, owner, ownership, written, logger } = options;
  const prefix = Buffer.from(random.bytes(12)).toString('base64url');
  const abandoned = new AbortController();
  let sent = 0;

  async function send(group: Group): Promise<Landing> {
    const startedAt = clock.now();
    const wanted = partitionsOf(group);
    // A commit that touches no partition carries one fence all the same: its head row then remembers whether it happened.
    const partitions = wanted.length > 0 ? wanted : [ownership.any() ?? []].flat();
    // Without a fence nothing would keep a process that was overtaken from writing its documents over its successor's.
    if (partitions.length === 0) return { fate: 'unavailable', cause: new Error('all partitions are owned elsewhere') };
    const fences = ownership.fences(partitions);
    if (fences.length < partitions.length) return lostFences(partitions, fences);
    const id = `${prefix}.${++sent}`;
    const result = await commit(group, id, startedAt, fences);
    if (result.fate === 'done') written.written(group.events);
    if (result.fate !== 'unknown') {
      if (result.fate === 'done') options.groupCommitted?.(group.works.length, (clock.now() - startedAt) / 1_000);
      return result;
    }
    logger.warn({ err: result.cause, commit: id }, 'the fate of a commit is unknown; asking the storage for it');
    const settled = await settle(id, partitions);
    ownership.settled(partitions, settled.leases);
    logger.info({ commit: id, committed: settled.committed }, 'the fate of the commit is known');
    if (settled.committed) written.written(group.events);
    return settled.committed ? { fate: 'done', firstPositions: settled.firstPositions } : { fate: 'undone' };
  }

  async function commit(group: Group, id: string, at: number, fences: readonly Fence[]): Promise<CommitResult> {
    let batch: ReturnType<typeof seal>;
    try {
      batch = seal(group, id, at, fences, written.firstOf(group.events));
    } catch (error) {
      return { fate: 'refused', cause: asError(error) };
    }
    try {
      return await storage.commit(batch);
    } catch (error) {
      return { fate: 'unknown', cause: asError(error) };
    }
  }

  async function settle(id: string, partitions: readonly number[]): Promise<Settled> {
    const cancel = clock.after(options.unknownFateMs, options.onOverdue);
    try {
      for (let waitMs = SETTLE_FIRST_MS; ; waitMs = Math.min(waitMs * 2, SETTLE_MOST_MS)) {
        try {
          return await storage.settle(id, partitions, owner);
        } catch (error) {
          logger.warn({ err: error, commit: id }, 'the storage is out of reach');
        }
        await sleep(clock, waitMs * (0.5 + random.fraction() / 2), abandoned.signal);
        if (abandoned.signal.aborted) await new Promise<never>(() => {});
      }
    } finally {
      cancel();
    }
  }

  return { send, abandon: () => abandoned.abort() };
}

function lostFences(partitions: readonly number[], fences: readonly Fence[]): Landing {
  const held = new Set(fences.map((fence) => fence.partition));
  const lost = partitions.filter((partition) => !held.has(partition));
  return { fate: 'conflict', conflicts: lost.map((partition) => ({ kind: 'fence', partition })) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
