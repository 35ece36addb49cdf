import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFault } from '../../fault.ts';
import { withLock } from '../lock.ts';
import type { Engine } from '../port.ts';
import { cached, cacheFolder, inCache } from './cache.ts';
import { installPackages, mayInstallPackages } from './debian.ts';
import { ensureJava, findJava } from './java.ts';
import { programOnPath } from './run-tool.ts';

/** An engine as it is on this machine. */
export interface Installation {
  /** Where it was built; undefined when its programs are on the PATH. */
  readonly folder: string | undefined;
  /** Undefined when it needs none. */
  readonly java: string | undefined;
}

/** How the engine is here, undefined when it is not, or the Java it needs is not. */
export function findInstallation({ name, recipe }: Engine): Installation | undefined {
  const java = recipe.java === undefined ? undefined : findJava(recipe.java);
  if (recipe.java !== undefined && java === undefined) return undefined;
  if (isOnPath(recipe.programs)) return { folder: undefined, java };
  const folder = inCache(name, recipe.version);
  return recipe.build !== undefined && existsSync(folder) ? { folder, java } : undefined;
}

/** Installs the engine unless it is there. Throws a SetupFault that says how a person can. */
export async function install(engine: Engine, say: (line: string) => void): Promise<Installation> {
  const found = findInstallation(engine);
  if (found !== undefined) return found;
  const { name, recipe } = engine;
  const { build, debian } = recipe;
  const started = performance.now();
  say(`Installing ${name} …`);
  if (build !== undefined) {
    const java = recipe.java === undefined ? undefined : await ensureJava(recipe.java, say);
    await cached(name, recipe.version, say, (folder) => build(folder, { java: java ?? '', say }));
  } else if (debian !== undefined && mayInstallPackages())
    await withLock(join(cacheFolder(), 'debian.lock'), () => installPackages(debian));
  const made = findInstallation(engine);
  if (made === undefined) throw new SetupFault(`${name} is not installed here: ${recipe.byHand}.`);
  say(`Installed ${name} in ${Math.round((performance.now() - started) / 1000)} s.`);
  return made;
}

function isOnPath(programs: readonly string[] | undefined): boolean {
  return programs?.every((program) => programOnPath(program) !== undefined) ?? false;
}
