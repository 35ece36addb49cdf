import type { IdempotencyRecord, Storage } from '../storage/port.ts';
import type { StreamEntry } from './aggregate-cache.ts';
import type { Ownership } from './ownership.ts';
import { loadStreams } from './stream-loader.ts';

type Records = ReadonlyMap<string, IdempotencyRecord>;

interface Wanted {
  readonly entries: readonly StreamEntry[];
  readonly key: string | undefined;
  readonly done: (records: Records, fault: Error | undefined) => void;
}

/** Loads streams and idempotency records in rounds: what is wanted while one is under way is loaded by the next, together. */
export interface Loader {
  /** `done` is called when the round is over, in the order of asking. Nothing happens before `start`. */
  want(wanted: Wanted): void;
  start(): void;
}

const NO_RECORDS: Records = new Map();
const MOST_PER_ROUND = 1_000;

/** `afterRound` is called after the last `done` of a round. */
export function roundLoader(
  storage: Pick<Storage, 'documents' | 'readStreams' | 'idempotencyRecords'>,
  ownership: Ownership,
  afterRound: () => void,
): Loader {
  const gathering: Wanted[] = [];
  let underWay = false;

  async function load(round: readonly Wanted[]): Promise<Records> {
    const entries = new Set(round.flatMap((wanted) => wanted.entries.filter((entry) => !entry.loaded)));
    const keys = round.flatMap((wanted) => wanted.key ?? []);
    const periods = new Map([...entries].map(({ partition }) => [partition, ownership.period(partition)]));
    const stillOurs = (partition: number) =>
      ownership.holds(partition) && ownership.period(partition) === periods.get(partition);
    const [records] = await Promise.all([
      keys.length === 0 ? NO_RECORDS : storage.idempotencyRecords(keys),
      entries.size === 0 ? undefined : loadStreams(storage, [...entries], stillOurs),
    ]);
    return records;
  }

  async function run(round: readonly Wanted[]): Promise<void> {
    let records = NO_RECORDS;
    let fault: Error | undefined;
    try {
      records = await load(round);
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
    }
    underWay = false;
    for (const { done } of round) done(records, fault);
    start();
    afterRound();
  }

  function start(): void {
    if (underWay || gathering.length === 0) return;
    underWay = true;
    const round = gathering.splice(0, MOST_PER_ROUND);
    void run(round);
  }

  return {
    want: (wanted) => void gathering.push(wanted),
    start,
  };
}
