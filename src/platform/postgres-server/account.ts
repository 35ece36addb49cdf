import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PostgresServerFault } from './port.ts';

/** PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account to run the server as: undefined (our own) unless this process is root's. Throws a PostgresServerFault. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' });
    return stdout?.trim() ? Number(stdout) : Number.NaN;
  });
  if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid))
    throw new PostgresServerFault(
      'PostgreSQL cannot run as root and there is no user `nobody` to run it as: start as an ordinary user, or set DATABASE_URL.',
    );
  return { uid, gid };
}

/** Whether the account can use the folder: really tried, for rights also come from access lists and mounts. */
export function mayUse(account: Account, folder: string, need: 'run' | 'write'): boolean {
  const result =
    need === 'run'
      ? spawnSync(join(folder, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/' })
      : spawnSync('/bin/sh', ['-c', 'test -x "$0" && test -w "$0" && cd "$0"', folder], { ...account, cwd: '/' });
  return result.status === 0;
}

/** Copies the binaries to where the account can run them; the copy appears whole or not at all. Answers its folder. */
export function copyBinaries(binaries: string, openFolder: string): string {
  const packageName = basename(dirname(binaries));
  const copy = join(openFolder, `postgres-${packageName}-${versionOf(binaries)}`);
  if (existsSync(copy)) return copy;
  const work = `${copy}.${process.pid}`;
  mkdirSync(work, { recursive: true, mode: 0o755 });
  cpSync(binaries, work, { recursive: true, verbatimSymlinks: true });
  renameSync(work, copy);
  return copy;
}

/** Makes a folder that belongs to the account (or to us, without one), closed to everybody else. */
export function makeOwnFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The version that binaries tell, e.g. `18.4`. Throws a PostgresServerFault when they do not run here. */
export function versionOf(binaries: string): string {
  const { stdout, error } = spawnSync(join(binaries, 'bin', 'postgres'), ['--version'], { encoding: 'utf8', cwd: '/' });
  const version = /\b(\d+\.\d+)/.exec(stdout ?? '')?.[1];
  if (version === undefined)
    throw new PostgresServerFault(
      `The PostgreSQL in ${binaries} does not run on this machine${error ? ` (${error.message})` : ''}: install PostgreSQL 15 or newer and set DATABASE_URL.`,
    );
  return version;
}
