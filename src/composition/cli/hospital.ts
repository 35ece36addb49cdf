import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import {
  type Acting,
  acting,
  bulkFilterOf,
  choosing,
  filterOf,
  headersOf,
  jsonFrom,
  type Wish,
} from './hospital-wish.ts';
import {
  type Entry,
  entryLine,
  lineOf,
  outcomeOf,
  type Report,
  reportText,
  type ShownCase,
  storyOf,
} from './hospital-words.ts';
import { print } from './print.ts';
import { runningShop } from './running-shop.ts';

const AT = '/v1/admin/hospital';

/** What a person does about events that could not be handled, and about what services report. */
export function registerHospital(program: Command): void {
  const hospital = program
    .command('hospital')
    .description('events that could not be handled, and what to do about them');

  choosing(hospital.command('list', { isDefault: true }))
    .description('the cases, oldest first')
    .option('--all', 'closed ones too')
    .option('--json', 'answer in JSON')
    .action(async (options: Wish & { all?: boolean; json?: boolean }) => {
      const status = options.all === true ? {} : { status: 'open' };
      const cases = await everyPage<ShownCase>(AT, { ...status, ...filterOf(options, Date.now()) });
      const none = Object.keys(filterOf(options, 0)).length === 0 ? 'The hospital is empty.' : 'No case fits.';
      print(options, cases, () => (cases.length === 0 ? none : cases.map(lineOf).join('\n')));
    });

  hospital
    .command('show <case>')
    .description('a case with its event, its trace, its history, what waits behind it, and who has been told')
    .option('--json', 'answer in JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const shown = (await runningShop().ask('GET', addressOf(id))) as ShownCase;
      print(options, shown, () => storyOf(shown));
    });

  acting(choosing(hospital.command('edit [case]')))
    .description('replace the data for the next retry: whole for one case, by a merge patch for all that fit')
    .option('--data <json>', 'the new data of one case: a file, - or JSON')
    .option('--patch <json>', 'what changes in all that fit (RFC 7396): a file, - or JSON')
    .option('--every', 'all open cases')
    .action(async (id: string | undefined, options: Acting & Wish & { data?: string; patch?: string }) => {
      if (id === undefined) {
        if (options.patch === undefined) throw new SetupFault('Say what changes in these cases with --patch.');
        return bulk('edit', options, { patch: jsonFrom(options.patch) });
      }
      if (options.data === undefined) throw new SetupFault('Give the new data of the case with --data.');
      const body = { data: jsonFrom(options.data), ...noteOf(options) };
      const shown = (await runningShop().ask(
        'PUT',
        addressOf(id, 'data'),
        { json: body },
        headersOf(options),
      )) as ShownCase;
      print(options, shown, () => `${shown.caseId} is edited: try it with dry-run, then retry.`);
    });

  for (const [name, description] of [
    ['dry-run', 'see what handling would do; nothing is written and nobody outside is asked'],
    ['retry', 'handle it once more, then what waits behind it'],
    ['discharge', 'give it up, with a reason, and handle what waits behind it'],
  ] as const) {
    acting(choosing(hospital.command(`${name} [case]`)))
      .description(description)
      .option('--every', 'all open cases')
      .action(async (id: string | undefined, options: Acting & Wish) => {
        if (name === 'discharge' && noteOf(options).note === undefined)
          throw new SetupFault('Say why it is given up with --reason: it is kept in the audit.');
        return id === undefined ? bulk(name, options) : actOn(name, id, options);
      });
  }

  choosing(hospital.command('audit [case]'))
    .description('every act, by case: who, when, what, why')
    .option('--by <name>', 'only what this one did, such as "admin kim"')
    .option('--act <act>', 'only this act: retried, edited, discharged, dry_run, …')
    .option('--json', 'answer in JSON')
    .action(async (id: string | undefined, options: Wish & { by?: string; act?: string; json?: boolean }) => {
      const { by, act } = options;
      const query = {
        ...filterOf(options, Date.now()),
        ...(by !== undefined && { by }),
        ...(act !== undefined && { act }),
      };
      const entries =
        id === undefined
          ? await everyPage<Entry>(`${AT}/audit`, query)
          : ((await runningShop().ask('GET', addressOf(id))) as ShownCase).audit.filter(
              (entry) => (by === undefined || entry.by === by) && (act === undefined || entry.act === act),
            );
      print(options, entries, () => (entries.length === 0 ? 'Nothing was done.' : entries.map(entryLine).join('\n')));
    });
}

async function actOn(name: 'dry-run' | 'retry' | 'discharge', id: string, options: Acting): Promise<void> {
  const answer = await runningShop().ask('POST', addressOf(id, name), { json: noteOf(options) }, headersOf(options));
  if (name === 'dry-run') return print(options, answer, () => (answer as { said: string }).said);
  const shown = answer as ShownCase;
  if (shown.status === 'open') process.exitCode = 1;
  print(options, shown, () => outcomeOf(shown));
}

/** Page by page; the exit code says whether all came out well. */
async function bulk(name: string, options: Acting & Wish, more: object = {}): Promise<void> {
  const shop = runningShop();
  const filter = bulkFilterOf(options, Date.now());
  const headers = headersOf(options);
  const items: Report['items'][number][] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const json = {
      filter,
      note: noteOf(options).note ?? 'by the command line',
      limit: 50,
      ...more,
      ...(cursor && { cursor }),
    };
    const report = (await shop.ask('POST', `${AT}/bulk/${name}`, { json }, headers)) as Report & {
      nextCursor: string | null;
    };
    items.push(...report.items);
    cursor = report.nextCursor;
  }
  if (items.some(({ outcome }) => outcome === 'failed' || outcome === 'refused')) process.exitCode = 1;
  print(options, { items }, () => reportText({ items }));
}

async function everyPage<Item>(
  address: string,
  filter: Readonly<Record<string, string | number>>,
): Promise<readonly Item[]> {
  const shop = runningShop();
  const items: Item[] = [];
  const query = new URLSearchParams({ limit: '100' });
  for (const [name, value] of Object.entries(filter)) query.set(name, String(value));
  for (;;) {
    const page = (await shop.ask('GET', `${address}?${query}`)) as {
      items: readonly Item[];
      nextCursor: string | null;
    };
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    query.set('cursor', page.nextCursor);
  }
}

function addressOf(id: string, ...rest: readonly string[]): string {
  return [AT, encodeURIComponent(id), ...rest].join('/');
}

function noteOf({ note, reason }: Acting): { readonly note?: string } {
  const why = note ?? reason;
  return why === undefined ? {} : { note: why };
}
