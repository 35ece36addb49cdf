/** A case as the API answers it. */
export interface ShownCase {
  readonly caseId: string;
  readonly traceId?: string;
  readonly subject: string;
  readonly status: string;
  readonly openedAt: number;
  readonly waiting: number;
  readonly failure: { readonly code: string; readonly detail: string; readonly attempts: number };
  readonly event?: { readonly type: string };
  readonly edited?: unknown;
  readonly kind?: string;
  readonly data?: unknown;
  readonly audit: readonly Entry[];
  readonly behind?: readonly { readonly type: string; readonly version: number; readonly at: number }[];
  readonly notices?: readonly {
    readonly at: number;
    readonly channel: string;
    readonly to: string;
    readonly ok: boolean;
    readonly error?: string;
  }[];
  readonly nextNoticeAt?: number;
}

export interface Entry {
  readonly caseId?: string;
  readonly at: number;
  readonly by: string;
  readonly act: string;
  readonly note?: string;
  readonly why?: string;
}

export interface Report {
  readonly items: readonly {
    readonly caseId: string;
    readonly outcome: 'done' | 'failed' | 'unforeseen' | 'refused';
    readonly status?: string;
    readonly code?: string;
    readonly detail?: string;
  }[];
}

/** A case in one line. */
export function lineOf(shown: ShownCase): string {
  const { caseId, status, openedAt, subject, failure, waiting } = shown;
  const what = `${whatOf(shown)} of ${subject}: ${failure.detail} (${failure.code})`;
  return `${caseId}  ${status}  ${timeOf(openedAt)}  ${what}; ${waiting} wait behind it`;
}

/** A case with all that is known of it. */
export function storyOf(shown: ShownCase): string {
  const { failure, traceId, behind = [], notices = [], nextNoticeAt, event, data, edited } = shown;
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
  return [
    lineOf(shown),
    `${failure.attempts} attempts; trace ${traceId ?? 'unknown'}`,
    ...section('History', shown.audit.map(entryLine)),
    ...section(
      'Told',
      notices.map(
        ({ at, channel, to, ok, error }) => `  ${timeOf(at)} ${channel} ${to}: ${ok ? 'taken' : `not taken: ${error}`}`,
      ),
    ),
    ...(nextNoticeAt === undefined ? [] : [`  next at ${timeOf(nextNoticeAt)}`]),
    ...section(
      'Waiting behind it',
      behind.map(({ type, version, at }) => `  ${timeOf(at)} ${type} (version ${version} of its stream)`),
    ),
    ...section(event === undefined ? 'Data' : 'Event', [JSON.stringify(event ?? data, null, 2)]),
    ...(edited === undefined ? [] : section('Edited', [JSON.stringify(edited, null, 2)])),
  ].join('\n');
}

/** What came of a retry or a discharge. */
export function outcomeOf(shown: ShownCase): string {
  const { caseId, status, failure } = shown;
  if (status === 'open') return `${caseId} still fails and stays open: ${failure.detail} (${failure.code}).`;
  return `${caseId} is ${status === 'closed' ? 'closed' : 'settled; what waited behind it is being handled'}.`;
}

export function entryLine({ caseId, at, by, act, note, why }: Entry): string {
  const about = caseId === undefined ? '' : `${caseId}  `;
  const told = note === undefined ? '' : `: ${note}`;
  return `  ${about}${timeOf(at)} ${act} by ${by}${told}${why === undefined || why === note ? '' : ` (${why})`}`;
}

/** A bulk act case by case, and in sum. */
export function reportText({ items }: Report): string {
  if (items.length === 0) return 'No open case fits.';
  const lines = items.map(({ caseId, outcome, code, detail }) =>
    [
      `${outcome.padEnd(10)} ${caseId}`,
      ...(detail === undefined ? [] : [detail]),
      ...(code === undefined ? [] : [`(${code})`]),
    ].join('  '),
  );
  const count = (wanted: string) => items.filter(({ outcome }) => outcome === wanted).length;
  const sums = ['done', 'failed', 'unforeseen', 'refused'].map((each) => [count(each), each] as const);
  const sum = sums.filter(([number]) => number > 0).map(([number, each]) => `${number} ${each}`);
  return [...lines, `${sum.join(', ')} of ${items.length}.`].join('\n');
}

function whatOf({ event, kind }: ShownCase): string {
  return event?.type ?? kind ?? 'a case';
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
