import { ConflictFault, UnavailableFault } from '../../platform/event-store/port.ts';
import { DAY_MS, dayOf, startOfDay } from './reconcile.ts';
import { type ReconciliationKit, type ReconciliationRules, reconcile } from './reconciliation.ts';
import { type ReconciledDay, reconciledDays, writeDay } from './reconciliation-records.ts';

export interface Schedule {
  /** How long after a day's end it is compared, in ms; at least the grace. */
  readonly afterMs: number;
  readonly lookEveryMs: number;
}

/** A process that died over a day is taken over after this long. */
const TAKEN_FOR_MS = 30 * 60_000;
/** A day whose processor was out of reach, or whose report was refused, is tried again after this long. */
const AGAIN_MS = 60 * 60_000;
const MOST_ATTEMPTS = 24;
/** Days that nobody compared while no process ran, at most. */
const MOST_DAYS = 31;

/**
 * Compares each day once when it is over, whichever process comes first: a record of the day, taken by compare-and-set, says who.
 * Days that were missed follow. The returned function stops it and waits for what is under way.
 */
export function keepReconciling(
  kit: ReconciliationKit,
  rules: ReconciliationRules,
  { afterMs, lookEveryMs }: Schedule,
): () => Promise<void> {
  let stopped = false;
  let cancel = () => {};
  let underWay: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const newest = dayOf(kit.clock.now() - Math.max(afterMs, rules.graceMs) - DAY_MS);
    for (const day of await daysToDo(newest)) {
      if (stopped) return;
      await takeAndCompare(day);
    }
  }

  /** From the day after the last that was done to the newest that is over; days that are to be tried again first. */
  async function daysToDo(newest: string): Promise<readonly string[]> {
    const oldest = dayOf(startOfDay(newest) - (MOST_DAYS - 1) * DAY_MS);
    const found = await kit.documents.query({
      collection: reconciledDays,
      generation: 0,
      where: {},
      range: { field: 'day', from: oldest },
      order: 'ascending',
      limit: MOST_DAYS + 1,
    });
    const known = new Map(found.map(({ key, body }) => [key, body as ReconciledDay]));
    const [first = newest] = known.keys();
    const days: string[] = [];
    for (let at = startOfDay(first); at <= startOfDay(newest); at += DAY_MS) {
      const day = known.get(dayOf(at));
      if (day === undefined || (day.status !== 'done' && day.until <= kit.clock.now())) days.push(dayOf(at));
    }
    return days;
  }

  async function takeAndCompare(day: string): Promise<void> {
    const found = (await kit.documents.documents(reconciledDays, 0, [day])).get(day);
    const before = found?.body as ReconciledDay | undefined;
    const version = found?.version ?? 0;
    const now = kit.clock.now();
    if (before !== undefined && (before.status === 'done' || before.until > now)) return;
    const attempts = (before?.attempts ?? 0) + 1;
    const taken: ReconciledDay = { day, status: 'running', until: now + TAKEN_FOR_MS, attempts };
    if (!(await write(taken, version))) return;
    const ended = await compare(day);
    const isOver = ended.status === 'done' || attempts >= MOST_ATTEMPTS;
    const until = isOver ? 0 : kit.clock.now() + AGAIN_MS;
    await write({ ...taken, status: isOver ? 'done' : 'failed', until, result: ended.result }, version + 1);
  }

  async function compare(day: string): Promise<{ readonly status: 'done' | 'failed'; readonly result: string }> {
    try {
      const summary = await reconcile(kit, rules, { from: day, to: day });
      const { lines, movements, differences, opened, gone, refused } = summary;
      kit.logger.info({ day, lines, movements, differences, opened, gone }, 'the day was reconciled');
      if (refused !== undefined) return { status: 'failed', result: refused };
      return { status: 'done', result: `${lines} lines, ${movements} movements, ${differences} differences` };
    } catch (error) {
      kit.logger.warn({ day, err: error }, 'the day could not be reconciled; tried again later');
      return { status: 'failed', result: String(error) };
    }
  }

  /** False when another process was faster. */
  async function write(day: ReconciledDay, expectedVersion: number): Promise<boolean> {
    try {
      await kit.store.decide({ intents: [], documents: [writeDay(day, expectedVersion)] });
      return true;
    } catch (fault) {
      if (fault instanceof ConflictFault) return false;
      throw fault;
    }
  }

  const later = () => {
    if (stopped) return;
    cancel = kit.clock.after(lookEveryMs, () => {
      underWay = look().catch(tell).then(later);
    });
  };
  const tell = (err: unknown) => {
    const what = 'could not look what is to be reconciled';
    // A process that owns no partition writes nothing; the one that does has the same timer.
    if (err instanceof UnavailableFault) kit.logger.debug({ err }, what);
    else kit.logger.warn({ err }, what);
  };
  later();
  return async () => {
    stopped = true;
    cancel();
    await underWay;
  };
}
