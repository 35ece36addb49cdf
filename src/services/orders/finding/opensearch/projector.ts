import { type Clock, type Random, sleep } from '../../../../platform/clock/port.ts';
import { UnavailableFault } from '../../../../platform/event-store/port.ts';
import type { Generations } from '../../../../platform/opensearch/generations.ts';
import { backoffMs } from '../../../../platform/resilience/retry.ts';
import type { Positions } from '../../../../platform/storage/port.ts';
import type { Logger } from '../../../../platform/telemetry/port.ts';
import type { OrderKinds } from './mapping.ts';
import { LostGeneration, openStanding, type Standing, type StandingOptions } from './standing.ts';

export interface ProjectorOptions extends StandingOptions {
  readonly partitions: number;
  readonly generations: Generations<OrderKinds>;
  readonly refresh: () => Promise<void>;
  /** Calls the listener after each commit to the log. */
  readonly onCommitted: (listener: () => void) => () => void;
  /** Searches that began in a generation may end in it, in ms. */
  readonly graceMs: number;
  /** Pause between two steps, so that what follows closely shares a write; none while a reader waits. */
  readonly restMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Keeps the index of orders up with the log, whatever happens to the engine. */
export interface Projector {
  /** Whether an index serves that was, lately, up with the log. */
  isFresh(): boolean;
  /** Whether a search sees everything up to `after`, within `waitMs`. */
  shows(after: Positions, waitMs: number): Promise<boolean>;
  /** Makes a second index from the first event on while the first serves. Resolves when it has taken its place. */
  rebuild(): Promise<void>;
  /** Events of the log that are not in the index that serves. */
  lag(): Promise<number>;
  close(): Promise<void>;
}

const BACKOFF = { firstMs: 100, mostMs: 5_000 };
/** Without a word of a commit the log is looked at all the same. */
const LOOK_MS = 5_000;
/** An index that has not been up with the log for so long answers no lists that others can answer. */
const FRESH_MS = 10_000;

/** Begins to follow the log at once, and goes on until it is closed; no fault of the engine or of the log ends it. */
export function openProjector(options: ProjectorOptions): Projector {
  const { generations, clock, random, logger, restMs } = options;
  const closing = new AbortController();
  let serving: Standing | undefined;
  let building: Standing | undefined;
  /** Until an index that was begun after it was said, or was under way then, serves. */
  let wantsRebuild = false;
  /** What the engine holds must be asked: at the start, and after a fault. */
  let isSure = false;
  let rebuilt = Promise.withResolvers<void>();
  let caughtUpAt = Number.NEGATIVE_INFINITY;
  let pause = new AbortController();
  let hasGrown = true;
  const waiting = new Set<{ readonly after: Positions; readonly tell: (reached: boolean) => void }>();
  const nudge = () => pause.abort();
  const stopListening = options.onCommitted(() => {
    hasGrown = true;
  });

  const open = (generation: Standing['generation']) => openStanding(generation, options.partitions, options);

  async function ready(): Promise<void> {
    if (!isSure) {
      serving ??= await found();
      if (building === undefined) await generations.sweep();
      isSure = true;
    }
    if (building === undefined && (wantsRebuild || serving === undefined))
      building = await open(await generations.create());
  }

  async function found(): Promise<Standing | undefined> {
    const there = await generations.serving();
    if (there?.current !== true) return undefined;
    return open(there).catch((fault) => {
      if (fault instanceof LostGeneration) return undefined;
      throw fault;
    });
  }

  /** One step of each generation. True when there may be more to do at once. */
  async function turn(): Promise<boolean> {
    await ready();
    hasGrown = false;
    const began = clock.now();
    let busy = false;
    if (serving !== undefined) {
      busy = await serving.step().catch((fault) => {
        if (isOver(fault)) serving = undefined;
        throw fault;
      });
      if (!busy) caughtUpAt = began;
      tellReaders();
    }
    if (building === undefined) return busy;
    try {
      if (await building.step()) return true;
      await changeOver(building, began);
    } catch (fault) {
      if (isOver(fault)) building = undefined;
      throw fault;
    }
    return busy;
  }

  async function changeOver(built: Standing, caughtUp: number): Promise<void> {
    const replaced = await generations.changeOver(built.generation).catch(async (fault) => {
      // What is no more says so when it is opened.
      await open(built.generation);
      throw fault;
    });
    serving = built;
    building = undefined;
    wantsRebuild = false;
    caughtUpAt = caughtUp;
    logger.info({ generation: built.generation.number }, 'a new index of orders serves');
    tellReaders();
    rebuilt.resolve();
    rebuilt = Promise.withResolvers();
    void sleep(clock, options.graceMs, closing.signal)
      .then(() => (closing.signal.aborted ? [] : Promise.all(replaced.map(generations.drop))))
      .catch((error) => logger.warn({ err: error }, 'an old index of orders could not be dropped'));
  }

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      pause = new AbortController();
      const ended = AbortSignal.any([pause.signal, closing.signal]);
      try {
        const busy = await turn();
        if (failures > 0) logger.info({ failures }, 'the index of orders is up with the log again');
        failures = 0;
        if (building === undefined && waiting.size === 0) await sleep(clock, restMs, ended);
        if (!busy && building === undefined) await growth(ended);
      } catch (fault) {
        if (closing.signal.aborted) return;
        failures++;
        if (failures === 1) logger.warn({ err: fault }, 'the index of orders falls behind; asks again');
        isSure = false;
        await sleep(clock, backoffMs(failures, random, BACKOFF), ended);
      }
    }
  }

  async function growth(ended: AbortSignal): Promise<void> {
    const until = clock.now() + LOOK_MS;
    while (!hasGrown && waiting.size === 0 && !wantsRebuild && clock.now() < until && !ended.aborted)
      await sleep(clock, restMs, ended);
  }

  function tellReaders(): void {
    const positions = serving?.positions() ?? [];
    for (const reader of [...waiting]) if (reaches(positions, reader.after)) reader.tell(true);
  }

  function reached(after: Positions, waitMs: number): Promise<boolean> {
    if (serving !== undefined && reaches(serving.positions(), after)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const reader = {
        after,
        tell(isReached: boolean) {
          cancel();
          waiting.delete(reader);
          resolve(isReached);
        },
      };
      const cancel = clock.after(waitMs, () => reader.tell(false));
      waiting.add(reader);
      nudge();
    });
  }

  const running = run();
  return {
    isFresh: () => serving !== undefined && clock.now() - caughtUpAt < FRESH_MS,
    async shows(after, waitMs) {
      if (!(await reached(after, waitMs))) return false;
      await options.refresh();
      return true;
    },
    rebuild() {
      wantsRebuild = true;
      nudge();
      return rebuilt.promise;
    },
    async lag() {
      const heads = await options.log.heads();
      return distance(serving?.positions() ?? [], heads);
    },
    async close() {
      closing.abort();
      stopListening();
      for (const reader of [...waiting]) reader.tell(false);
      await running;
    },
  };
}

/** Whether a fault ends a standing: it is no more, or nobody knows what it has done. Else it goes on where it was. */
function isOver(fault: unknown): boolean {
  return fault instanceof LostGeneration || !(fault instanceof UnavailableFault);
}

function reaches(positions: Positions, wanted: Positions): boolean {
  return wanted.every((position, partition) => position <= (positions[partition] ?? 0));
}

function distance(from: Positions, to: Positions): number {
  return to.reduce((sum, position, partition) => sum + Math.max(0, position - (from[partition] ?? 0)), 0);
}
