import { type AnyAggregate, streamOf } from '../../platform/event-store/aggregate.ts';
import { readSnapshot, snapshots } from '../../platform/event-store/snapshots.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import type { Storage } from '../../platform/storage/port.ts';
import { documentsOf } from './documents.ts';
import { type Verdict, verdict } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** The snapshots of a service as they are kept, to be compared with its states in passing. */
export interface SnapshotCheck {
  seeState(aggregate: AnyAggregate, id: string, version: number, state: unknown): void;
  /** Undefined for a service without snapshots. */
  verdict(): Verdict | undefined;
}

/** Reads which snapshots there are. A snapshot must be the fold of its stream's events up to its version. */
export async function snapshotCheck({ aggregates }: ServiceDefinition, storage: Storage): Promise<SnapshotCheck> {
  const { looked, violated, result } = verdict(`${storage.log.name}: snapshots equal the fold of their events`);
  const left = new Map<string, { readonly version: number; readonly state: string }>();
  const withSnapshots = aggregates.filter(({ snapshot }) => snapshot !== undefined);
  if (withSnapshots.length > 0)
    for await (const { key, body } of documentsOf(storage, snapshots)) {
      const aggregate = withSnapshots.find(({ name }) => key.startsWith(`${name}/`));
      if (aggregate === undefined) continue;
      // One of another fold is never read: it is no damage.
      const read = readSnapshot(aggregate, body);
      if (read !== undefined) left.set(key, { version: read.version, state: fingerprint(body.state) });
      else if (body.fold === aggregate.snapshot?.fold && typeof body.version !== 'number')
        violated(`${key} cannot be read`);
    }

  return {
    seeState(aggregate, id, version, state) {
      if (aggregate.snapshot === undefined) return;
      const stream = streamOf(aggregate, id);
      const kept = left.get(stream);
      if (kept?.version !== version) return;
      looked();
      left.delete(stream);
      if (fingerprint(aggregate.snapshot.encode(state)) !== kept.state)
        violated(`the snapshot of ${stream} at version ${version} is not the fold of its events`);
    },
    verdict() {
      if (withSnapshots.length === 0) return undefined;
      for (const [stream, { version }] of left)
        violated(`the snapshot of ${stream} is of version ${version}, which the stream does not have`);
      left.clear();
      return result();
    },
  };
}
