import type { Clock, Random } from '../clock/port.ts';
import type { Positions, Storage, StoredEvent } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type AfterFailureOptions, afterFailure } from './after-failure.ts';
import type { AggregateCache } from './aggregate-cache.ts';
import { callers as newCallers } from './callers.ts';
import { type DecideIntoOptions, decideInto, findEntries, letGo, mustLoad } from './decide-into.ts';
import { flights, type Landing } from './flight.ts';
import { accepts, type Group, needsCommit, newGroup, rollBack, settleCommitted } from './group.ts';
import { type Loader, roundLoader } from './loader.ts';
import type { Ownership } from './ownership.ts';
import { newPending, type Pending } from './pending.ts';
import { type Decided, UnavailableFault, type Work } from './port.ts';
import { recentKeys } from './recent-keys.ts';
import type { WrittenTypes } from './written.ts';

/** Bounds: nothing here grows without end. */
export interface EventStoreLimits {
  /** Works and events of one group. */
  readonly groupWorks: number;
  readonly groupEvents: number;
  /** Works that wait for their answer; one more is refused with an UnavailableFault. */
  readonly queuedWorks: number;
  /** How often a work is decided again after conflicts with other writers. */
  readonly attempts: number;
  /** How long callers wait for a commit of unknown fate. */
  readonly unknownFateMs: number;
}

export interface GroupCommitOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly owner: string;
  readonly logger: Logger;
  readonly cache: AggregateCache;
  readonly ownership: Ownership;
  readonly limits: EventStoreLimits;
  readonly heads: Positions;
  readonly written: WrittenTypes;
  readonly groupCommitted?: ((works: number, seconds: number) => void) | undefined;
  readonly onCommitted: (events: readonly StoredEvent[], heads: Positions) => void;
}

const REMEMBERED_KEYS = 10_000;

export interface GroupCommit {
  submit(work: Work, isLookup?: boolean): Promise<Decided>;
  /** Reads streams and records together with what the works need. */
  readonly loader: Loader;
  /** Resolves when the group has landed. Throws an UnavailableFault when its fate takes too long to find out. */
  landed(group: Group): Promise<void>;
  /** A partition is no longer this process's: what was decided on its streams is decided again. */
  partitionLost(partition: number): void;
  /** Partitions came back from another process, which may have written. */
  partitionsGained(): void;
  close(): Promise<void>;
}

/**
 * One commit is in flight while the next group gathers: works are decided as they come, on the state that is about to be
 * committed. When a commit fails, what rested on it is rolled back and decided again, group by group, before anything new.
 */
