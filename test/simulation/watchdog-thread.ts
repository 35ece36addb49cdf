import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { seed, progress, mostMs } = workerData as { seed: Int32Array; progress: Int32Array; mostMs: number };
const LOOK_EVERY_MS = 500;
let seen = Atomics.load(progress, 0);
let since = performance.now();

setInterval(() => {
  const now = Atomics.load(progress, 0);
  if (now !== seen) {
    seen = now;
    since = performance.now();
  } else if (performance.now() - since > mostMs) {
    const number = Atomics.load(seed, 0);
    writeSync(1, `Seed ${number} fails:\n  waits for ever: the shop turns in one place, from microtask to microtask\n`);
    writeSync(1, `Replay: npm run simulate -- --seed ${number} --trace trace.txt\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}, LOOK_EVERY_MS);
