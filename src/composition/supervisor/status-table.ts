import { tableText } from '../topology/table-text.ts';
import type { ProgramStatus } from './port.ts';

/** A row of the table: a program, and where it listens. */
export interface StatusRow extends ProgramStatus {
  readonly port?: number;
}

const HEAD = ['process', 'state', 'pid', 'restarts', 'port', 'for'];

/** What runs, for a person. */
export function statusText(rows: readonly StatusRow[], now: number): string {
  const lines = rows.map(({ name, state, pid, restarts, port, since }) => [
    name,
    state === 'restarting' && restarts > 0 ? `restarting (${ordinal(restarts)} time)` : state,
    pid === undefined ? '–' : String(pid),
    String(restarts),
    port === undefined ? '–' : String(port),
    durationText(now - since),
  ]);
  return tableText([HEAD, ...lines]);
}

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

/** `1st`, `12th`, `22nd`. */
function ordinal(count: number): string {
  return `${count}${ENDINGS[ordinals.select(count)] ?? 'th'}`;
}

/** `8 s`, `5 min 3 s`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
}
