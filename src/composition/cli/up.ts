import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { untilTold } from './until-told.ts';

/**
 * How much the old part of the heap may grow, in percent of what lived at its last collection, before the next one. V8 lets it grow
 * more than threefold on a machine with much memory, 150 MB of garbage under load; a collection costs CPU for all that lives,
 * so that with growth by half the many collections cost more than the memory is worth.
 */
const HEAP_GROWTH_PERCENT = 100;

export function registerUp(program: Command): void {
  program
    .command('up')
    .description('start the shop and keep it open until Ctrl-C')
    .option('--json', 'tell progress as JSON lines')
    .option('--accept-loss', 'go on with databases that have lost what they had acknowledged')
    .action(async (options: { json?: boolean; acceptLoss?: boolean }) => {
      const say = options.json === true ? sayJson : (line: string) => console.log(line);
      const started = performance.now();
      setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
      const { startShop } = await import('../shop.ts');
      const stopping = new AbortController();
      const closed = Promise.withResolvers<void>();
      untilTold(
        (why) => {
          say(why === 'SIGINT' ? 'Stopping (Ctrl-C again forces) …' : `Stopping (${why}) …`);
          stopping.abort();
        },
        () => {
          say('Stopped by force; the next start recovers.');
          process.exit(1);
        },
      );
      stopping.signal.addEventListener('abort', () => closed.resolve(), { once: true });
      const settings = readSettings(process.env);
      const acceptLoss = options.acceptLoss === true;
      const shop = await startShop({ settings, say, signal: stopping.signal, acceptLoss });
      if (shop === undefined) return;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      say(`Jangteo is open at ${shop.url} (up in ${seconds} s).`);
      const keptOpen = setInterval(() => undefined, 60_000);
      await closed.promise;
      clearInterval(keptOpen);
      await shop.stop();
      say('Closed.');
    });
}

function sayJson(line: string): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), message: line }));
}
