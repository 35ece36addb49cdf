import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { print } from './print.ts';
import { untilTold } from './until-told.ts';

interface Options {
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly seconds: string;
  readonly shoppers: string;
  readonly only?: string;
  readonly topology?: string;
  readonly replicas?: string;
  readonly coreShare?: string;
}

export function registerBench(program: Command): void {
  program
    .command('bench')
    .description(
      'measure a shop of its own against its bars: checkouts, reads, the log, sagas, search, pages, memory, start times',
    )
    .option('--seconds <n>', 'how long checkouts last; other loads take a share of it', '30')
    .option('--shoppers <n>', 'shoppers at the same time', '128')
    .option('--only <parts>', 'some parts, e.g. `checkouts,reads`')
    .option('--topology <name>', 'compare the checkouts of a topology with the laptop, and nothing else')
    .option('--replicas <counts>', 'how a topology with a balancer grows with its replicas, e.g. `1,2,4`')
    .option('--core-share <share>', 'of a core for each of those replicas, e.g. `0.25` (Linux, as root)')
    .option('--strict', 'fail when a bar is missed')
    .option('--json', 'answer in JSON')
    .action(async (options: Options) => {
      const { bench, partNames } = await import('../../../bench/main.ts');
      const { tableOf } = await import('../../../bench/figures.ts');
      const stopping = new AbortController();
      untilTold(
        () => stopping.abort(),
        () => process.exit(1),
      );
      const measured = await bench(
        {
          signal: stopping.signal,
          seconds: whole(options.seconds, '--seconds'),
          shoppers: whole(options.shoppers, '--shoppers'),
          ...(options.topology !== undefined && { topology: options.topology }),
          ...(options.replicas !== undefined && { replicas: countsIn(options) }),
          ...(options.coreShare !== undefined && { coreShare: shareIn(options) }),
          progress: (line) => console.error(`… ${line}`),
        },
        options.topology === undefined
          ? partsIn(options.only, partNames)
          : [options.replicas === undefined ? 'topology' : 'replicas'],
      );
      print(options, measured, () => `${measured.machine}\n${tableOf(measured.figures)}`);
      if (options.strict === true && !measured.met) process.exitCode = 1;
    });
}

function partsIn(only: string | undefined, known: readonly string[]): readonly string[] | undefined {
  if (only === undefined) return undefined;
  const wanted = only.split(',').map((name) => name.trim());
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger === undefined) return wanted;
  throw new SetupFault(`--only names "${stranger}" but the parts are ${known.join(', ')}.`);
}

function countsIn({ replicas = '', topology }: Options): readonly number[] {
  if (topology === undefined)
    throw new SetupFault('--replicas needs a topology with a balancer: --topology scale-out.');
  return replicas.split(',').map((count) => whole(count.trim(), '--replicas'));
}

function shareIn({ coreShare, replicas }: Options): number {
  if (replicas === undefined) throw new SetupFault('--core-share is for replicas: --replicas 1,2,4.');
  const share = Number(coreShare);
  if (share >= 0.1 && share <= 1) return share;
  throw new SetupFault(`--core-share is "${coreShare}" but must be a number from 0.1 to 1.`);
}

function whole(text: string, option: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new SetupFault(`${option} is "${text}" but must be a whole number above 0.`);
}
