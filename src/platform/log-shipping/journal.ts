import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalLine } from './port.ts';

/** What a process has written, on disk, until it is shipped or too much. */
export interface Journal {
  /** Never waits and never throws: a disk that is full costs lines, which are counted. */
  append(line: Omit<JournalLine, 'number'>): void;
  /** Lines that could not be written. */
  lost(): number;
  /** Resolves when everything is with the system. */
  flushed(): Promise<void>;
}

export interface JournalLimits {
  /** Of one file. */
  readonly segmentBytes: number;
  /** Of all of them: what is oldest goes first, shipped or not. */
  readonly mostBytes: number;
}

const ENDING = '.ndjson';
const SEGMENT_BYTES = 4 * 1024 ** 2;
/** Lines that wait for a disk that is slow. */
const MOST_WAITING_BYTES = 16 * 1024 ** 2;

/** A file is called by the number of its first line. */
export function segmentFile(folder: string, first: number): string {
  return join(folder, `${String(first).padStart(15, '0')}${ENDING}`);
}

/** The first lines' numbers of the files that are there, in order. */
export function segmentsOf(folder: string): readonly number[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names.map((name) => Number(name.slice(0, -ENDING.length))).sort((one, other) => one - other);
}

export function limitsFor(mostBytes: number): JournalLimits {
  return { mostBytes, segmentBytes: Math.min(SEGMENT_BYTES, Math.ceil(mostBytes / 4)) };
}

/** Goes on where the last one ended, in whatever way; one writer at a time. */
export function openJournal(folder: string, { segmentBytes, mostBytes }: JournalLimits): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let { first, next, bytes } = endOf(folder);
  let waiting = '';
  let lost = 0;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (waiting !== '') {
      const text = waiting;
      const file = segmentFile(folder, first);
      waiting = '';
      try {
        await appendFile(file, text, { mode: 0o600 });
      } catch {
        lost += text.split('\n').length - 1;
      }
    }
  }

  function begin(): void {
    first = next;
    bytes = 0;
    const all = segmentsOf(folder);
    let sum = all.reduce((total, each) => total + sizeOf(segmentFile(folder, each)), 0);
    for (const each of all) {
      if (sum <= mostBytes - segmentBytes) return;
      sum -= sizeOf(segmentFile(folder, each));
      rmSync(segmentFile(folder, each), { force: true });
    }
  }

  const append = (line: Omit<JournalLine, 'number'>) => {
    if (waiting.length > MOST_WAITING_BYTES) {
      lost += 1;
      return;
    }
    const text = `${JSON.stringify(line)}\n`;
    // What was appended before belongs to the file before.
    if (bytes >= segmentBytes && waiting === '') begin();
    waiting += text;
    bytes += Buffer.byteLength(text);
    next += 1;
    writing ??= write().finally(() => {
      writing = undefined;
    });
  };
  return {
    append,
    lost: () => lost,
    async flushed() {
      while (writing !== undefined) await writing;
    },
  };
}

function endOf(folder: string): { first: number; next: number; bytes: number } {
  const first = segmentsOf(folder).at(-1) ?? 1;
  const file = segmentFile(folder, first);
  if (!existsSync(file)) return { first, next: first, bytes: 0 };
  const text = readFileSync(file);
  // A writer that was killed in the middle of a line: the rest of it is gone.
  if (text.length > 0 && text.at(-1) !== NEWLINE) appendFileSync(file, '\n');
  let lines = text.length > 0 && text.at(-1) !== NEWLINE ? 1 : 0;
  for (const byte of text) if (byte === NEWLINE) lines += 1;
  return { first, next: first + lines, bytes: text.length };
}

const NEWLINE = 0x0a;

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
