import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, markOf } from './processes.ts';

const POLL_MS = 100;

/**
 * Does something while no other process does it under the same lock file. Whoever holds it is waited for, and one that died
 * with it is forgotten. `waiting` hears once that somebody else is at it.
 */
export async function withLock<Value>(
  file: string,
  action: () => Promise<Value>,
  waiting: () => void = () => undefined,
): Promise<Value> {
  let told = false;
  while (!taken(file)) {
    if (!told) waiting();
    told = true;
    await pause(POLL_MS);
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${markOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    removeIfStale(file);
    return false;
  }
}

/** Moved aside before it is removed, so that of two at once neither removes the other's fresh lock. */
function removeIfStale(file: string): void {
  const holder = holderOf(file);
  if (holder === undefined || isRunning(holder)) return;
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function holderOf(file: string): { readonly pid: number; readonly mark: string } | undefined {
  try {
    const [pid, ...mark] = readFileSync(file, 'utf8').split(' ');
    return mark.length === 0 ? undefined : { pid: Number(pid), mark: mark.join(' ') };
  } catch {
    return undefined;
  }
}