export function groupCommit(options: GroupCommitOptions): GroupCommit {
  const { storage, clock, cache, ownership, limits } = options;
  let heads = options.heads;
  let open = newGroup();
  let inFlight: Group | undefined;
  /** Groups to decide again; while there are any, new works wait. */
  const again: (readonly Pending[])[] = [];
  let recovering = false;
  let overdue = false;
  let closing = false;
  let onAbandoned = () => {};
  let scheduled = false;
  let arrived: Pending[] = [];
  /** Works that have what they need and wait for room in a group, from `nextReady` on. */
  let ready: Pending[] = [];
  let nextReady = 0;

  const recent = recentKeys(REMEMBERED_KEYS);
  const callers = newCallers(options.logger, arrive);
  const flight = flights({ ...options, unknownFateMs: limits.unknownFateMs, onOverdue });
  const loader = roundLoader(storage, ownership, goOn);
  const decidingOn: DecideIntoOptions = { clock, cache, ownership, callers, heads: () => heads };
  const failingWith: AfterFailureOptions = { cache, ownership, callers, attempts: limits.attempts };
  const room = { works: limits.groupWorks, events: limits.groupEvents };

  function submit(work: Work, isLookup = false): Promise<Decided> {
    if (closing) return Promise.reject(new UnavailableFault('the event store is closing'));
    if (overdue) return Promise.reject(outOfReach());
    if (callers.waiting >= limits.queuedWorks)
      return Promise.reject(new UnavailableFault('too many works are waiting'));
    return new Promise((resolve, reject) => {
      const key = work.idempotency?.key;
      // A key that comes again soon is looked up at once: found out by a commit, it would hold up that commit's other works.
      const needsRecord = isLookup || (key !== undefined && !recent.isNew(key));
      const pending = newPending(work, resolve, reject, { isLookup, needsRecord });
      callers.add(pending);
      arrive(pending);
    });
  }

  function arrive(pending: Pending): void {
    arrived.push(pending);
    if (scheduled) return;
    scheduled = true;
    // After the current turn of the event loop, so that what arrives together goes together.
    setImmediate(takeArrived);
  }

  function takeArrived(): void {
    scheduled = false;
    if (recovering) return;
    const works = arrived;
    arrived = [];
    for (const pending of works) if (!callers.isGone(pending) && callers.takeKey(pending)) admit(pending);
    goOn();
  }

  /** Decides the work now if nothing is missing, nothing before it waits for the same stream, and there is room. */
  function admit(pending: Pending): void {
    findEntries(pending, cache);
    const behindOthers = pending.entries.some((entry) => entry.queued > 0);
    const isReady = !behindOthers && !mustLoad(pending, ownership) && accepts(open, pending, room);
    if (!isReady || !decideInto(open, pending, decidingOn)) load(pending);
  }

  function load(pending: Pending): void {
    for (const entry of pending.entries) entry.queued++;
    const key = wantedKey(pending);
    loader.want({
      entries: pending.entries,
      key,
      done(records, fault) {
        if (fault !== undefined && mustLoad(pending, ownership)) {
          for (const entry of pending.entries) entry.queued--;
          letGo(pending, cache);
          callers.fail(pending, new UnavailableFault('the storage cannot be read just now', { cause: fault }));
          return;
        }
        if (key !== undefined && fault === undefined) pending.record = records.get(key) ?? null;
        ready.push(pending);
      },
    });
  }

  function goOn(): void {
    if (recovering) return;
    decideReady();
    loader.start();
    flush();
  }

  function decideReady(): void {
    while (nextReady < ready.length) {
      const pending = ready[nextReady] as Pending;
      if (!pending.answered && !mustLoad(pending, ownership) && !accepts(open, pending, room)) break;
      nextReady++;
      for (const entry of pending.entries) entry.queued--;
      if (pending.answered) {
        letGo(pending, cache);
        callers.isGone(pending);
      } else if (mustLoad(pending, ownership) || !decideInto(open, pending, decidingOn)) load(pending);
    }
    if (nextReady === ready.length) {
      ready = [];
      nextReady = 0;
    }
  }

  function flush(): void {
    if (inFlight !== undefined || recovering || !needsCommit(open)) return;
    const group = open;
    open = newGroup();
    void send(group).then((landing) => {
      land(group, landing);
      if (recovering) void recover();
      else goOn();
    });
    decideReady();
    loader.start();
  }

  function send(group: Group): Promise<Landing> {
    inFlight = group;
    return flight.send(group);
  }

  function land(group: Group, landing: Landing): void {
    inFlight = undefined;
    overdue = false;
    if (landing.fate === 'done') {
      heads = settleCommitted(group, landing.firstPositions, heads, cache);
      if (group.events.length > 0) options.onCommitted(group.events, heads);
      for (const pending of group.works) callers.finish(pending, heads);
    } else {
      setOpenAside();
      rollBack(group, cache);
      again.unshift(...afterFailure(group, landing, failingWith));
    }
    for (const tell of group.onLanded) tell();
  }

  /** Nothing new is decided until what was decided on shaken ground is decided again. */
  function setOpenAside(): void {
    if (recovering) return;
    recovering = true;
    rollBack(open, cache);
    if (open.works.length > 0) again.push(open.works);
    open = newGroup();
  }

  /** Decides again what was rolled back, one group at a time, in the original order. */
  async function recover(): Promise<void> {
    for (let works = again.shift(); works !== undefined; works = again.shift()) {
      const group = await decideAgain(works.filter((pending) => !callers.isGone(pending)));
      if (needsCommit(group)) land(group, await send(group));
    }
    recovering = false;
    if (arrived.length > 0 && !scheduled) takeArrived();
    else goOn();
  }

  async function decideAgain(works: readonly Pending[]): Promise<Group> {
    await ownership.regain().catch((error) => options.logger.warn({ err: error }, 'partitions are not regained yet'));
    for (const pending of works) {
      findEntries(pending, cache);
      pending.needsRecord = true;
    }
    const unread = await readFor(works);
    const group = newGroup();
    let taken = 0;
    for (; taken < works.length; taken++) {
      const pending = works[taken] as Pending;
      if (!unread && mustLoad(pending, ownership)) break;
      if (!accepts(group, pending, room)) break;
      if (unread && mustLoad(pending, ownership)) {
        letGo(pending, cache);
        callers.fail(pending, new UnavailableFault('the storage cannot be read just now', { cause: unread }));
      } else decideInto(group, pending, decidingOn);
    }
    const left = works.slice(taken);
    for (const pending of left) letGo(pending, cache);
    if (left.length > 0) again.unshift(left);
    return group;
  }

  /** Reads what the works need; answers why it could not. */
  function readFor(works: readonly Pending[]): Promise<Error | undefined> {
    const wanting = works.filter((pending) => mustLoad(pending, ownership));
    if (wanting.length === 0) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let missing = wanting.length;
      let unread: Error | undefined;
      for (const pending of wanting) {
        const key = wantedKey(pending);
        loader.want({
          entries: pending.entries,
          key,
          done(records, fault) {
            unread ??= fault;
            if (key !== undefined && fault === undefined) pending.record = records.get(key) ?? null;
            if (--missing === 0) resolve(unread);
          },
        });
      }
      loader.start();
    });
  }

  function partitionLost(partition: number): void {
    cache.dropPartition(partition);
    if (recovering) return;
    setOpenAside();
    if (inFlight === undefined) void recover();
  }

  function partitionsGained(): void {
    storage.heads().then(
      (theirs) => {
        heads = heads.map((head, partition) => Math.max(head, theirs[partition] ?? 0));
      },
      (error) => options.logger.warn({ err: error }, 'the heads of regained partitions could not be read'),
    );
  }

  /** Nobody waits any longer. What was not sent is never written, for its callers are told so. */
  function onOverdue(): void {
    overdue = true;
    setOpenAside();
    const sent = new Set(inFlight?.works);
    callers.answerAll((pending) =>
      sent.has(pending)
        ? new UnavailableFault('the fate of the commit is not known yet; it may or may not take effect')
        : outOfReach(),
    );
    for (const tell of inFlight?.onLanded.splice(0) ?? []) tell(outOfReach());
    if (closing) onAbandoned();
  }

  function landed(group: Group): Promise<void> {
    if (overdue) return Promise.reject(outOfReach());
    return new Promise((resolve, reject) => {
      group.onLanded.push((fault) => (fault === undefined ? resolve() : reject(fault)));
    });
  }

  async function close(): Promise<void> {
    closing = true;
    const abandoned = new Promise<void>((resolve) => {
      onAbandoned = resolve;
      if (overdue) resolve();
    });
    await Promise.race([callers.drained(), abandoned]);
    flight.abandon();
  }

  return { submit, loader, landed, partitionLost, partitionsGained, close };
}

function wantedKey({ needsRecord, record, work }: Pending): string | undefined {
  return needsRecord && record === undefined ? work.idempotency?.key : undefined;
}

function outOfReach(): UnavailableFault {
  return new UnavailableFault('the storage is out of reach; nothing was written');
}
