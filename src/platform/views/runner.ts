import type { ViewDefinition } from '../../kernel/view.ts';
import type { LogFollower, OwnEvent } from '../bus/port.ts';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { type EventStore, RefusedFault, StaleSubscriptionFault } from '../event-store/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type Write, writeAside } from './aside.ts';
import { distance, type Generation, OtherEpoch, openGeneration, reaches, ViewFault } from './generation.ts';
import type { View, ViewStatus } from './port.ts';
import { type Generations, withoutDropped } from './records.ts';
import { generationsRecord } from './serving.ts';
import { waiters } from './waiters.ts';

export interface ViewOptions {
  readonly service: string;
  /** Follows the service's own log; several views share one. */
  readonly follower: LogFollower<OwnEvent>;
  readonly store: Pick<EventStore, 'decide'>;
  readonly storage: Pick<Storage, 'commit' | 'settle' | 'documents' | 'query' | 'positions' | 'dropGeneration'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Events of a partition folded at once: while serving (default 500), and while building a generation (default 1,000). */
  readonly batch?: { readonly serving: number; readonly building: number };
  /** Pause between two batches, in ms, so that what follows closely shares a write; none while a reader waits. Default 100. */
  readonly restMs?: number;
  /** Documents held in memory. Default 10,000. */
  readonly cacheEntries?: number;
  /** How long a generation is kept after it has served, for those who are reading it, in ms. Default 5,000. */
  readonly graceMs?: number;
}

