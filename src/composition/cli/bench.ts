import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { print } from './print.ts';

interface Options {
  readonly json?: boolean;
  readonly seconds: string;
  readonly shoppers: string;
}

export function registerBench(program: Command): void {
  program
    .command('bench')
    .description('measure a shop of its own: checkouts, reads, searches, start times, memory')
    .option('--seconds <n>', 'how long each load lasts', '10')
    .option('--shoppers <n>', 'shoppers at the same time', '64')
    .option('--json', 'answer in JSON')
    .action(async (options: Options) => {
      const { bench } = await import('../../../bench/main.ts');
      const result = await bench({
        seconds: whole(options.seconds, '--seconds'),
        shoppers: whole(options.shoppers, '--shoppers'),
        progress: options.json === true ? () => undefined : (line) => console.log(`… ${line}`),
      });
      print(options, result, () => {
        const figures = result.figures.map(({ name, value, unit, note }) => {
          const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
          return `${name.padEnd(42)} ${shown.padStart(10)} ${unit.padEnd(4)} ${note ?? ''}`.trimEnd();
        });
        return [result.machine, ...figures].join('\n');
      });
    });
}

function whole(text: string, option: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new SetupFault(`${option} is "${text}" but must be a whole number above 0.`);
}
