import type { Clock } from '../clock/port.ts';
import type { EventStore } from '../event-store/port.ts';
import type { OutboxFeed, Positions, StoredEvent } from '../storage/port.ts';
import type { LogFollower, LogItem } from './port.ts';
import { tail } from './tail.ts';

export interface FollowOptions<Item extends LogItem> {
  readonly feed: Pick<OutboxFeed, 'log' | 'readFeed' | 'heads'>;
  /** The owner's commits, where the owner lives in this process. */
  readonly onCommitted?: EventStore['onCommitted'];
  /** What readers get for an event; undefined leaves it out. Never throws. */
  readonly translate: (event: StoredEvent) => Item | undefined;
  readonly clock: Clock;
  /** Items held in memory over all partitions; up to twice as many for a moment. Default 2,048. */
  readonly keep?: number;
  /** How often the heads are asked for while somebody waits: often after another process wrote, seldom when none does. */
  readonly pollMs?: { readonly least: number; readonly most: number };
}

/** The most a feed answers for one partition. */
const MOST_ROWS = 10_000;

/**
 * Follows a log. What this process commits is held in memory and never read back. What others commit is found by asking
 * for the heads; a head that was only ahead of its own commit's notice is given `pollMs.least` to be explained by it.
 */
export function followLog<Item extends LogItem>(options: FollowOptions<Item>): LogFollower<Item> {
  const { feed, translate, clock } = options;
  const { least, most } = options.pollMs ?? { least: 20, most: 1_000 };
  const { log } = feed;
  const keepEach = Math.max(1, Math.floor((options.keep ?? 2_048) / log.partitions));
  const tails = Array.from({ length: log.partitions }, () => tail<Item>(keepEach));
  const known = tails.map(() => 0);
  const waiters = new Set<() => void>();
  let pauseMs = least;
  let cancelPoll: (() => void) | undefined;
  let closed = false;

  const wakeAll = () => {
    for (const wake of [...waiters]) wake();
  };
  const learn = (heads: Positions): boolean => {
    let news = false;
    for (const [partition, head] of heads.entries()) {
      if (head <= (known[partition] ?? 0)) continue;
      known[partition] = head;
      news = true;
    }
    return news;
  };
  let stopListening: (() => void) | undefined;
  /** From the first reader on: a log that nobody follows costs its owner nothing. */
  const listen = () => {
    stopListening ??= options.onCommitted?.((events) => {
      for (const event of events) {
        tails[event.partition]?.offer(event, translate(event));
        known[event.partition] = Math.max(known[event.partition] ?? 0, event.position);
      }
      if (events.length > 0) wakeAll();
    });
  };

  const askAfter = (delayMs: number, task: () => Promise<void>) => {
    cancelPoll = clock.after(delayMs, () => {
      task().catch(() => askAfter(most, poll));
    });
  };
  const poll = async () => {
    if (closed || waiters.size === 0) {
      cancelPoll = undefined;
      return;
    }
    const heads = await feed.heads();
    if (heads.some((head, partition) => head > (known[partition] ?? 0)))
      return askAfter(least, async () => confirm(heads));
    pauseMs = Math.min(most, pauseMs * 2);
    askAfter(pauseMs, poll);
  };
  const confirm = (heads: Positions) => {
    const news = learn(heads);
    pauseMs = news ? least : Math.min(most, pauseMs * 2);
    if (news) wakeAll();
    askAfter(pauseMs, poll);
  };

  const holds = (partition: number, position: number): boolean => {
    const held = tails[partition];
    if (held === undefined || !held.holdsAfter(position)) return false;
    return position < held.head() || (known[partition] ?? 0) <= position;
  };

  /** Reads the partitions whose tails do not reach back far enough from the feed. */
  async function readBehind(after: Positions, limit: number, behind: ReadonlySet<number>) {
    const rows = Math.min(limit, MOST_ROWS);
    const heads = await feed.heads();
    const from = tails.map((_, partition) =>
      behind.has(partition) ? (after[partition] ?? 0) : Number.MAX_SAFE_INTEGER,
    );
    const events = (await feed.readFeed(from, rows)).filter((event) => behind.has(event.partition));
    learn(heads);
    const through = tails.map((_, partition) => after[partition] ?? 0);
    for (const { partition, position } of events) through[partition] = position;
    for (const partition of behind) {
      const asked = (after[partition] ?? 0) + rows;
      const ended = Math.max(through[partition] ?? 0, heads[partition] ?? 0);
      through[partition] = Math.min(asked, ended);
      if (ended < asked) tails[partition]?.startAt(ended);
    }
    return { events, through };
  }

  return {
    log,
    async read(after, limit) {
      listen();
      const behind = new Set(tails.keys().filter((partition) => !holds(partition, after[partition] ?? 0)));
      const items: Item[] = [];
      // What is held is taken before anything is awaited: a tail forgets while the feed is read.
      const through = tails.map((held, partition) => {
        if (behind.has(partition)) return 0;
        const found = held.after(after[partition] ?? 0, limit);
        items.push(...found.items);
        return found.through;
      });
      if (behind.size === 0) return { items, through };
      const fromFeed = await readBehind(after, limit, behind);
      for (const event of fromFeed.events) {
        const item = translate(event);
        if (item !== undefined) items.push(item);
      }
      return {
        items,
        through: through.map((held, partition) => (behind.has(partition) ? (fromFeed.through[partition] ?? 0) : held)),
      };
    },

    wait(after, signal) {
      if (closed || signal.aborted || known.some((head, partition) => head > (after[partition] ?? 0))) {
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const wake = () => {
          waiters.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiters.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        if (cancelPoll === undefined) askAfter(pauseMs, poll);
      });
    },

    known: () => [...known],
    wake(heads) {
      learn(heads);
      wakeAll();
    },
    close() {
      closed = true;
      stopListening?.();
      cancelPoll?.();
      wakeAll();
    },
  };
}
