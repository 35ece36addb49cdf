import { crc32 } from 'node:zlib';
import type { cardProcessor, ReportLine } from '../../contracts/card-processor.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';

type Page = NonNullable<(typeof cardProcessor.calls.report)['types']>['answer'];

/** How far a report has been read: where the processor goes on, how many lines there were, and their checksum so far. */
export interface Place {
  readonly at: number;
  readonly lines: number;
  readonly checksum: number;
}

/** The columns that the processor's checksum (CRC-32 of the rows as CSV, each with its line end) goes over, in order. */
export const COLUMNS = ['kind', 'reference', 'authorisation', 'amount', 'currency', 'at'] as const;

/** The place behind a `next`; the start without one. */
export function placeOf(after: string | undefined): Place {
  const [at = 0, lines = 0, checksum = 0] = (after ?? '').split('.').map(Number);
  return { at, lines, checksum };
}

/**
 * A page of the processor's report in our words. A line that is none, or a last page whose trailer does not say what was read
 * up to it, is a `report_unreadable`: the report is then refused as a whole.
 */
export function pageOf(day: string, body: unknown, place: Place): Outcome<Page> {
  const { lines, next, trailer } = (body ?? {}) as { lines?: unknown; next?: unknown; trailer?: unknown };
  if (!Array.isArray(lines)) return unreadable(day, 'it has no lines');
  let checksum = place.checksum;
  for (const [index, line] of lines.entries()) {
    const wrong = wrongIn(line);
    if (wrong !== undefined) return unreadable(day, `line ${place.lines + index + 1} ${wrong}`);
    checksum = crc32(rowOf(line as ReportLine), checksum);
  }
  const read = place.lines + lines.length;
  const told = lines.map(({ kind, reference, authorisation, amount, currency, at }) => ({
    ...{ kind, reference, authorisation, amount, currency, at },
  })) as ReportLine[];
  if (Number.isSafeInteger(next) && Number(next) > place.at)
    return done({ lines: told, next: `${next}.${read}.${checksum}` });
  const { lines: promised, checksum: expected } = (trailer ?? {}) as { lines?: unknown; checksum?: unknown };
  if (promised === undefined) return unreadable(day, 'it ends without a trailer');
  if (promised !== read) return unreadable(day, `its trailer promises ${promised} lines and there are ${read}`);
  if (expected !== checksum) return unreadable(day, `its checksum is ${expected} and that of its lines is ${checksum}`);
  return done({ lines: told });
}

/** A row as the checksum goes over it. */
export function rowOf(line: Readonly<Record<(typeof COLUMNS)[number], unknown>>): string {
  return `${COLUMNS.map((column) => line[column]).join(',')}\n`;
}

const KINDS: readonly unknown[] = ['authorisation', 'capture', 'void', 'refund'];
const REFERENCE = /^[\x21-\x7e]{1,200}$/;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

function wrongIn(line: unknown): string | undefined {
  const { kind, reference, authorisation, amount, currency, at } = (line ?? {}) as Record<string, unknown>;
  if (!KINDS.includes(kind)) return 'is no authorisation, capture, void or refund';
  if (!isReference(reference) || !isReference(authorisation)) return 'has no reference that can be read';
  if (!Number.isSafeInteger(amount) || Number(amount) <= 0) return `(${reference}) has no amount of whole minor units`;
  if (typeof currency !== 'string' || !CURRENCIES.has(currency)) return `(${reference}) has no currency that is known`;
  if (!Number.isSafeInteger(at) || Number(at) <= 0) return `(${reference}) has no time`;
  return undefined;
}

function isReference(value: unknown): value is string {
  return typeof value === 'string' && REFERENCE.test(value);
}

function unreadable(day: string, why: string): Outcome<never> {
  const detail = `The card processor's report of ${day} was refused as a whole: ${why}.`;
  return rejected({ code: 'report_unreadable', detail, extra: { day } });
}
