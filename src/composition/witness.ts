import { readFileSync } from 'node:fs';
import type { LogIdentity, Positions, Storage } from '../platform/storage/port.ts';
import type { Engines } from './engines/engines.ts';
import { SetupFault } from './fault.ts';
import { writeWhole } from './write-whole.ts';

/** How far each log has been seen: a service's epoch and last positions. */
type Sights = Readonly<Record<string, { readonly epoch: string; readonly positions: Positions }>>;

interface Witness {
  /** Which databases it is about; others have another history. */
  readonly of: string;
  readonly logs: Sights;
}

export interface WitnessOptions {
  readonly file: string;
  /** Names the databases. */
  readonly of: string;
  /** Goes on with databases that have lost something, and forgets that they had it. */
  readonly acceptLoss: boolean;
  readonly say: (line: string) => void;
}

const LOOK_MS = 1_000;

/**
 * Engines with a witness outside of the databases: a small file that remembers, once a second, how far each log has come. What it
 * has seen was safely written, so a log that stands before it has lost something: a disk that forgot, an older copy. PostgreSQL
 * itself cannot tell, it takes the end of what is left for the end. `storageFor` then throws a SetupFault that says what is lost.
 */
export function witnessedEngines(engines: Engines, options: WitnessOptions): Engines {
  const { file, of, acceptLoss, say } = options;
  const before = sightsIn(file, of);
  const watched = new Map<string, Storage>();
  let logs: Sights = before;
  let written = '';

  async function look(): Promise<void> {
    const sights = await Promise.all(
      [...watched].map(async ([service, storage]) => {
        const positions = await storage.heads();
        return [service, { epoch: storage.log.epoch, positions }] as const;
      }),
    );
    logs = { ...logs, ...Object.fromEntries(sights) };
    const text = JSON.stringify({ of, logs } satisfies Witness);
    if (text === written) return;
    // Not synced: a witness that is a little behind still tells no lies.
    writeWhole(file, text, { isSynced: false });
    written = text;
  }

  let stopTimer = () => {};
  let looking: Promise<void> = Promise.resolve();
  const lookAgain = () => {
    stopTimer = engines.clock.after(LOOK_MS, () => {
      // While databases or disk are out of reach there is nothing to see; the next look comes by itself.
      looking = look().then(lookAgain, lookAgain);
    });
  };
  lookAgain();

  return {
    ...engines,
    async storageFor(need) {
      const storage = await engines.storageFor(need);
      const loss = lossOf(storage.log, before[need.service], await storage.heads());
      if (loss !== undefined && !acceptLoss) throw lost(need.service, loss);
      if (loss !== undefined) say(`Going on without what is lost: the database of ${need.service} ${loss}.`);
      watched.set(need.service, storage);
      return storage;
    },
    async close() {
      stopTimer();
      await looking;
      stopTimer();
      await look().catch(() => undefined);
      await engines.close();
    },
  };
}

function sightsIn(file: string, of: string): Sights {
  try {
    const witness = JSON.parse(readFileSync(file, 'utf8')) as Witness;
    return witness.of === of ? witness.logs : {};
  } catch {
    // There is none yet, or the machine went down while it was written.
    return {};
  }
}

/** What a log lacks of what was seen of it, as the end of a sentence; undefined when nothing. */
function lossOf(log: LogIdentity, seen: Sights[string] | undefined, now: Positions): string | undefined {
  if (seen === undefined) return undefined;
  if (seen.epoch !== log.epoch) return `is not the one that was here before, which had ${events(sum(seen.positions))}`;
  const missing = seen.positions.flatMap((position, partition) => {
    const head = now[partition] ?? 0;
    return head < position ? [{ partition, from: head + 1, to: position }] : [];
  });
  if (missing.length === 0) return undefined;
  const count = sum(missing.map(({ from, to }) => to - from + 1));
  const where = missing.map(({ partition, from, to }) => `${from} to ${to} of partition ${partition}`).join(', ');
  return `has lost ${events(count)} that it had safely written (${where})`;
}

function lost(service: string, loss: string): SetupFault {
  return new SetupFault(
    `The database of ${service} ${loss}: a damaged or exchanged disk, or an older copy. Restore the newest backup of JANGTEO_HOME (with DATABASE_URL: of its databases), or go on without them for good with \`npx jangteo up --accept-loss\`.`,
  );
}

function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
