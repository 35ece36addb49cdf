import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupFault } from './fault.ts';
import type { StatusRow } from './supervisor/status-table.ts';
import { writeWhole } from './write-whole.ts';

/** Which form the data folder has; a newer program may read an older one, never the reverse. */
const FORMAT = 1;
const HOLDER_MAY_STOP_MS = 2_500;
const HOLDER_STOPPING_MS = 60_000;

/** What a running shop tells the command line about itself. */
export interface ShopState {
  readonly pid: number;
  readonly url: string;
  readonly status: 'running' | 'stopping';
  /** Where the simulated systems of other companies listen, by integration. */
  readonly simulators?: Readonly<Record<string, string>>;
  /** The topology's file and the programs that it runs as, where they are several. */
  readonly topology?: string;
  readonly programs?: readonly StatusRow[];
}

/** Made once and kept; readable by their owner alone. */
export interface Secrets {
  readonly adminToken: string;
  readonly capabilitySecret: string;
  /** Base64 of 32 bytes. */
  readonly masterKey: string;
  /** From which the databases' roles get their passwords. */
  readonly rolePasswordSeed: string;
}

/** Makes the data folder, or checks that this program may use it. Throws a SetupFault. */
export function openHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const file = join(home, 'format');
    if (!existsSync(file)) writeWhole(file, `${FORMAT}\n`);
    const format = Number(readFileSync(file, 'utf8'));
    if (format <= FORMAT) return;
    throw new SetupFault(
      `The data in ${home} was written by a newer Jangteo (form ${format}, this one reads ${FORMAT}): update this clone, or choose another JANGTEO_HOME.`,
    );
  } catch (error) {
    throw plain(error, home);
  }
}

/** Takes the folder for this process; one that is just stopping is waited for. Throws a SetupFault when a shop runs on it. */
export async function lockHome(home: string): Promise<() => void> {
  const file = join(home, 'shop.lock');
  const started = performance.now();
  while (!taken(file, home)) {
    const waited = performance.now() - started;
    const patience = readState(home)?.status === 'stopping' ? HOLDER_STOPPING_MS : HOLDER_MAY_STOP_MS;
    if (waited > patience)
      throw new SetupFault(
        `A shop already runs on ${home} (process ${readFileSync(file, 'utf8').trim()}): stop it, or set JANGTEO_HOME and PORT for a second one.`,
      );
    await pause(100);
  }
  return () => {
    rmSync(join(home, 'shop.json'), { force: true });
    rmSync(file, { force: true });
  };
}

export function writeState(home: string, state: ShopState): void {
  writeWhole(join(home, 'shop.json'), JSON.stringify(state));
}

/** The state of the shop that runs on the folder, or undefined when none does. */
export function readState(home: string): ShopState | undefined {
  try {
    const state = JSON.parse(readFileSync(join(home, 'shop.json'), 'utf8')) as ShopState;
    return isNode(state.pid) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** The folder's secrets, made at the first call. `made` tells whether they are new. */
export function keptSecrets(home: string): Secrets & { readonly made: boolean } {
  const file = join(home, 'secrets.json');
  if (existsSync(file)) return { ...readSecrets(file), made: false };
  const secrets: Secrets = {
    adminToken: randomBytes(24).toString('base64url'),
    capabilitySecret: randomBytes(32).toString('base64url'),
    masterKey: randomBytes(32).toString('base64'),
    rolePasswordSeed: randomBytes(32).toString('base64url'),
  };
  writeWhole(file, JSON.stringify(secrets, null, 2));
  return { ...secrets, made: true };
}

function readSecrets(file: string): Secrets {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  } catch (error) {
    throw new SetupFault(
      `${file} cannot be read (${(error as Error).message}): restore it from a backup, for without it the data cannot be opened.`,
    );
  }
}

/** The disk's and the folder's refusals as a sentence; anything else is thrown on as it is. */
function plain(error: unknown, home: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return new SetupFault(`The disk of ${home} is full: free some space and start again.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new SetupFault(`${home} cannot be written: give yourself the right to, or choose another JANGTEO_HOME.`);
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new SetupFault(`${home} is not a folder: choose another JANGTEO_HOME.`);
  return error;
}

function taken(file: string, home: string): boolean {
  try {
    return take(file);
  } catch (error) {
    throw plain(error, home);
  }
}

function take(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    removeIfStale(file);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moved aside before it is removed, so that of two starts at once neither removes the other's fresh lock. */
function removeIfStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    if (isNode(holder)) return;
    renameSync(file, aside);
    if (Number(readFileSync(aside, 'utf8')) !== holder) linkSync(aside, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Whether a process lives and is a Node: after a reboot a dead shop's number may be anybody's. */
function isNode(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { stdout } = spawnSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  if (typeof stdout !== 'string') return true;
  return !stdout.startsWith('Z') && /node|MainThread/.test(stdout);
}
