import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { print } from './print.ts';
import { runningShop } from './running-shop.ts';

interface Report {
  readonly rejected: readonly {
    readonly row: number;
    readonly sku: string;
    readonly code: string;
    readonly reason: string;
  }[];
  readonly [count: string]: unknown;
}

export function registerImport(program: Command): void {
  program
    .command('import <file>')
    .description('import products from a CSV file; tells what became of every row')
    .option('--json', 'answer in JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const shop = runningShop();
      const report = (await shop.ask('POST', '/v1/admin/import', { text: read(file), type: 'text/csv' })) as Report;
      print(options, report, () => textOf(report));
      if (report.rejected.length > 0) process.exitCode = 1;
    });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetupFault(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

function textOf({ rejected, ...counts }: Report): string {
  const summary = Object.entries(counts).map(
    ([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  const refusals = rejected.map(({ row, sku, code, reason }) => `  row ${row} (${sku}): ${reason} (${code})`);
  return [...summary, `rejected: ${rejected.length}`, ...refusals].join('\n');
}
