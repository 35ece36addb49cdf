import type { IdempotencyRecord, Positions } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { answer, NOTHING_SKIPPED, type Pending, replay } from './pending.ts';

/** Everyone who waits for a work, from its arrival until its fate is known. */
export interface Callers {
  readonly waiting: number;
  add(pending: Pending): void;
  /** Whether the work may go on; false when one with the same idempotency key is under way: it then gets that one's answer. */
  takeKey(pending: Pending): boolean;
  /** Its outcome holds: what it rests on is committed. */
  finish(pending: Pending, positions: Positions): void;
  fail(pending: Pending, fault: Error): void;
  /** The answer is kept already. */
  replay(pending: Pending, record: IdempotencyRecord, positions: Positions): void;
  /** Nothing is kept under the key, and nothing was asked but that. */
  tellAbsent(pending: Pending, positions: Positions): void;
  /** Whether the caller was answered early, so that the work need not be decided; it is then forgotten. */
  isGone(pending: Pending): boolean;
  /** Answers everyone with a fault though their works may still be under way. */
  answerAll(fault: (pending: Pending) => Error): void;
  /** Resolves when nobody waits. */
  drained(): Promise<void>;
}

/** `admit` takes up a work that waited for another one with the same key, which came to nothing. */
export function callers(logger: Logger, admit: (pending: Pending) => void): Callers {
  const underWay = new Set<Pending>();
  const byKey = new Map<string, Pending>();
  let onDrained: (() => void)[] = [];

  const leave = (pending: Pending) => {
    underWay.delete(pending);
    const key = pending.work.idempotency?.key;
    if (key !== undefined && byKey.get(key) === pending) byKey.delete(key);
    if (underWay.size > 0) return;
    for (const tell of onDrained) tell();
    onDrained = [];
  };
  const tell = (pending: Pending, how: () => void) => {
    if (!pending.answered) how();
    pending.answered = true;
  };
  /** The first of those that waited goes on as the work with the key, the others behind it. */
  const promote = (followers: Pending[]) => {
    const [next, ...others] = followers.splice(0);
    if (next === undefined) return;
    next.followers.push(...others);
    admit(next);
  };
  const replayFollowers = (
    followers: Pending[],
    kept: Pick<IdempotencyRecord, 'bodyHash' | 'answer'>,
    positions: Positions,
  ) => {
    for (const follower of followers.splice(0)) {
      leave(follower);
      tell(follower, () => replay(follower, kept, positions));
      replayFollowers(follower.followers, kept, positions);
    }
  };

  return {
    get waiting() {
      return underWay.size;
    },
    add: (pending) => void underWay.add(pending),
    takeKey(pending) {
      const key = pending.work.idempotency?.key;
      if (key === undefined) return true;
      const first = byKey.get(key);
      if (first === undefined) byKey.set(key, pending);
      else if (first !== pending) first.followers.push(pending);
      return first === undefined || first === pending;
    },
    finish(pending, positions) {
      const { work, outcome, followers } = pending;
      leave(pending);
      if (outcome?.kind === 'accepted' && work.committed !== undefined) {
        try {
          work.committed();
        } catch (error) {
          logger.error({ err: error }, 'what was to happen after a commit has thrown');
        }
      }
      tell(pending, () => answer(pending, positions));
      if (followers.length === 0) return;
      if (outcome?.kind === 'accepted' && work.idempotency !== undefined) {
        replayFollowers(followers, work.idempotency, positions);
      } else promote(followers);
    },
    fail(pending, fault) {
      leave(pending);
      tell(pending, () => pending.reject(fault));
      promote(pending.followers);
    },
    replay(pending, record, positions) {
      leave(pending);
      tell(pending, () => replay(pending, record, positions));
      replayFollowers(pending.followers, record, positions);
    },
    tellAbsent(pending, positions) {
      leave(pending);
      tell(pending, () => pending.resolve({ ok: true, events: [], skipped: NOTHING_SKIPPED, positions }));
      promote(pending.followers);
    },
    isGone(pending) {
      if (!pending.answered) return false;
      leave(pending);
      promote(pending.followers);
      return true;
    },
    answerAll(fault) {
      for (const pending of underWay) tell(pending, () => pending.reject(fault(pending)));
    },
    drained: () =>
      underWay.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onDrained.push(resolve);
          }),
  };
}
