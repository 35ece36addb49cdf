import type { Positions } from '../storage/port.ts';
import type { RouteName } from './port.ts';

/** A service that somebody leads, as told to peers. */
export interface Claim {
  readonly service: string;
  readonly term: number;
  readonly routes: readonly RouteName[];
}

/** What somebody answers of a service without leading it. */
export interface Reads {
  readonly service: string;
  readonly routes: readonly string[];
  readonly calls: readonly string[];
}

/** One line of the stream that a process tells its peers. An empty one says only that it lives. */
export interface Notice {
  /** Who tells: in the first line of each stream. */
  readonly from?: string;
  /** What the process leads, whole: the first line of each stream. */
  readonly leads?: readonly Claim[];
  readonly led?: Claim;
  /** A service that it leads no longer. */
  readonly left?: string;
  /** It will soon be gone, and lead nothing any more. */
  readonly leaving?: true;
  /** The services that it hosts and may not lead, whole: others need not wait for it. */
  readonly aside?: readonly string[];
  /** What it answers without leading, whole. */
  readonly reads?: readonly Reads[];
  /** By log: how far it is written. */
  readonly grown?: Readonly<Record<string, Positions>>;
  /** Tags of answers that have changed. */
  readonly tags?: readonly string[];
}

/** How often a process says that it lives, in ms, and how long its peers wait for a word before they give the stream up. */
export const HEARTBEAT_MS = 500;
export const SILENCE_MS = 2_500;

/** A notice as it travels: a line of JSON. */
export function lineOf(notice: Notice): string {
  return `${JSON.stringify(notice)}\n`;
}

/** Cuts what comes into lines and reads them. Throws a SyntaxError for a line that is no JSON. */
export function noticeReader(hear: (notice: Notice) => void): (part: string) => void {
  let rest = '';
  return (part) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') hear(JSON.parse(line) as Notice);
  };
}
