import { open } from 'node:fs/promises';
import { ifAbsent, type JournalLine, linesIn, segmentFile, segmentsOf } from './journal.ts';

/** How far a journal has been shipped. */
export interface Position {
  /** The file, by its first line's number. */
  readonly first: number;
  readonly offset: number;
  /** Of the next line. */
  readonly number: number;
}

export interface ReadLines {
  readonly lines: readonly (JournalLine & { readonly number: number })[];
  /** Behind them. */
  readonly position: Position;
  /** Lines that were removed, or never written, before they could be read. */
  readonly lost: number;
  /** Whether more may be there already. */
  readonly isMore: boolean;
}

export const BEGINNING: Position = { first: 1, offset: 0, number: 1 };

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);
/** The latest moment that a Date can tell. */
const LATEST_MS = 8.64e15;

/**
 * The lines that follow a position, as many as fit; none when there are no whole ones yet. What is no line of ours is left out: a torn
 * one, and one that does not fit. Throws when the disk does not answer.
 */
export async function readJournal(
  folder: string,
  from: Position,
  most: { readonly lines: number; readonly bytes: number },
): Promise<ReadLines> {
  const segments = await segmentsOf(folder);
  let { first, offset, number } = from;
  let lost = 0;
  for (;;) {
    // Files only before us are those of another journal, begun anew in the place of ours.
    const following = segments.find((each) => each > first) ?? segments.find(() => !segments.includes(first));
    const part = segments.includes(first) ? await readPart(segmentFile(folder, first), offset, most.bytes) : NOTHING;
    if (part === undefined) {
      [offset, number] = [0, first];
      continue;
    }
    const { lines, bytes } = linesOf(part, number, most.lines);
    const isFull = part.length === most.bytes;
    // No line of ours is as long as all that fits.
    const read = bytes === 0 && isFull ? part.length : bytes;
    if (read > 0) {
      const position = { first, offset: offset + read, number: number + linesIn(part.subarray(0, read)) };
      return { lines, position, lost, isMore: isFull || read < part.length || following !== undefined };
    }
    // A file that another one follows is written no more: what stands at its end was torn.
    if (following === undefined) return { lines, position: { first, offset, number }, lost, isMore: false };
    lost += Math.max(0, following - number);
    [first, offset, number] = [following, 0, following];
  }
}

/** Undefined for a file that ends before the offset: a machine that lost its power has lost the end, and it is written anew. */
async function readPart(file: string, offset: number, bytes: number): Promise<Buffer | undefined> {
  const handle = await open(file).catch(ifAbsent(undefined));
  if (handle === undefined) return NOTHING;
  try {
    if ((await handle.stat()).size < offset) return undefined;
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function linesOf(part: Buffer, number: number, most: number): { lines: ReadLines['lines']; bytes: number } {
  const lines: (JournalLine & { number: number })[] = [];
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

function lineOf(written: string): JournalLine | undefined {
  try {
    const { stream, text, heardAt } = JSON.parse(written) as Record<keyof JournalLine, unknown>;
    if (typeof text !== 'string' || typeof heardAt !== 'number' || !(Math.abs(heardAt) <= LATEST_MS)) return undefined;
    return { stream: stream === 'stderr' ? 'stderr' : 'stdout', text, heardAt };
  } catch {
    return undefined;
  }
}
