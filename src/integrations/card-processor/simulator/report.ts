import type { Book, Line } from './book.ts';

const DAY_MS = 24 * 3_600_000;
const COLUMNS = ['kind', 'reference', 'authorisation', 'amount', 'currency', 'at'] as const;

/** `/report?day=2026-11-21&format=csv`: what happened on a day (UTC), as JSON unless CSV is asked for. Declines are left out. */
export function reportOf(url: string, book: Book): { status: number; type: string; text: string } {
  const asked = new URL(url, 'http://processor').searchParams;
  const from = Date.parse(`${asked.get('day')}T00:00:00Z`);
  if (Number.isNaN(from)) return { status: 400, type: 'application/json', text: '{"error":"malformed"}' };
  const lines = book.lines(from, from + DAY_MS).flatMap(reported);
  if (asked.get('format') !== 'csv') return { status: 200, type: 'application/json', text: JSON.stringify({ lines }) };
  const rows = lines.map((line) => COLUMNS.map((column) => line[column]).join(','));
  return { status: 200, type: 'text/csv', text: `${[COLUMNS.join(','), ...rows].join('\n')}\n` };
}

function reported(line: Line): Line[] {
  if (line.kind === 'decline') return [];
  if (line.kind !== 'tombstone') return [line];
  return line.amount === 0 ? [] : [{ ...line, kind: 'void' }];
}
