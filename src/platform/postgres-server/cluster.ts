import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeOwnFolder, versionOf } from './account.ts';
import type { Place } from './place.ts';
import { PostgresServerFault } from './port.ts';

/** For a cluster with the databases of all services and their first log files. */
const NEEDED_MB = 200;

/** Makes the data folder of a new cluster; an existing one is only checked. It appears whole or not at all. */
export function ensureCluster(place: Place, password: string, say: (line: string) => void): void {
  const versionFile = join(place.data, 'PG_VERSION');
  if (existsSync(versionFile)) checkMajor(place, readFileSync(versionFile, 'utf8').trim());
  else createCluster(place, password, say);
}

function createCluster(place: Place, password: string, say: (line: string) => void): void {
  say('Creating the database (once) …');
  const work = `${place.data}.making`;
  rmSync(work, { recursive: true, force: true });
  makeOwnFolder(work, place.account);
  const { bavail, bsize } = statfsSync(work);
  if (bavail * bsize < NEEDED_MB * 1024 ** 2) {
    rmSync(work, { recursive: true });
    throw diskFull();
  }
  const passwordFile = join(work, '..', 'password.making');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.account) chownSync(passwordFile, place.account.uid, place.account.gid);
  try {
    initialise(place, work, passwordFile);
    rmSync(place.data, { recursive: true, force: true });
    renameSync(work, place.data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(work, { recursive: true, force: true });
  }
}

/** The superuser's password, made at the first start and readable by its owner alone. */
export function superuserPassword(folder: string): string {
  const file = join(folder, 'password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function initialise(place: Place, data: string, passwordFile: string): void {
  const args = ['-D', data, '-U', 'postgres', '--encoding=UTF8', '--no-locale', '--auth=scram-sha-256'];
  const result = spawnSync(join(place.binaries, 'bin', 'initdb'), [...args, `--pwfile=${passwordFile}`], {
    ...place.account,
    cwd: data,
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  const said = `${result.stderr ?? ''}${result.error?.message ?? ''}`;
  if (/No space left on device/.test(said)) throw diskFull();
  throw new PostgresServerFault(`The database could not be created: ${said.trim().split('\n').at(-1)}`);
}

function diskFull(): PostgresServerFault {
  return new PostgresServerFault(
    `The disk is full: free some space (about ${NEEDED_MB} MB are needed) and start again.`,
  );
}

function checkMajor(place: Place, ofData: string): void {
  const ofBinaries = versionOf(place.binaries).split('.')[0];
  if (ofData === ofBinaries) return;
  throw new PostgresServerFault(
    `The database in ${place.data} was made by PostgreSQL ${ofData}, this clone brings ${ofBinaries}: use the version of Jangteo that made it, or another JANGTEO_HOME.`,
  );
}
