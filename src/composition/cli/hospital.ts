import type { Command } from 'commander';
import { print } from './print.ts';
import { runningShop } from './running-shop.ts';

interface ShownCase {
  readonly caseId: string;
  readonly subscription: string;
  readonly subject: string;
  readonly status: string;
  readonly openedAt: number;
  readonly waiting: number;
  readonly failure: { readonly code: string; readonly detail: string };
  readonly event?: { readonly type: string };
  readonly kind?: string;
  readonly data?: unknown;
  readonly audit: readonly { readonly at: number; readonly by: string; readonly act: string; readonly note?: string }[];
}

interface Options {
  readonly json?: boolean;
}

/** What a person does about events that could not be handled. */
export function registerHospital(program: Command): void {
  const hospital = program
    .command('hospital')
    .description('events that could not be handled, and what to do about them');

  hospital
    .command('list', { isDefault: true })
    .description('the cases, oldest first')
    .option('--all', 'closed ones too')
    .option('--json', 'answer in JSON')
    .action(async (options: Options & { all?: boolean }) => {
      const cases = await allCases(options.all === true ? '' : '&status=open');
      print(options, cases, () => (cases.length === 0 ? 'The hospital is empty.' : cases.map(lineOf).join('\n')));
    });

  hospital
    .command('show <case>')
    .description('a case with its event, its history and what waits behind it')
    .option('--json', 'answer in JSON')
    .action(async (id: string, options: Options) => {
      const shown = await ask<ShownCase>('GET', id);
      print(options, shown, () => storyOf(shown));
    });

  for (const [name, path, description] of [
    ['dry-run', 'dry-run', 'see what handling the event would do; nothing is written'],
    ['retry', 'retry', 'handle the event once more, then what waits behind it'],
  ] as const) {
    hospital
      .command(`${name} <case>`)
      .description(description)
      .option('--json', 'answer in JSON')
      .action(async (id: string, options: Options) => {
        const answer = await ask<object>('POST', `${id}/${path}`);
        print(options, answer, () =>
          'caseId' in answer ? lineOf(answer as ShownCase) : JSON.stringify(answer, null, 2),
        );
      });
  }

  hospital
    .command('discharge <case>')
    .description('give the event up and handle what waits behind it')
    .option('--note <text>', 'why')
    .option('--json', 'answer in JSON')
    .action(async (id: string, options: Options & { note?: string }) => {
      const answer = await ask<ShownCase>(
        'POST',
        `${id}/discharge`,
        options.note === undefined ? {} : { note: options.note },
      );
      print(options, answer, () => lineOf(answer));
    });
}

async function ask<Answer>(method: string, path: string, json?: object): Promise<Answer> {
  const [id = '', ...rest] = path.split('/');
  const address = ['/v1/admin/hospital', encodeURIComponent(id), ...rest].join('/');
  return (await runningShop().ask(method, address, json === undefined ? undefined : { json })) as Answer;
}

async function allCases(filter: string): Promise<readonly ShownCase[]> {
  const shop = runningShop();
  const cases: ShownCase[] = [];
  for (let cursor = ''; ; ) {
    const page = (await shop.ask('GET', `/v1/admin/hospital?limit=100${filter}${cursor}`)) as {
      items: readonly ShownCase[];
      nextCursor: string | null;
    };
    cases.push(...page.items);
    if (page.nextCursor === null) return cases;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

function lineOf({ caseId, status, openedAt, event, kind, subject, failure, waiting }: ShownCase): string {
  const since = new Date(openedAt).toISOString();
  return `${caseId}  ${status}  ${since}  ${event?.type ?? kind} of ${subject}: ${failure.detail} (${failure.code}); ${waiting} wait behind it`;
}

function storyOf(shown: ShownCase): string {
  const history = shown.audit.map(
    ({ at, by, act, note }) =>
      `  ${new Date(at).toISOString()} ${act} by ${by}${note === undefined ? '' : `: ${note}`}`,
  );
  return [lineOf(shown), ...history, JSON.stringify(shown.event ?? shown.data, null, 2)].join('\n');
}
