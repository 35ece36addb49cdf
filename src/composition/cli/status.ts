import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { readState, type ShopState } from '../home.ts';
import { readSettings } from '../settings.ts';
import { statusText } from '../supervisor/status-table.ts';
import { print } from './print.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('the processes of the shop that runs on JANGTEO_HOME')
    .option('--json', 'answer in JSON')
    .action((options: { json?: boolean }) => {
      const { home } = readSettings(process.env);
      const state = readState(home);
      if (state === undefined)
        throw new SetupFault(`No shop runs on ${home}: start it with \`npm start\`, or set JANGTEO_HOME.`);
      print(options, state, () => textOf(state, Date.now()));
    });
}

function textOf({ url, pid, status, programs }: ShopState, now: number): string {
  const head = `${url} is ${status} (process ${pid}${programs === undefined ? ', with everything' : ', which supervises'}).`;
  return programs === undefined ? head : `${head}\n\n${statusText(programs, now)}`;
}
