import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Where its socket lies; absent: it is reached by the port alone. */
  readonly socketFolder?: string;
  readonly status: 'starting' | 'stopping' | 'ready' | 'unknown';
}

/** The live server of a data folder, or undefined. A file left by a dead server, or whose pid is somebody else's now, is removed. */
export function runningPostmaster(data: string): Postmaster | undefined {
  const found = readPostmaster(data);
  if (found === undefined) return undefined;
  if (isAlive(found.pid) && isPostgres(found.pid)) return found;
  rmSync(join(data, 'postmaster.pid'), { force: true });
  return undefined;
}

export function readPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readLines(file);
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const told = lines[7]?.trim();
  const status = told === 'starting' || told === 'stopping' || told === 'ready' ? told : 'unknown';
  const socketFolder = lines[4]?.trim();
  return { pid, port: Number(lines[3]), status, ...(socketFolder && { socketFolder }) };
}

/** Whether a process runs. One that has ended and that nobody has collected yet (Linux: a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The server may remove its file between two looks at it. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isZombie(pid: number): boolean {
  const status = readLines(`/proc/${pid}/stat`)[0];
  return status !== undefined && /^\s+Z/.test(status.slice(status.lastIndexOf(')') + 1));
}

function isPostgres(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  if (stdout !== null && stdout !== undefined) return stdout.includes('postgres');
  const command = `/proc/${pid}/comm`;
  return existsSync(command) ? readFileSync(command, 'utf8').includes('postgres') : true;
}
