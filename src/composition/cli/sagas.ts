import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { print } from './print.ts';
import { runningShop } from './running-shop.ts';

interface ShownSaga {
  readonly service: string;
  readonly saga: string;
  readonly id: string;
  readonly phase: string;
  readonly step: string;
  readonly attempts: number;
  readonly waitingSince: number;
  readonly driven: boolean;
  readonly lastFailure?: { readonly reason: string; readonly at: number };
  readonly nextTryAt?: number;
  readonly rejection?: { readonly code: string; readonly detail: string };
}

const LIMIT = 100;

/** Business transactions in flight, and those that are stuck. */
export function registerSagas(program: Command): void {
  program
    .command('sagas')
    .description('business transactions in flight: their step, the last failure, the next try')
    .option('--stuck <seconds>', 'only those whose step has waited longer than this')
    .option('--json', 'answer in JSON')
    .action(async (options: { stuck?: string; json?: boolean }) => {
      const waiting = options.stuck === undefined ? '' : `&waitingMs=${milliseconds(options.stuck)}`;
      const path = `/v1/admin/sagas?limit=${LIMIT}${waiting}`;
      const { items } = (await runningShop().ask('GET', path)) as { items: readonly ShownSaga[] };
      const none = options.stuck === undefined ? 'Nothing is in flight.' : 'Nothing is stuck.';
      print(options, items, () => (items.length === 0 ? none : items.map(lineOf).join('\n')));
    });
}

function milliseconds(seconds: string): number {
  const value = Number(seconds);
  if (Number.isSafeInteger(value) && value >= 0) return value * 1_000;
  throw new SetupFault(`--stuck is "${seconds}" but must be a whole number of seconds.`);
}

function lineOf(run: ShownSaga): string {
  const { service, saga, id, phase, step, attempts, waitingSince, driven, lastFailure, nextTryAt, rejection } = run;
  const doing = phase === 'compensating' ? `undoing ${step}` : step;
  const why = rejection === undefined ? '' : ` because of ${rejection.code}`;
  const tried = lastFailure === undefined ? '' : `; ${attempts} times without an answer, last ${lastFailure.reason}`;
  const next = nextTryAt === undefined ? '' : `, next try ${new Date(nextTryAt).toISOString()}`;
  const whose = driven ? '' : '; not driven by this process';
  return `${service}.${saga} ${id}  ${doing}${why}, since ${new Date(waitingSince).toISOString()}${tried}${next}${whose}`;
}
