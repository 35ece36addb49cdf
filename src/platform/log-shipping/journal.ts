import { appendFile, mkdir, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from './port.ts';

/** What a program has written, on disk, until it is shipped or too much. */
export interface Journal {
  /** Never waits and never throws: a disk that is full costs lines, which are counted. A line of more than 128 Ki characters is cut. */
  append(line: JournalLine): void;
  /** Lines that could not be written. */
  lost(): number;
  /** Resolves when everything is with the system, or could not be written. Never throws. */
  flushed(): Promise<void>;
}

/** A line as it is kept: whose it is says the journal's place. */
export type JournalLine = Omit<LogLine, 'program'>;

export interface JournalLimits {
  /** Of one file. */
  readonly segmentBytes: number;
  /** Of all of them: what is oldest goes first, shipped or not. */
  readonly mostBytes: number;
}

const ENDING = '.ndjson';
const SEGMENT_BYTES = 4 * 1024 ** 2;
/** Lines that wait for a disk that is slow. */
const MOST_WAITING_CHARACTERS = 16 * 1024 ** 2;
/** A line that is read back is less than a batch, whatever its characters become in JSON (six bytes each, at most). */
const MOST_CHARACTERS = 128 * 1024;
/** As many lines are written at once. */
const WRITTEN_LINES = 1_000;
const NEWLINE = 0x0a;

/** A file is called by the number of its first line. */
export function segmentFile(folder: string, first: number): string {
  return join(folder, `${String(first).padStart(15, '0')}${ENDING}`);
}

/** The first lines' numbers of the files that are there, in order. Throws when the folder is there and cannot be read. */
export async function segmentsOf(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch(ifAbsent<string[]>([]));
  const ours = names.filter((name) => name.endsWith(ENDING));
  return ours.map((name) => Number(name.slice(0, -ENDING.length))).sort((one, other) => one - other);
}

/** Files of 4 MiB, of which there are at least four. */
export function limitsFor(mostBytes: number): JournalLimits {
  return { mostBytes, segmentBytes: Math.min(SEGMENT_BYTES, Math.ceil(mostBytes / 4)) };
}

/** Goes on where the last one ended, in whatever way; one writer at a time. The disk is first asked when there is a line. */
export function openJournal(folder: string, { segmentBytes, mostBytes }: JournalLimits): Journal {
  const waiting: string[] = [];
  let waitingCharacters = 0;
  let lost = 0;
  let writing: Promise<void> | undefined;
  /** Of the next line. Those that are lost have numbers, too, so that whoever reads counts them. */
  let next = 1;
  /** The file that is written; undefined when it must be looked up what there is. */
  let open: { readonly first: number; readonly bytes: number } | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting.splice(0, WRITTEN_LINES);
      const text = lines.join('');
      waitingCharacters -= text.length;
      try {
        await write(text);
      } catch {
        open = undefined;
        lost += lines.length;
      }
      next += lines.length;
    }
  }

  async function write(text: string): Promise<void> {
    if (open === undefined) {
      const end = await endOf(folder);
      next = Math.max(next, end.next);
      open = end;
    }
    if (open.bytes >= segmentBytes) {
      await makeRoom(folder, mostBytes - segmentBytes);
      open = { first: next, bytes: 0 };
    }
    await appendFile(segmentFile(folder, open.first), text, { mode: 0o600 });
    open = { first: open.first, bytes: open.bytes + Buffer.byteLength(text) };
  }

  return {
    append({ stream, text, heardAt }) {
      if (waitingCharacters > MOST_WAITING_CHARACTERS) {
        lost += 1;
        return;
      }
      const line = `${JSON.stringify({ stream, text: text.slice(0, MOST_CHARACTERS), heardAt })}\n`;
      waiting.push(line);
      waitingCharacters += line.length;
      writing ??= writeAll().finally(() => {
        writing = undefined;
      });
    },
    lost: () => lost,
    async flushed() {
      while (writing !== undefined) await writing;
    },
  };
}

async function makeRoom(folder: string, mostBytes: number): Promise<void> {
  const files = (await segmentsOf(folder)).map((first) => segmentFile(folder, first));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  let sum = sizes.reduce((total, size) => total + size, 0);
  for (const [index, file] of files.entries()) {
    if (sum <= mostBytes) return;
    sum -= sizes[index] ?? 0;
    await rm(file, { force: true });
  }
}

/** The last file, without what a writer has torn that was killed or found no room in the middle of a line. */
async function endOf(folder: string): Promise<{ first: number; next: number; bytes: number }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const first = (await segmentsOf(folder)).at(-1) ?? 1;
  const file = segmentFile(folder, first);
  const text = await readFile(file).catch(ifAbsent(Buffer.alloc(0)));
  const bytes = text.lastIndexOf(NEWLINE) + 1;
  if (bytes < text.length) await truncate(file, bytes);
  return { first, next: first + linesIn(text.subarray(0, bytes)), bytes };
}

/** How many lines end in it. */
export function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === NEWLINE) lines += 1;
  return lines;
}

/** What stands for something that is not there; every other failure is thrown on. */
export function ifAbsent<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