export interface ViewRunner {
  readonly view: View;
  status(): ViewStatus;
  /** Begins a new generation beside the serving one, from the first event on; does nothing while one is being built. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

const BACKOFF = { firstMs: 50, mostMs: 5_000 };
const WAIT_MS = 1_000;

/**
 * Folds the service's own log into the view, and answers reads of it. A view whose version was raised goes on serving as it
 * was while a new generation is built beside it; when that has caught up it serves, and the old one is deleted.
 * Resolves when the view can be read. Throws what the storage throws.
 */
export async function runView(view: ViewDefinition, options: ViewOptions): Promise<ViewRunner> {
  const { service, follower, store, storage, clock, random, restMs = 100, graceMs = 5_000 } = options;
  const log = options.logger.child({ service, view: view.name });
  const limits = options.batch ?? { serving: 500, building: 1_000 };
  const record = await generationsRecord(view, store, storage);
  const live: Write = async (documents, position) => void (await store.decide({ intents: [], documents, position }));
  const aside = writeAside(storage, clock, random);
  const open = (generation: number, write: Write) =>
    openGeneration({ view, generation, follower, storage, write, cacheEntries: options.cacheEntries ?? 10_000 });

  let serving: Generation | undefined;
  let servingNumber = record.now().active.generation;
  let building: Generation | undefined;
  let stopped: string | undefined;
  let caughtUpAt = 0;
  let closing = false;
  let rebuilding: Promise<void> | undefined;
  let pause = new AbortController();
  const nudge = () => pause.abort();
  const applied = () => serving?.positions() ?? [];
  const readers = waiters(clock, applied, nudge);
  const timers = new Set<() => void>();

  await openGenerations();
  dropLater(0);
  let running = run();

  /**
   * Opens what the record says. What another release made, or what belongs to another epoch of the log, is not folded further but
   * replaced. Where that release had been before, its own generation was kept, and only has to catch up.
   */
  async function openGenerations(): Promise<void> {
    const { active, building: started } = record.now();
    const current = await open(active.generation, live).catch(otherEpoch);
    serving = current;
    servingNumber = active.generation;
    let next = started?.version === view.version ? await open(started.generation, aside).catch(otherEpoch) : undefined;
    const isOurs = current !== undefined && active.version === view.version;
    // What was kept may be of another epoch, and is given up by beginning again.
    for (let attempts = 0; next === undefined && !isOurs && attempts < 2; attempts++) {
      const generations = await record.begin();
      next = await open(generations.building?.generation ?? generations.last, aside).catch(otherEpoch);
    }
    building = next;
  }

  /** Whether the serving generation is made by the rules at hand, so that they may fold it further. */
  function isCurrent(): boolean {
    return record.now().active.version === view.version;
  }

  async function run(): Promise<void> {
    for (let failures = 0; !closing && stopped === undefined; ) {
      pause = new AbortController();
      try {
        const busy = await turn();
        failures = 0;
        if (!busy) await follower.wait((building ?? serving)?.positions() ?? [], pause.signal);
        if (building === undefined && !readers.any()) await sleep(clock, restMs, pause.signal);
      } catch (fault) {
        failures++;
        await recover(fault, failures);
      }
    }
  }

  /** One batch of each generation. True when there may be more to do at once. */
  async function turn(): Promise<boolean> {
    let busy = false;
    if (serving !== undefined && isCurrent()) {
      const { events, drained } = await serving.step(limits.serving);
      if (drained) caughtUpAt = clock.now();
      busy = events > 0;
      readers.moved();
    }
    if (building === undefined) return busy;
    const { drained } = await building.step(limits.building);
    if (drained && (serving === undefined || reaches(building.positions(), serving.positions()))) await flip(building);
    return true;
  }

  /** The generation that was built serves from now on: one commit. */
  async function flip(built: Generation): Promise<void> {
    await record.flip(built.advance());
    built.advanced();
    serving = await open(built.number, live);
    servingNumber = built.number;
    building = undefined;
    caughtUpAt = clock.now();
    log.info({ generation: built.number }, 'a new generation of the view serves');
    readers.moved();
    dropLater(graceMs);
  }

  async function recover(fault: unknown, failures: number): Promise<void> {
    if (fault instanceof ViewFault || fault instanceof RefusedFault) {
      stopped = fault.message;
      log.error({ error: fault.message }, 'the view has stopped; it serves what it has');
      return;
    }
    log.warn({ failures, error: String(fault) }, 'the view goes on after a pause');
    if (failures > 1 || !(fault instanceof StaleSubscriptionFault)) {
      await sleep(clock, backoffMs(failures, random, BACKOFF), pause.signal);
    }
    try {
      await record.reload();
      await openGenerations();
    } catch (error) {
      log.warn({ failures, error: String(error) }, 'the view cannot be opened yet');
    }
  }

  function dropLater(delayMs: number): void {
    if (record.now().dropping.length === 0) return;
    const cancel = clock.after(delayMs, () => {
      timers.delete(cancel);
      drop().catch((error: unknown) => log.warn({ error: String(error) }, 'an old generation is deleted later'));
    });
    timers.add(cancel);
  }

  async function drop(): Promise<void> {
    const { dropping } = record.now();
    for (const generation of dropping) await storage.dropGeneration(view.collection, generation);
    const dropped = new Set(dropping);
    await record.change((generations: Generations) => withoutDropped(generations, dropped));
  }

  async function freshEnough(after: readonly number[] | undefined, waitMs = WAIT_MS): Promise<boolean> {
    return after === undefined || readers.until(after, waitMs);
  }

  async function beginRebuild(): Promise<void> {
    if (building !== undefined && stopped === undefined) return;
    const generations = await record.begin();
    building = await open(generations.building?.generation ?? generations.last, aside);
    dropLater(graceMs);
    if (stopped === undefined) return nudge();
    stopped = undefined;
    await running;
    running = run();
  }

  return {
    view: {
      async get(key, { after, waitMs } = {}) {
        const fresh = await freshEnough(after, waitMs);
        if (serving !== undefined) return { value: await serving.get(key), stale: !fresh };
        const found = await storage.documents(view.collection, servingNumber, [key]);
        return { value: found.get(key), stale: !fresh };
      },
      async query(query, { after, waitMs } = {}) {
        const fresh = await freshEnough(after, waitMs);
        const value = await storage.query({ ...query, collection: view.collection, generation: servingNumber });
        return { value, stale: !fresh };
      },
    },
    status() {
      const known = follower.known();
      const lagEvents = distance(applied(), known);
      const since = Math.max(caughtUpAt, serving?.lastAppliedAt() ?? 0);
      const progress = building && {
        generation: building.number,
        appliedEvents: distance([], building.positions()),
        totalEvents: distance([], known),
      };
      return {
        service,
        name: view.name,
        version: record.now().active.version,
        generation: servingNumber,
        lagEvents,
        lagMs: lagEvents === 0 ? 0 : Math.max(0, clock.now() - since),
        ...(progress === undefined ? {} : { rebuilding: progress }),
        ...(stopped === undefined ? {} : { stopped }),
      };
    },
    rebuild() {
      rebuilding ??= beginRebuild().finally(() => {
        rebuilding = undefined;
      });
      return rebuilding;
    },
    async close() {
      closing = true;
      nudge();
      for (const cancel of timers) cancel();
      await running;
    },
  };
}

function otherEpoch(fault: unknown): undefined {
  if (fault instanceof OtherEpoch) return undefined;
  throw fault;
}
