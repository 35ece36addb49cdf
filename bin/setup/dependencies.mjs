import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';

/** Whether node_modules holds what the lockfile says. A stamp with the lockfile's hash makes the answer cheap. */
export function dependenciesMatch(clone) {
  const stamp = stampOf(clone);
  if (stamp.kept === stamp.wanted) return true;
  if (!sameVersions(clone)) return false;
  writeFileSync(stamp.file, stamp.wanted);
  return true;
}

/** Installs the dependencies anew. Throws a SetupFault. */
export function installDependencies(clone) {
  console.log('Installing dependencies (once; about half a minute) …');
  npm(clone, ['ci', '--include=dev'], 'The dependencies could not be installed.');
  const stamp = stampOf(clone);
  writeFileSync(stamp.file, stamp.wanted);
}

function stampOf(clone) {
  const file = join(clone, 'node_modules', '.jangteo-stamp');
  const lock = readFileSync(join(clone, 'package-lock.json'));
  const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
  return { file, wanted, kept: existsSync(file) ? readFileSync(file, 'utf8') : undefined };
}

/** For a node_modules that somebody installed by hand: npm keeps a list of what it installed beside it. */
function sameVersions(clone) {
  const installedFile = join(clone, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(clone, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version && existsSync(join(clone, path));
  });
}
