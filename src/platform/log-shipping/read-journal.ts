import { open } from 'node:fs/promises';
import { segmentFile, segmentsOf } from './journal.ts';
import type { JournalLine } from './port.ts';

/** How far a journal has been shipped. */
export interface Position {
  /** The file, by its first line's number. */
  readonly first: number;
  readonly offset: number;
  /** Of the next line. */
  readonly number: number;
}

export interface ReadLines {
  readonly lines: readonly JournalLine[];
  /** Behind them. */
  readonly position: Position;
  /** Lines that were removed before they were read. */
  readonly lost: number;
}

export const BEGINNING: Position = { first: 1, offset: 0, number: 1 };
const NEWLINE = 0x0a;

/** The lines that follow a position, as many as fit; none when there are no whole ones yet. */
export async function readJournal(
  folder: string,
  from: Position,
  most: { lines: number; bytes: number },
): Promise<ReadLines> {
  const segments = segmentsOf(folder);
  let { first, offset, number } = from;
  let lost = 0;
  for (;;) {
    if (!segments.includes(first)) {
      const following = segments.find((each) => each > first);
      if (following === undefined) return { lines: [], position: { first, offset, number }, lost };
      lost += following - number;
      [first, offset, number] = [following, 0, following];
    }
    const part = await readPart(segmentFile(folder, first), offset, most.bytes);
    const { lines, bytes } = parsed(part, number, most.lines);
    if (bytes > 0)
      return { lines, position: { first, offset: offset + bytes, number: number + countOf(part, bytes) }, lost };
    const following = segments.find((each) => each > first);
    if (following === undefined || part.length > 0) return { lines: [], position: { first, offset, number }, lost };
    lost += following - number;
    [first, offset, number] = [following, 0, following];
  }
}

async function readPart(file: string, offset: number, bytes: number): Promise<Buffer> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return Buffer.alloc(0);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function parsed(
  part: Buffer,
  number: number,
  most: number,
): { readonly lines: readonly JournalLine[]; readonly bytes: number } {
  const lines: JournalLine[] = [];
  let start = 0;
  for (let seen = 0; seen < most; seen++) {
    const end = part.indexOf(NEWLINE, start);
    if (end < 0) break;
    const line = lineOf(part.toString('utf8', start, end));
    if (line !== undefined) lines.push({ ...line, number: number + seen });
    start = end + 1;
  }
  return { lines, bytes: start };
}

/** A line that was torn is nobody's any more. */
function lineOf(text: string): Omit<JournalLine, 'number'> | undefined {
  try {
    return JSON.parse(text) as Omit<JournalLine, 'number'>;
  } catch {
    return undefined;
  }
}

function countOf(part: Buffer, bytes: number): number {
  let lines = 0;
  for (let at = 0; at < bytes; at++) if (part[at] === NEWLINE) lines += 1;
  return lines;
}
