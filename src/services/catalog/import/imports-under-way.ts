import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../platform/clock/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { type ImportProgress, type ImportReport, noProgress } from './import.ts';

/** How an import stands; `rows` are those read so far. */
export interface Standing {
  readonly status: 'running' | 'done' | 'failed';
  readonly startedAt: number;
  readonly rows: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly rejectedRows: number;
  readonly report?: Omit<ImportReport, 'rejected'> & { readonly rejected: ImportReport['rejected'][number][] };
  readonly trouble?: string;
}

interface Entry {
  readonly startedAt: number;
  readonly progress: ImportProgress;
  report?: ImportReport;
  trouble?: string;
}

const REMEMBERED = 50;

/** The imports of this process that came with a key: the last of them. */
export function importsUnderWay(clock: Clock) {
  const entries = new LRUCache<string, Entry>({ max: REMEMBERED });
  return {
    /** Runs an import and tells how far it is meanwhile. Throws `idempotency_key_in_use` while one runs under the key. */
    async follow(key: string, run: (progress: ImportProgress) => Promise<ImportReport>): Promise<ImportReport> {
      const before = entries.get(key);
      if (before !== undefined && statusOf(before) === 'running')
        throw new Problem('idempotency_key_in_use', 'An import with this key is under way: ask how far it is.');
      const entry: Entry = { startedAt: clock.now(), progress: noProgress() };
      entries.set(key, entry);
      try {
        entry.report = await run(entry.progress);
        return entry.report;
      } catch (fault) {
        entry.trouble = fault instanceof Problem ? fault.detail : 'It was cut short. Sending it again is safe.';
        throw fault;
      }
    },
    find(key: string): Standing | undefined {
      const entry = entries.get(key);
      return entry && standingOf(entry);
    },
  };
}

function statusOf({ report, trouble }: Entry): Standing['status'] {
  if (report !== undefined) return 'done';
  return trouble === undefined ? 'running' : 'failed';
}

function standingOf(entry: Entry): Standing {
  const { startedAt, progress, report, trouble } = entry;
  const { rows, imported, unchanged, rejected } = report ?? progress;
  return {
    ...{ status: statusOf(entry), startedAt, rows, imported, unchanged, rejectedRows: rejected.length },
    ...(report === undefined ? {} : { report: { ...report, rejected: [...report.rejected] } }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}
