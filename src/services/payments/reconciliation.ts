import { createHash } from 'node:crypto';
import type { ServiceKit } from '../../platform/service/port.ts';
import { type CompareKit, compareBooks, type Progress, UnreadableReport } from './compare-books.ts';
import { type Difference, sentenceOf } from './difference.ts';
import { type Period, startOfDay } from './reconcile.ts';
import { type Finding, findingKey, findingsOf, openFindings, writeFinding } from './reconciliation-records.ts';

export type ReconciliationKit = CompareKit & Pick<ServiceKit, 'documents' | 'hospital' | 'clock' | 'logger'>;

export interface ReconciliationRules {
  readonly graceMs: number;
  /** After so many days the processor lets go of what it holds by itself. */
  readonly expiryDays: number;
}

export interface Wish {
  readonly from: string;
  readonly to: string;
  readonly graceMs?: number;
}

/** What a comparison came to. */
export interface Summary {
  readonly lines: number;
  readonly movements: number;
  /** What is different now, the first of them in full. */
  readonly differences: number;
  readonly findings: readonly Found[];
  /** Cases that this run opened, differences that had one, and differences of earlier runs that are no more. */
  readonly opened: number;
  readonly known: number;
  readonly gone: number;
  /** Why the report was refused as a whole. */
  readonly refused?: string;
}

export interface Found {
  readonly kind: string;
  readonly key: string;
  readonly day: string;
  readonly detail: string;
}

interface Case extends Found {
  readonly subject: string;
  readonly data: Readonly<Record<string, never>> | Difference;
}

/** More cases than anybody can look at are one case: the report is of another shop, or a day of it is lost. */
const MOST_CASES = 1_000;
const SHOWN = 100;
const AT_ONCE = 200;

/**
 * Compares the ledger with the processor's report and makes each difference a case, once however often it is run; what an earlier
 * run found and this one does not is noted on its case. Throws an UnavailableFault when a book cannot be read now.
 */
export async function reconcile(
  kit: ReconciliationKit,
  rules: ReconciliationRules,
  { from, to, graceMs = rules.graceMs }: Wish,
  progress: Progress = { lines: 0, movements: 0 },
): Promise<Summary> {
  const period: Period = { from, to, graceMs, until: kit.clock.now() };
  try {
    const differences = await compareBooks(kit, period, rules.expiryDays, progress);
    const outcome = await record(kit, period, casesOf(differences, period));
    return { ...progress, differences: differences.length, ...outcome };
  } catch (fault) {
    if (!(fault instanceof UnreadableReport)) throw fault;
    const { detail, extra } = fault.rejection;
    const day = String(extra?.day ?? from);
    const refusal: Case = { kind: 'report_unreadable', key: day, day, detail, subject: day, data: {} };
    const { opened } = await admit(kit, [refusal]);
    kit.logger.warn({ day, detail }, 'the report of the card processor was refused');
    const known = 1 - opened;
    return { ...progress, differences: 0, findings: [shown(refusal)], opened, known, gone: 0, refused: detail };
  }
}

function casesOf(differences: readonly Difference[], { from, to }: Period): readonly Case[] {
  const cases = new Map<string, Case>();
  for (const difference of differences) {
    const { kind, movement, reference, day, orderId } = difference;
    const key = `${movement}.${shortened(reference)}`;
    cases.set(`${kind}/${key}`, { kind, key, day, detail: sentenceOf(difference), subject: orderId, data: difference });
  }
  if (cases.size <= MOST_CASES) return [...cases.values()];
  const detail = `From ${from} to ${to} the books differ in ${cases.size} movements: too many for a case each.`;
  return [{ kind: 'books_differ', key: `${from}.${to}`, day: to, detail, subject: to, data: {} }];
}

/** Keys of cases are 200 characters at most, references are the processor's. */
function shortened(reference: string): string {
  return reference.length <= 120 ? reference : createHash('sha256').update(reference).digest('hex');
}

async function record(
  kit: ReconciliationKit,
  { from, to }: Period,
  cases: readonly Case[],
): Promise<Pick<Summary, 'findings' | 'opened' | 'known' | 'gone'>> {
  const before = await openFindings(kit.documents, from, to);
  const { opened } = await admit(kit, cases);
  const here = new Set(cases.map(findingKey));
  const gone = before.filter((finding) => !here.has(findingKey(finding)));
  const now = kit.clock.now();
  for (const finding of gone) {
    await kit.hospital.note(finding.kind, finding.key, 'The difference is gone: the books agree now.');
    await kit.store.decide({
      intents: [],
      documents: [writeFinding({ ...finding, status: 'gone', goneAt: now })],
    });
  }
  return {
    findings: cases.slice(0, SHOWN).map(shown),
    opened,
    known: cases.length - opened,
    gone: gone.length,
  };
}

/** Opens the cases that are not there yet and remembers all; answers how many were new. */
async function admit(kit: ReconciliationKit, cases: readonly Case[]): Promise<{ readonly opened: number }> {
  let opened = 0;
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    const known = await findingsOf(kit.documents, some.map(findingKey));
    const changed: Finding[] = [];
    for (const { kind, key, day, detail, subject, data } of some) {
      const finding = known.get(findingKey({ kind, key }));
      if (finding?.status === 'open') continue;
      if (finding === undefined) {
        await kit.hospital.admit({ kind, key, subject, detail, data: { ...data } as never });
        opened += 1;
      } else {
        await kit.hospital.note(kind, key, 'The difference is there again.');
      }
      changed.push({ kind, key, day, detail, status: 'open', foundAt: finding?.foundAt ?? kit.clock.now() });
    }
    if (changed.length > 0) await kit.store.decide({ intents: [], documents: changed.map(writeFinding) });
  }
  return { opened };
}

function shown({ kind, key, day, detail }: Case): Found {
  return { kind, key, day, detail };
}

/** Why a period cannot be reconciled; undefined when it can. */
export function wrongPeriod({ from, to }: Wish, now: number): string | undefined {
  const [start, end] = [startOfDay(from), startOfDay(to)];
  if (Number.isNaN(start) || Number.isNaN(end)) return 'That is no day of the calendar.';
  if (start > end) return 'The period ends before it begins.';
  if (start > now) return 'The period has not begun.';
  return end - start > 31 * 24 * 3_600_000 ? 'A period of more than 31 days is compared in parts.' : undefined;
}
