import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFault } from './npm.mjs';

/** Whether `web/dist` was built from what lies in `web` now, with the dependencies of now. */
export function pagesMatch(clone) {
  const stamp = stampOf(clone);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources(clone);
}

/** Builds the pages anew, and puts them in place when all went well. Throws a SetupFault. */
export function buildPages(clone, node) {
  console.log('Building the pages (once; a few seconds) …');
  const hash = hashOfSources(clone);
  const next = join(clone, 'web', 'dist.next');
  const result = spawnSync(node, [join(clone, 'web', 'build.ts'), next], { cwd: clone, encoding: 'utf8' });
  if (result.status !== 0) {
    console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
    throw new SetupFault(
      'The pages could not be built. What stands in the way is told above; put it right and start again.',
    );
  }
  writeFileSync(join(next, '.sources'), hash);
  const dist = join(clone, 'web', 'dist');
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
}

function stampOf(clone) {
  return join(clone, 'web', 'dist', '.sources');
}

function hashOfSources(clone) {
  const web = join(clone, 'web');
  const files = readdirSync(web)
    .filter((name) => name !== 'dist' && name !== 'dist.next')
    .flatMap((name) => filesIn(web, name))
    .filter((file) => !file.endsWith('.test.ts'))
    .sort();
  const hash = createHash('sha256').update(readFileSync(join(clone, 'package-lock.json')));
  for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(join(web, file)));
  return hash.digest('hex');
}

/** The files that `name` is or holds, relative to `folder`. */
function filesIn(folder, name) {
  if (statSync(join(folder, name)).isFile()) return [name];
  return readdirSync(join(folder, name), { recursive: true })
    .map((each) => join(name, each))
    .filter((each) => statSync(join(folder, each)).isFile());
}
