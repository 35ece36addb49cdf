import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupFault } from '../fault.ts';
import type { Remembered } from './place.ts';
import { isRunning } from './processes.ts';

const POLL_MS = 50;
const TELL_EVERY_MS = 5_000;
const LOG_TAIL = 2_000;

/** What is waited for, and whose death makes it hopeless. */
export interface Awaited {
  readonly name: string;
  readonly folder: string;
  readonly within: number;
  readonly say: (line: string) => void;
  /** Aborting gives the waiting up. */
  readonly signal?: AbortSignal | undefined;
  processes(): Remembered['processes'];
}

/** Asks until the answer is yes. Throws a SetupFault with the end of the log when a process dies or the time is over, or when it is given up. */
export async function untilReady(question: () => Promise<boolean>, awaited: Awaited): Promise<void> {
  const { name, within, say } = awaited;
  const started = performance.now();
  let told = started;
  while (!(await question().catch(() => false))) {
    if (awaited.signal?.aborted === true) throw new SetupFault(`${name} was stopped before it answered.`);
    const now = performance.now();
    const dead = awaited.processes().find((each) => !isRunning(each));
    if (dead !== undefined) throw new SetupFault(`${name} ended before it answered. ${lastWords(awaited, dead.name)}`);
    if (now - started > within) {
      const [first] = awaited.processes();
      throw new SetupFault(
        `${name} did not answer within ${within / 1000} s. ${lastWords(awaited, first?.name ?? '')}`,
      );
    }
    if (now - told > TELL_EVERY_MS) {
      say(`Waiting for ${name} (${Math.round((now - started) / 1000)} s) …`);
      told = now;
    }
    await pause(POLL_MS);
  }
}

/** A process's log file. */
export function logOf(folder: string, process: string): string {
  return join(folder, 'logs', `${process}.log`);
}

function lastWords({ folder }: Awaited, process: string): string {
  const log = logOf(folder, process);
  const said = existsSync(log) ? readFileSync(log, 'utf8').slice(-LOG_TAIL).trim() : '';
  return said === '' ? 'It said nothing.' : `It said at last (${log}):\n${said}`;
}
