import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from './kit.ts';

const CLONE = join(import.meta.dirname, '../..');
/** What a process reads of the tree; what is installed is linked. */
const TREE = ['src', 'topologies', 'package.json'];

/** Another release of the program: this tree with some edits, in a folder of its own. Throws what `edited` throws. */
export function makeRelease(folder: string, edits: readonly Edit[]): string {
  mkdirSync(folder, { recursive: true });
  for (const part of TREE) {
    cpSync(join(CLONE, part), join(folder, part), {
      recursive: true,
      filter: (path) => !/\.(test|long)\.ts$/.test(path),
    });
  }
  symlinkSync(join(CLONE, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of edited(edits)) writeFileSync(join(folder, file), text);
  return folder;
}

/** The files that the edits change, as they are then. Throws an Error that names an edit whose text is not there exactly once. */
export function edited(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { file, find, become } of edits) {
    const text = files.get(file) ?? readFileSync(join(CLONE, file), 'utf8');
    const parts = text.split(find);
    if (parts.length !== 2)
      throw new Error(
        `${file} has this ${parts.length - 1} times, so the kit (test/upgrade/kit.ts) does not fit it any more:\n${find}`,
      );
    files.set(file, parts.join(become));
  }
  return files;
}
