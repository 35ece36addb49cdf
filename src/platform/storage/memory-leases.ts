import type { Clock } from '../clock/port.ts';
import type { MemoryPartition, MemoryState } from './memory-state.ts';
import { type Lease, SETTLE_LEASE_MS, type Storage } from './port.ts';

export function memoryLeases(
  state: MemoryState,
  clock: Clock,
): Pick<Storage, 'acquire' | 'renew' | 'release' | 'settle'> {
  const leaseOf = (head: MemoryPartition, partition: number): Lease => {
    return { partition, fence: head.fence, owner: head.owner ?? '', until: head.until };
  };
  const canTake = (head: MemoryPartition, owner: string) => {
    return head.owner === undefined || head.owner === owner || head.until <= clock.now();
  };
  const holds = (head: MemoryPartition | undefined, lease: Lease): head is MemoryPartition => {
    return head?.owner === lease.owner && head.fence === lease.fence;
  };
  /** A new fence: what its holder before committed last is remembered beside the head. */
  const fenceOff = (head: MemoryPartition, partition: number) => {
    head.fence++;
    if (head.lastCommit === undefined) return;
    const { id, firstPosition } = head.lastCommit;
    const past = state.pastCommits.get(id) ?? { committed: true, firstPositions: new Map<number, number>() };
    if (firstPosition !== undefined) past.firstPositions.set(partition, firstPosition);
    state.pastCommits.set(id, past);
    head.lastCommit = undefined;
  };

  return {
    async acquire(owner, leaseMs, most = Number.POSITIVE_INFINITY) {
      const taken: Lease[] = [];
      for (const [partition, head] of state.partitions.entries()) {
        if (taken.length >= most || !canTake(head, owner)) continue;
        if (head.owner !== owner) fenceOff(head, partition);
        head.owner = owner;
        head.until = clock.now() + leaseMs;
        taken.push(leaseOf(head, partition));
      }
      return taken;
    },

    async renew(leases, leaseMs) {
      return leases.flatMap((lease) => {
        const head = state.partitions[lease.partition];
        if (!holds(head, lease)) return [];
        head.until = clock.now() + leaseMs;
        return [leaseOf(head, lease.partition)];
      });
    },

    async release(leases) {
      for (const lease of leases) {
        const head = state.partitions[lease.partition];
        if (!holds(head, lease)) continue;
        fenceOff(head, lease.partition);
        head.owner = undefined;
        head.until = 0;
      }
    },

    async settle(commitId, partitions, owner) {
      const leases: Lease[] = [];
      for (const partition of [...new Set(partitions)].sort((a, b) => a - b)) {
        const head = state.partitions[partition];
        if (head === undefined || !canTake(head, owner)) continue;
        fenceOff(head, partition);
        head.owner = owner;
        head.until = Math.max(head.until, clock.now() + SETTLE_LEASE_MS);
        leases.push(leaseOf(head, partition));
      }
      const past = state.pastCommits.get(commitId);
      if (past === undefined && partitions.length === 0) {
        state.pastCommits.set(commitId, { committed: false, firstPositions: new Map() });
      }
      const firstPositions = new Map(past?.firstPositions);
      let committed = past?.committed ?? false;
      for (const [partition, { lastCommit }] of state.partitions.entries()) {
        if (lastCommit?.id !== commitId) continue;
        committed = true;
        if (lastCommit.firstPosition !== undefined) firstPositions.set(partition, lastCommit.firstPosition);
      }
      return { committed, firstPositions, leases };
    },
  };
}
