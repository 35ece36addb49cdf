import { type LiveTable, liveTable } from '../supervisor/live-table.ts';
import { colouredLog, jsonLog } from '../supervisor/merged-log.ts';
import type { HeardLine } from '../supervisor/port.ts';
import { type StatusRow, statusText } from '../supervisor/status-table.ts';

/** What `jangteo up` shows. */
export interface UpView {
  /** Progress, one line each. */
  say(line: string): void;
  /** From now on the lines of these processes are shown, and on a terminal a table of them below. */
  watch(names: readonly string[]): {
    readonly heard: (line: HeardLine) => void;
    readonly shown: (rows: () => readonly StatusRow[]) => void;
  };
  /** Leaves the terminal as it was. */
  end(): void;
}

const REFRESH_MS = 1_000;

/** For a person at a terminal, for a person who reads a file, or (`json`) for a machine. */
export function upView(json: boolean): UpView {
  const { stdout } = process;
  const isTerminal = stdout.isTTY === true && !json;
  let live: LiveTable | undefined;
  let timer: NodeJS.Timeout | undefined;
  const write = (text: string) => {
    if (live === undefined) stdout.write(text);
    else live.log(text);
  };
  return {
    say: (line) => write(json ? `${JSON.stringify({ at: new Date().toISOString(), message: line })}\n` : `${line}\n`),
    watch(names) {
      const merge = isTerminal ? colouredLog(names) : jsonLog(Date.now);
      return {
        heard: (line) => write(merge(line)),
        shown(rows) {
          if (!isTerminal) return;
          live = liveTable(stdout, () => statusText(rows(), Date.now()));
          timer = setInterval(() => live?.refresh(), REFRESH_MS);
          timer.unref();
        },
      };
    },
    end() {
      clearInterval(timer);
      live?.end();
    },
  };
}
