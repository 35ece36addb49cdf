import { type Clock, type Random, sleep } from '../clock/port.ts';
import type { Commit, CommitResult, Storage } from '../storage/port.ts';

/** How often what goes wrong, each from 0 to 1. */
export interface Chances {
  /** Nothing is written and the answer says so. */
  readonly unavailable: number;
  /** Nothing is written and the answer is lost. */
  readonly lostBefore: number;
  /** It is written and the answer is lost. */
  readonly lostAfter: number;
  /** The answer is lost while the transaction still runs. */
  readonly late: number;
  readonly settleFails: number;
  readonly readFails: number;
}

export const HARMLESS: Chances = { unavailable: 0, lostBefore: 0, lostAfter: 0, late: 0, settleFails: 0, readFails: 0 };

export interface FaultyOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly chances: Chances;
  readonly mostDelayMs: number;
}

/** A storage whose every call takes time, and goes wrong as often as `chances` say; `pause` holds back all its calls. */
export function faultyStorage(
  storage: Storage,
  { clock, random, chances, mostDelayMs }: FaultyOptions,
): { readonly storage: Storage; readonly pause: (ms: number) => void } {
  let pausedUntil = 0;
  const delay = async () => {
    await sleep(clock, random.fraction() * mostDelayMs);
    while (clock.now() < pausedUntil) await sleep(clock, pausedUntil - clock.now());
  };
  const happens = (chance: number) => random.fraction() < chance;
  const lost: CommitResult = { fate: 'unknown', cause: new Error('the connection died') };

  async function commit(batch: Commit): Promise<CommitResult> {
    await delay();
    if (happens(chances.unavailable)) return { fate: 'unavailable', cause: new Error('the disk is full') };
    if (happens(chances.lostBefore)) return lost;
    if (happens(chances.late)) {
      void delay().then(() => storage.commit(batch));
      return lost;
    }
    const result = await storage.commit(batch);
    await delay();
    return happens(chances.lostAfter) ? lost : result;
  }

  const slow =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>, failing: number) =>
    async (...args: Args): Promise<Result> => {
      await delay();
      if (happens(failing)) throw new Error('the connection died');
      const result = await call(...args);
      await delay();
      return result;
    };

  return {
    pause(ms) {
      pausedUntil = clock.now() + ms;
    },
    storage: {
      ...storage,
      commit,
      settle: slow(storage.settle, chances.settleFails),
      readStreams: slow(storage.readStreams, chances.readFails),
      documents: slow(storage.documents, chances.readFails),
      idempotencyRecords: slow(storage.idempotencyRecords, chances.readFails),
      acquire: slow(storage.acquire, 0),
      renew: slow(storage.renew, chances.readFails),
      release: slow(storage.release, 0),
    },
  };
}

/** A commit that waits for the test to say what becomes of it. */
export interface HeldCommit {
  readonly batch: Commit;
  /** Lets it through to the storage. */
  readonly pass: () => Promise<void>;
  /** Answers for the storage. */
  readonly answer: (result: CommitResult) => void;
}

/** A storage whose commits wait, one by one, for the test. */
export function heldStorage(storage: Storage): {
  readonly storage: Storage;
  readonly next: () => Promise<HeldCommit>;
  readonly waiting: () => number;
  /** From now on commits go through by themselves. */
  readonly open: () => void;
} {
  const held: HeldCommit[] = [];
  const takers: ((commit: HeldCommit) => void)[] = [];
  let isOpen = false;
  return {
    waiting: () => held.length,
    next: () =>
      new Promise((resolve) => {
        const first = held.shift();
        if (first === undefined) takers.push(resolve);
        else resolve(first);
      }),
    open() {
      isOpen = true;
      for (const each of held.splice(0)) void each.pass();
    },
    storage: {
      ...storage,
      commit: (batch) =>
        isOpen
          ? storage.commit(batch)
          : new Promise((resolve) => {
              const commit = { batch, answer: resolve, pass: async () => resolve(await storage.commit(batch)) };
              const taker = takers.shift();
              if (taker === undefined) held.push(commit);
              else taker(commit);
            }),
    },
  };
}
