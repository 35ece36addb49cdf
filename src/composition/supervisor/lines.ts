import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Tells every line of a stream; resolves at its end. A last line without its end is a line, too. */
export function readLines(stream: Readable, tell: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', tell);
  return new Promise((resolve) => lines.once('close', resolve));
}

/** Remembers the newest lines, a bounded number of them. */
export function newestLines(most: number): { add(line: string): void; all(): readonly string[] } {
  const kept: string[] = [];
  return {
    add(line) {
      kept.push(line);
      if (kept.length > most) kept.shift();
    },
    all: () => [...kept],
  };
}
