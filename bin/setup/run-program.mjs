import { spawn } from 'node:child_process';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { cloneFolder } from './prepare.mjs';

const PARENT_POLL_MS = 250;

/**
 * Runs one of the clone's programs to its end and takes over its exit code. On the Node that already runs, in this very process;
 * else in a child that gets every signal, and that an open channel tells when this process dies without a word (`kill -9`).
 */
export async function runProgram(node, program, args) {
  const path = join(cloneFolder, program);
  const cache = join(cloneFolder, '.jangteo', 'tools', 'compile-cache');
  if (node === process.execPath) {
    nodeModule.enableCompileCache(cache);
    // For its threads and the programs it starts: without the cache each of them loads the compiler that strips types.
    process.env.NODE_COMPILE_CACHE = cache;
    process.argv.splice(1, process.argv.length, path, ...args);
    await import(path);
    return;
  }
  const child = spawn(node, [path, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache, JANGTEO_LAUNCHER: String(process.pid) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  followParent(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm passes SIGTERM to its shell only, which dies without a word to us: then we are somebody else's child. */
function followParent(gone) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    gone();
  }, PARENT_POLL_MS);
  watch.unref();
}
