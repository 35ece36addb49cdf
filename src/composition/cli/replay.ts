import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { print } from './print.ts';
import { runningShop } from './running-shop.ts';

interface Options {
  readonly json?: boolean;
  readonly report?: string;
}

export function registerReplay(program: Command): void {
  program
    .command('replay <file>')
    .description('replay the sales of a retailer’s file through the public API of the running shop')
    .option('--report <file>', 'write what became of every line, as JSON')
    .option('--json', 'answer in JSON, every line included')
    .action(async (file: string, options: Options) => {
      const shop = runningShop();
      const [{ replay }, { shopApi }] = await Promise.all([
        import('../replay/run.ts'),
        import('../replay/shop-api.ts'),
      ]);
      const progress = options.json === true ? () => undefined : everyPercent();
      const report = await replay({ text: read(file), api: shopApi(shop.url, shop.adminToken), progress });
      if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
      print(options, report, () => {
        const { lines, counts, orders, ledger } = report;
        const outcomes = Object.entries(counts).map(([outcome, count]) => `  ${outcome}: ${count}`);
        return [`${lines} lines, ${orders} orders`, ...outcomes, `ledger: ${JSON.stringify(ledger)}`].join('\n');
      });
    });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetupFault(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

function everyPercent(): (done: number, total: number, what: string) => void {
  let told = '';
  return (done, total, what) => {
    const now = `${what}: ${total === 0 ? 100 : Math.floor((100 * done) / total)} %`;
    if (now === told) return;
    told = now;
    console.log(now);
  };
}
