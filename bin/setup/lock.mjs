import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const POLL_MS = 200;

/** Runs `task` while holding `file`; waits for whoever holds it, and takes it from a holder that has died. */
export async function withLock(file, task) {
  let told = false;
  while (!take(file)) {
    if (!told) console.log('Waiting for another start in this clone to finish its set-up …');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await task();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A link appears whole and only once: nobody ever reads a lock that is not yet written. */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfStale(file);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function removeIfStale(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    if (alive(holder)) return;
    const aside = `${file}.stale.${process.pid}`;
    renameSync(file, aside);
    const moved = Number(readFileSync(aside, 'utf8'));
    if (moved !== holder && alive(moved)) linkSync(aside, file);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
