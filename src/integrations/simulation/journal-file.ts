import { closeSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';

export interface JournalFile<Line> {
  /** Calls `written` once the line is with the operating system; lines of one turn of the event loop share one write. */
  append(line: Line, written: () => void): void;
  close(): void;
}

/** Keeps nothing. */
export const noJournal: JournalFile<unknown> = {
  append: (_line, written) => written(),
  close() {},
};

/**
 * An append-only file of lines. What was answered survives the death of the process (`kill -9`), not that of the machine:
 * lines are handed to the operating system before the answer, and not synced to the disk, for the simulator must not be
 * what a benchmark measures. A torn last line is cut off.
 */
export function journalFile<Line>(path: string, replay: (line: Line) => void): JournalFile<Line> {
  const file = openSync(path, 'a+');
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, end)));
  for (const line of text.slice(0, end).split('\n')) if (line !== '') replay(JSON.parse(line) as Line);

  let lines = '';
  let waiting: (() => void)[] = [];
  const flush = () => {
    if (lines === '') return;
    const answers = waiting;
    // Whole or not at all: on a full disk this throws, which ends the program, and its next life cuts off what is torn.
    writeFileSync(file, lines);
    lines = '';
    waiting = [];
    for (const answer of answers) answer();
  };

  return {
    append(line, written) {
      if (lines === '') setImmediate(flush);
      lines += `${JSON.stringify(line)}\n`;
      waiting.push(written);
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}
