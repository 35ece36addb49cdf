import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { withLock } from '../lock.ts';

const BEING_MADE = '.making';

/** Installed engines, shared by all homes of a user: JANGTEO_ENGINES_CACHE, else a folder of the user's cache. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = resolve(process.env.JANGTEO_ENGINES_CACHE || join(base, 'jangteo', 'engines'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Where a version of something lies once it is installed. */
export function inCache(name: string, version: string): string {
  return join(cacheFolder(), `${name}-${version}`);
}

/**
 * The folder that `make` has filled, now or some time before. It is made beside its place and renamed into it at the end, so that
 * what is there is whole; what an interrupted installation left is removed by the next one.
 */
export async function cached(
  name: string,
  version: string,
  say: (line: string) => void,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const place = inCache(name, version);
  const waiting = () => say(`Waiting for ${name}, which another process is installing …`);
  const fill = async () => {
    if (existsSync(place)) return;
    for (const left of readdirSync(cacheFolder()))
      if (left.startsWith(`${name}-${version}${BEING_MADE}`)) rmSync(join(cacheFolder(), left), { recursive: true });
    const making = `${place}${BEING_MADE}`;
    mkdirSync(making);
    await make(making);
    renameSync(making, place);
  };
  if (!existsSync(place)) await withLock(`${place}.lock`, fill, waiting);
  return place;
}
