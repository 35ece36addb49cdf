import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { print } from './print.ts';
import { runningShop } from './running-shop.ts';

interface Options {
  readonly date?: string;
  readonly from?: string;
  readonly to?: string;
  readonly grace?: string;
  readonly json?: boolean;
}

interface Run {
  readonly runId: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly lines: number;
  readonly movements: number;
  readonly trouble?: string;
  readonly summary?: {
    readonly differences: number;
    readonly findings: readonly { readonly kind: string; readonly key: string; readonly detail: string }[];
    readonly opened: number;
    readonly known: number;
    readonly gone: number;
    readonly refused?: string;
  };
}

const LOOK_MS = 250;
const SAY_EVERY = 8;
const DAY_MS = 24 * 3_600_000;

/** The card processor's books and ours, side by side. */
export function registerReconcile(program: Command): void {
  program
    .command('reconcile')
    .description("compare the ledger with the card processor's reports; each difference becomes a hospital case")
    .option('--date <day>', 'a day (UTC), 2026-11-21; yesterday unless given')
    .option('--from <day>', 'the first of several days')
    .option('--to <day>', 'the last of several days')
    .option('--grace <minutes>', 'movements so near to midnight, or so young, are not a difference')
    .option('--json', 'answer in JSON')
    .action(async (options: Options) => {
      const shop = runningShop();
      let run = (await shop.ask('POST', '/v1/admin/reconciliation', { json: wishOf(options) })) as Run;
      for (let looks = 1; run.status === 'running'; looks++) {
        await pause(LOOK_MS);
        run = (await shop.ask('GET', `/v1/admin/reconciliation/${encodeURIComponent(run.runId)}`)) as Run;
        if (options.json !== true && looks % SAY_EVERY === 0 && run.status === 'running')
          console.log(`${run.lines} lines and ${run.movements} movements read …`);
      }
      print(options, run, () => textOf(run));
      if (run.status !== 'done' || (run.summary?.differences ?? 0) > 0) process.exitCode = 1;
    });
}

function wishOf({ date, from, to, grace }: Options): object {
  if (date !== undefined && (from !== undefined || to !== undefined))
    throw new SetupFault('Give either --date or --from and --to.');
  if ((from === undefined) !== (to === undefined)) throw new SetupFault('--from and --to belong together.');
  const minutes = Number(grace ?? 0);
  if (!(minutes >= 0 && minutes <= 720))
    throw new SetupFault(`--grace is "${grace}" but must be a number of minutes from 0 to 720.`);
  const day = date ?? new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  const period = from === undefined ? { from: day } : { from, to };
  return grace === undefined ? period : { ...period, graceMs: Math.round(minutes * 60_000) };
}

function textOf({ from, to, status, lines, movements, summary, trouble }: Run): string {
  const period = from === to ? from : `${from} to ${to}`;
  if (summary === undefined) return `${period}: ${status}: ${trouble ?? 'nothing came of it'}`;
  const { differences, findings, opened, known, gone, refused } = summary;
  const cases = findings.map(({ kind, key, detail }) => `  payments.${kind}-${key}\n    ${detail}`);
  const more = differences > findings.length ? [`  … and ${differences - findings.length} more`] : [];
  const total =
    refused === undefined
      ? `${lines} lines against ${movements} movements: ${differences === 0 ? 'the books agree' : `${differences} differences`}`
      : 'the report was refused';
  return [`${period}: ${total} (${opened} cases opened, ${known} known, ${gone} gone).`, ...cases, ...more].join('\n');
}
