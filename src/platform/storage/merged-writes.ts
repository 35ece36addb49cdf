import type { Commit, Conflict, DocumentWrite, PositionAdvance } from './port.ts';

/** All writes of a batch to one document as one. */
export interface MergedWrite {
  readonly write: DocumentWrite;
  /** The version it must have before; undefined: any. */
  readonly expected: number | undefined;
  readonly body: DocumentWrite['body'];
  /** How many versions the writes add; since the last deletion, when there was one. */
  readonly added: number;
  readonly restarted: boolean;
}

export interface MergedBatch {
  readonly documents: readonly MergedWrite[];
  readonly positions: readonly PositionAdvance[];
  /** Writes and advances that can never follow each other, whatever the storage holds. */
  readonly contradictions: readonly Conflict[];
}

/** A batch with at most one write a document and one advance a position, so that it can be written set-based. */
export function mergeBatch(batch: Commit): MergedBatch {
  const contradictions: Conflict[] = [];
  const documents = mergeDocuments(batch.documents, contradictions);
  const positions = mergePositions(batch.positions, contradictions);
  return { documents, positions, contradictions };
}

function mergeDocuments(writes: readonly DocumentWrite[], contradictions: Conflict[]): readonly MergedWrite[] {
  const merged = new Map<string, MergedWrite>();
  for (const write of writes) {
    const { collection, generation, key, body, expectedVersion } = write;
    const place = `${collection.name}/${generation}/${key}`;
    const before = merged.get(place) ?? { write, expected: undefined, body, added: 0, restarted: false };
    const after = {
      write: before.write,
      expected: before.expected,
      body,
      added: body === null ? 0 : before.added + 1,
      restarted: before.restarted || body === null,
    };
    if (expectedVersion !== undefined) {
      const implied = expectedVersion - before.added;
      const possible = before.restarted
        ? implied === 0
        : implied >= 0 && (before.expected === undefined || before.expected === implied);
      if (!possible) contradictions.push({ kind: 'document', collection: collection.name, key });
      else if (!before.restarted) after.expected = implied;
    }
    merged.set(place, after);
  }
  return [...merged.values()];
}

function mergePositions(advances: readonly PositionAdvance[], contradictions: Conflict[]): readonly PositionAdvance[] {
  const merged = new Map<string, { first: PositionAdvance; last: PositionAdvance }>();
  for (const advance of advances) {
    const { subscription, generation, from } = advance;
    const place = `${generation}/${subscription}`;
    const before = merged.get(place);
    if (before !== undefined) {
      const follows = JSON.stringify(before.last.to) === JSON.stringify(from) && before.last.fence <= advance.fence;
      if (!follows) contradictions.push({ kind: 'position', subscription });
    }
    merged.set(place, { first: before?.first ?? advance, last: advance });
  }
  return [...merged.values()].map(({ first, last }) => ({ ...last, from: first.from }));
}

/** Events and records that the batch holds twice, which can never be true, whatever the storage holds. */
export function findRepetitions({ events, idempotency }: Commit): readonly Conflict[] {
  const contradictions: Conflict[] = [];
  const versions = new Set<string>();
  for (const { stream, version } of events) {
    const place = `${version} ${stream}`;
    if (versions.has(place)) contradictions.push({ kind: 'stream', stream });
    versions.add(place);
  }
  const keys = new Set<string>();
  for (const { key } of idempotency) {
    if (keys.has(key)) contradictions.push({ kind: 'idempotency', key });
    keys.add(key);
  }
  return contradictions;
}
