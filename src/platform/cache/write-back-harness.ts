import { appendFileSync } from 'node:fs';
import { systemClock } from '../clock/system.ts';
import { jsonCodec } from './codec.ts';
import { memoryCaches } from './memory.ts';
import { writeBack } from './write-back.ts';

/** A process that writes back into the file it is given: five changes, a flush, five more; then it waits to be killed. */
const [file = ''] = process.argv.slice(2);
const back = writeBack({
  cache: memoryCaches(systemClock)({ name: 'killed' }),
  codec: jsonCodec<number>(),
  ttlMs: 60_000,
  random: { fraction: () => 0 },
  load: async () => undefined,
  write: async (changes) => appendFileSync(file, [...changes.keys()].map((key) => `${key}\n`).join('')),
  everyMs: 600_000,
  mostWaiting: 1_000,
  clock: systemClock,
});

const setAll = async (keys: readonly number[]) => {
  for (const key of keys) {
    await back.set(String(key), key);
    console.log(`answered ${key}`);
  }
};

await setAll([0, 1, 2, 3, 4]);
await back.flush();
console.log('flushed');
await setAll([5, 6, 7, 8, 9]);
setInterval(() => {}, 60_000);
