import { BATCH, type LineSource, type LogLine, type NumberedLine } from './port.ts';

/** Lines that wait in memory. */
export interface LineQueue extends LineSource {
  /** Never waits: where there is no more room, the oldest line goes. */
  add(line: LogLine): void;
}

/** At most `mostLines` wait. */
export function lineQueue(mostLines = 5_000): LineQueue {
  const waiting: NumberedLine[] = [];
  let added = 0;
  /** The last line that is taken, and the last one that `next` has answered. */
  let [taken, told] = [0, 0];
  return {
    add(line) {
      added += 1;
      waiting.push({ ...line, number: added });
      if (waiting.length > mostLines) waiting.shift();
    },
    async next() {
      const lines = waiting.slice(0, BATCH.lines);
      told = lines.at(-1)?.number ?? taken;
      return { lines, lost: (lines[0]?.number ?? taken + 1) - taken - 1, isMore: waiting.length > lines.length };
    },
    async taken() {
      taken = told;
      const kept = waiting.findIndex(({ number }) => number > told);
      waiting.splice(0, kept < 0 ? waiting.length : kept);
    },
  };
}
