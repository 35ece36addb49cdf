import type { Codec } from './codec.ts';
import { type EntryOptions, entriesOf } from './entries.ts';

/** Which state of a truth: states of one epoch are counted, those of two epochs cannot be compared. */
export interface Version {
  readonly epoch: string;
  readonly number: number;
}

export interface VersionedCopy<Value> extends Version {
  readonly value: Value;
}

export interface VersionedCopiesOptions<Value> extends Omit<EntryOptions<Value>, 'absentTtlMs'> {
  /** Keys that may be being written; more are not kept. Default 1,000. */
  readonly mostUnderWay?: number;
}

/** What came of asking: the copy, or why there is none that may be shown. */
export type Found<Value> =
  | { readonly kind: 'hit'; readonly copy: VersionedCopy<Value> }
  | { readonly kind: 'absent' | 'older' };

export interface VersionedCopies<Value> {
  /** Keeps a state that the truth has committed. Returns at once and never fails; of states that wait, only the newest is written: of another epoch the one that came last. */
  keep(key: string, copy: VersionedCopy<Value>): void;
  /** The copy, provided that it is at least what the asker has `seen`. */
  get(key: string, seen: Version): Promise<Found<Value>>;
  /** Resolves when everything that was to be kept has been, or could not be. */
  settled(): Promise<void>;
}

/**
 * Versioned copies: the owner of a truth leaves a copy of each state that it has committed, and everybody answers from the copy
 * whoever shows which state they have seen. The asker's own knowledge decides, not the engine's, so no order of events can show
 * an older state than the one that the asker has seen: a copy that was never written, one that a failover has lost or brought back,
 * one that a former owner wrote late, are all too old for that asker, who is answered by the owner.
 *
 * What it can lose: nothing of the truth, and nothing that the asker has seen. What others have changed meanwhile may be unseen
 * for as long as `ttlMs`, when the owner died before it left its copy, when the engine was away at that moment or has lost it, or
 * when a former owner put its older copy over it.
 */
export function versionedCopies<Value>(options: VersionedCopiesOptions<Value>): VersionedCopies<Value> {
  const { mostUnderWay = 1_000, ...common } = options;
  const entries = entriesOf<VersionedCopy<Value>>({ ...common, codec: copyCodec(options.codec) });
  /** By key: the newest copy that was to be kept while one is written. */
  const newest = new Map<string, VersionedCopy<Value>>();
  const underWay = new Set<Promise<void>>();

  async function write(key: string): Promise<void> {
    for (let written: VersionedCopy<Value> | undefined; written !== newest.get(key); ) {
      written = newest.get(key);
      await entries.set(key, written).catch(() => false);
    }
    newest.delete(key);
  }

  return {
    keep(key, copy) {
      const writing = newest.get(key);
      if (writing !== undefined) {
        // A truth of another epoch was restored: its states take the place of what was.
        if (copy.epoch !== writing.epoch || copy.number >= writing.number) newest.set(key, copy);
        return;
      }
      if (newest.size >= mostUnderWay) return;
      newest.set(key, copy);
      const written = write(key).finally(() => void underWay.delete(written));
      underWay.add(written);
    },
    async get(key, seen) {
      const copy = (await entries.get(key))?.value;
      if (copy === undefined) return { kind: 'absent' };
      return isAtLeast(copy, seen) ? { kind: 'hit', copy } : { kind: 'older' };
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

function isAtLeast(state: Version, other: Version): boolean {
  return state.epoch === other.epoch && state.number >= other.number;
}

/** The version's bytes before the value's: epoch and number as JSON, and how long that is. */
function copyCodec<Value>(codec: Codec<Value>): Codec<VersionedCopy<Value>> {
  return {
    encode({ epoch, number, value }) {
      const version = Buffer.from(JSON.stringify([epoch, number]));
      const length = Buffer.alloc(2);
      length.writeUInt16BE(version.byteLength);
      return Buffer.concat([length, version, codec.encode(value)]);
    },
    decode(bytes) {
      const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const end = 2 + whole.readUInt16BE(0);
      const [epoch, number] = JSON.parse(whole.toString('utf8', 2, end)) as [string, number];
      return { epoch, number, value: codec.decode(whole.subarray(end)) };
    },
  };
}
