import { readFileSync } from 'node:fs';
import type { Storage } from '../platform/storage/port.ts';
import type { Engines, LogSight } from './engines/engines.ts';
import { SetupFault } from './fault.ts';
import { writeWhole } from './write-whole.ts';

/** How far each service's log has been seen. */
type Sights = Readonly<Record<string, LogSight>>;

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

/** What a log lacks of what was seen of it. */
export interface Loss {
  /** The end of a sentence. */
  readonly text: string;
  readonly events: number;
}

/** The witness's file in a data folder. */
export const WITNESS = 'witness.json';
const LOOK_MS = 1_000;

/**
 * Engines with a witness outside of the databases: a small file that remembers, once a second, how far each log has come. What it
 * has seen was safely written, so a log that stands before it has lost something: a disk that forgot, an older copy. PostgreSQL
 * itself cannot tell, it takes the end of what is left for the end. `storageFor` then throws a SetupFault that says what is lost.
 */
export function witnessedEngines(engines: Engines, options: WitnessOptions): Engines {
  const { file, of, acceptLoss, say } = options;
  const watched = new Map<string, Storage>();
  let logs = sightsIn(file, of);
  let written = '';

  async function look(): Promise<void> {
    const sights = await Promise.all(
      [...watched].map(async ([service, storage]) => {
        const positions = await storage.heads();
        return [service, { epoch: storage.log.epoch, positions }] as const;
      }),
    );
    logs = { ...logs, ...Object.fromEntries(sights) };
    const text = JSON.stringify(logs);
    if (text === written) return;
    keepSights(file, { of, logs });
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
      const { service } = need;
      const now = { epoch: storage.log.epoch, positions: await storage.heads() };
      const loss = lossOf(logs[service], now);
      if (loss !== undefined && !acceptLoss) {
        await storage.close();
        throw lostFault(service, loss);
      }
      if (loss !== undefined) say(goingOnWithout(service, loss));
      logs = { ...logs, [service]: now };
      watched.set(service, storage);
      return {
        ...storage,
        close() {
          // Where others lead it now, there is nothing to see any more.
          if (watched.get(service) === storage) watched.delete(service);
          return storage.close();
        },
      };
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

/** What a witness has seen of these databases. */
export function sightsIn(file: string, of: string): Sights {
  try {
    const witness = JSON.parse(readFileSync(file, 'utf8')) as Witness;
    return witness.of === of ? witness.logs : {};
  } catch {
    // There is none yet, or the machine went down while it was written.
    return {};
  }
}

/** Not synced: a witness that is a little behind still tells no lies. */
export function keepSights(file: string, witness: Witness): void {
  writeWhole(file, JSON.stringify(witness), { isSynced: false });
}

/** What a log lacks of what was seen of it; undefined when nothing. */
export function lossOf(seen: LogSight | undefined, now: LogSight): Loss | undefined {
  if (seen === undefined) return undefined;
  const all = sum(seen.positions);
  if (seen.epoch !== now.epoch)
    return { text: `is not the one that was here before, which had ${counted(all)}`, events: all };
  const missing = seen.positions.flatMap((position, partition) => {
    const head = now.positions[partition] ?? 0;
    return head < position ? [{ partition, from: head + 1, to: position }] : [];
  });
  if (missing.length === 0) return undefined;
  const events = sum(missing.map(({ from, to }) => to - from + 1));
  const where = missing.map(({ partition, from, to }) => `${from} to ${to} of partition ${partition}`).join(', ');
  return { text: `has lost ${counted(events)} that it had safely written (${where})`, events };
}

export function lostFault(service: string, { text }: Loss): SetupFault {
  return new SetupFault(
    `The database of ${service} ${text}: a damaged or exchanged disk, or an older copy. Restore the newest backup of JANGTEO_HOME (with DATABASE_URL: of its databases), or go on without them for good with \`npx jangteo up --accept-loss\`.`,
  );
}

export function goingOnWithout(service: string, { text }: Loss): string {
  return `Going on without what is lost: the database of ${service} ${text}.`;
}

function counted(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
