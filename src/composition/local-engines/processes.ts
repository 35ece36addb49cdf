import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupFault } from '../fault.ts';

/** A process as it is remembered: its number, and a mark that tells it from a later one of the same number. */
export interface MarkedProcess {
  readonly pid: number;
  readonly mark: string;
}

const POLL_MS = 20;
/** Fields of /proc/<pid>/stat after the state. */
const [THREADS, STARTED] = [16, 18];

/** Starts a program in a process group of its own, its output added to `log`. Throws a SetupFault when it cannot be run. */
export async function launch(
  command: readonly [string, ...string[]],
  where: { readonly folder: string; readonly log: string; readonly env?: Readonly<Record<string, string>> },
): Promise<MarkedProcess> {
  const [program, ...args] = command;
  const output = openSync(where.log, 'a');
  try {
    const child = spawn(program, args, {
      cwd: where.folder,
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...where.env },
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const { pid = 0 } = child;
    return { pid, mark: markOf(pid) ?? '' };
  } catch (error) {
    throw new SetupFault(`${program} cannot be run: ${(error as Error).message}.`);
  } finally {
    closeSync(output);
  }
}

/** Whether it still runs: a dead process that nobody has collected does not, nor does another one of its number. */
export function isRunning({ pid, mark }: MarkedProcess): boolean {
  return pid > 0 && mark !== '' && markOf(pid) === mark;
}

/** Sends a signal to the whole group of a process; one that is gone already is no fault. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether it was gone within `ms`. */
export async function gone(target: MarkedProcess, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (isRunning(target)) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}

/** When the process was started, as the machine counts it; undefined when it is gone. */
export function markOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? markOnLinux(pid) : markByPs(pid);
}

function markOnLinux(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; after it come the state, the number of threads and the start.
    const [state = 'Z', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A first thread that has ended while others still do holds its sockets yet.
    const isDead = /[ZX]/.test(state) && Number(fields[THREADS]) <= 1;
    return isDead ? undefined : fields[STARTED];
  } catch {
    return undefined;
  }
}

function markByPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [state = 'Z', ...started] = (stdout ?? '').trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
}
