import { crc32 } from 'node:zlib';
import type { Book, Line } from './book.ts';

const DAY_MS = 24 * 3_600_000;
const COLUMNS = ['kind', 'reference', 'authorisation', 'amount', 'currency', 'at'] as const;
const PAGE = 1_000;

/** The report of a day as it was when its first page was asked for. */
interface Report {
  readonly lines: readonly Row[];
  readonly trailer: { readonly lines: number; readonly checksum: number };
}

type Row = Readonly<Record<string, unknown>>;

export interface Reports {
  /**
   * `/report?day=2026-11-21&after=0`: what happened on a day (UTC), declines left out, in pages; `next` says where the next one
   * begins, and the last one has a trailer with the number of lines and the CRC-32 of their CSV rows. `&format=csv` is all in one.
   */
  answer(url: string): { readonly status: number; readonly type: string; readonly text: string };
  /** Puts lines, and a trailer that need not fit them, in place of a day's; with the day alone takes them back. Answers what is wrong. */
  forge(wish: Readonly<Record<string, unknown>>): string | undefined;
}

/** Reports drawn from a book; a day’s first page fixes what its later pages show. */
export function reports(book: Book): Reports {
  const forged = new Map<string, Report>();
  const drawn = new Map<string, Report>();

  function draw(day: string, from: number): Report {
    const report = forged.get(day) ?? fitting(book.lines(from, from + DAY_MS).flatMap(reported) as unknown as Row[]);
    drawn.clear();
    drawn.set(day, report);
    return report;
  }

  return {
    answer(url) {
      const asked = new URL(url, 'http://processor').searchParams;
      const day = asked.get('day') ?? '';
      const from = Date.parse(`${day}T00:00:00Z`);
      const after = Number(asked.get('after') ?? 0);
      if (Number.isNaN(from) || !Number.isSafeInteger(after) || after < 0)
        return { status: 400, type: 'application/json', text: '{"error":"malformed"}' };
      const { lines, trailer } = (after > 0 ? drawn.get(day) : undefined) ?? draw(day, from);
      if (asked.get('format') === 'csv') {
        const end = `trailer,${trailer.lines},${trailer.checksum}\n`;
        return { status: 200, type: 'text/csv', text: `${COLUMNS.join(',')}\n${lines.map(rowOf).join('')}${end}` };
      }
      const ending = after + PAGE < lines.length ? { next: after + PAGE } : { trailer };
      const page = { lines: lines.slice(after, after + PAGE), ...ending };
      return { status: 200, type: 'application/json', text: JSON.stringify(page) };
    },
    forge({ day, lines, trailer }) {
      if (typeof day !== 'string') return 'a report has a day';
      if (lines !== undefined && !Array.isArray(lines)) return 'lines are a list';
      drawn.clear();
      if (lines === undefined) forged.delete(day);
      else forged.set(day, { ...fitting(lines), ...(trailer ? { trailer: trailer as Report['trailer'] } : {}) });
      return undefined;
    },
  };
}

function fitting(lines: readonly Row[]): Report {
  let checksum = 0;
  for (const line of lines) checksum = crc32(rowOf(line), checksum);
  return { lines, trailer: { lines: lines.length, checksum } };
}

function rowOf(line: Row): string {
  return `${COLUMNS.map((column) => line[column]).join(',')}\n`;
}

function reported(line: Line): Line[] {
  if (line.kind === 'decline') return [];
  if (line.kind !== 'tombstone') return [line];
  return line.amount === 0 ? [] : [{ ...line, kind: 'void' }];
}
