import { prettyLine } from '../../platform/telemetry/logger.ts';
import type { HeardLine } from './port.ts';

/** Colours that can be told apart on light and dark terminals; names take them in turn. */
const COLOURS = [36, 35, 32, 33, 34, 96, 95, 92, 94] as const;
const RESET = '\x1b[0m';

/** Makes one log of what many programs write: a line of theirs becomes a line of ours, with its end. */
export type MergeLine = (line: HeardLine) => string;

/** For a terminal: each line behind its program's name, in the program's colour, aligned. */
export function colouredLog(names: readonly string[]): MergeLine {
  const width = Math.max(0, ...names.map((name) => name.length));
  return ({ program, text }) => {
    const colour = COLOURS[Math.max(0, names.indexOf(program)) % COLOURS.length];
    const head = `\x1b[${colour}m${program.padEnd(width)} │${RESET} `;
    const shown = entryOf(text) === undefined ? `${text}\n` : prettyLine(text);
    // A stack goes on over several lines; each of them says whose it is.
    return shown.replace(/^(?!$)/gm, head);
  };
}

/** For a machine: JSON lines with a field `process`; what is no JSON becomes an entry of its own. */
export function jsonLog(now: () => number): MergeLine {
  return ({ program, stream, text }) => {
    const entry = entryOf(text) ?? { level: stream === 'stderr' ? 'warn' : 'info', time: now(), msg: text };
    return `${JSON.stringify({ ...entry, process: program })}\n`;
  };
}

/** A log entry of ours; undefined for anything else, other programs' JSON included. */
function entryOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return typeof entry.time === 'number' && typeof entry.msg === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}
