import { UnavailableFault } from '../../platform/event-store/port.ts';
import type { Progress } from './compare-books.ts';
import {
  type ReconciliationKit,
  type ReconciliationRules,
  reconcile,
  type Summary,
  type Wish,
} from './reconciliation.ts';

/** A comparison that somebody asked for, under way or done. */
export interface Run {
  readonly runId: string;
  readonly from: string;
  readonly to: string;
  readonly status: 'running' | 'done' | 'refused' | 'unavailable' | 'failed';
  readonly lines: number;
  readonly movements: number;
  readonly summary?: Summary;
  /** Why it came to nothing. */
  readonly trouble?: string;
}

/** Comparisons of this process. What they found is in the hospital; how they went is remembered for the last of them. */
export interface Runs {
  /** Starts a comparison; the one that is under way for the same period when there is one. */
  start(wish: Wish): Run;
  find(runId: string): Run | undefined;
  /** Those that are remembered, latest first. */
  all(): readonly Run[];
  close(): Promise<void>;
}

const REMEMBERED = 50;

/** Comparisons one after the other, the last 50 of them remembered. */
export function reconciliationRuns(kit: ReconciliationKit, rules: ReconciliationRules): Runs {
  const runs = new Map<string, { run: Run; readonly progress: Progress }>();
  let underWay: Promise<unknown> = Promise.resolve();
  let number = 0;

  const shown = ({ run, progress }: { readonly run: Run; readonly progress: Progress }): Run => ({
    ...run,
    ...progress,
  });

  return {
    start(wish) {
      for (const each of runs.values())
        if (each.run.status === 'running' && each.run.from === wish.from && each.run.to === wish.to) return shown(each);
      number += 1;
      const runId = `${wish.from}.${wish.to}.${kit.clock.now().toString(36)}${number}`;
      const progress: Progress = { lines: 0, movements: 0 };
      const entry = { run: { runId, from: wish.from, to: wish.to, status: 'running', ...progress } as Run, progress };
      runs.set(runId, entry);
      const [oldest] = runs.keys();
      if (runs.size > REMEMBERED && oldest !== undefined) runs.delete(oldest);
      // One after the other: two that look at the same day would both open what the other is about to.
      underWay = underWay.then(async () => {
        try {
          const summary = await reconcile(kit, rules, wish, progress);
          entry.run = { ...entry.run, status: summary.refused === undefined ? 'done' : 'refused', summary };
        } catch (fault) {
          const status = fault instanceof UnavailableFault ? 'unavailable' : 'failed';
          const trouble = fault instanceof UnavailableFault ? fault.message : 'Something went wrong on our side.';
          if (status === 'failed') kit.logger.error({ err: fault }, 'a reconciliation failed');
          entry.run = { ...entry.run, status, trouble };
        }
      });
      return shown(entry);
    },
    find(runId) {
      const entry = runs.get(runId);
      return entry && shown(entry);
    },
    all: () => [...runs.values()].reverse().map(shown),
    close: async () => void (await underWay),
  };
}
