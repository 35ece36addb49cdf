import { apartFromAccount } from '../../platform/http/account.ts';
import { LOG_INDEX } from './collector-config.ts';

const KEEP_DAYS = 14;
const DAY_MS = 86_400_000;
const TIMEOUT_MS = 10_000;

const keyword = { type: 'keyword', ignore_above: 1_024 } as const;

/** How a day's log lines are kept: what is looked for by value is a keyword, what a person wrote is text, numbers stay numbers. */
const logTemplate = {
  index_patterns: [`${LOG_INDEX}-*`],
  priority: 200,
  template: {
    settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: '2s' },
    mappings: {
      dynamic: false,
      properties: {
        '@timestamp': { type: 'date' },
        observedTimestamp: { type: 'date' },
        body: { type: 'text' },
        severity: { properties: { text: keyword, number: { type: 'integer' } } },
        traceId: keyword,
        spanId: keyword,
        // One field for all of them: what a line tells is looked for by its path, and no two programs can disagree about its type.
        attributes: { type: 'flat_object' },
        resource: { type: 'flat_object' },
      },
    },
  },
} as const;

/** Tells OpenSearch how log lines are kept, before the first one comes. Throws when it does not take it. */
export async function putLogTemplate(opensearch: string): Promise<void> {
  const answer = await ask(opensearch, 'PUT', `_index_template/${LOG_INDEX}`, JSON.stringify(logTemplate));
  if (!answer.ok) throw new Error(`OpenSearch refuses the template of log lines: ${await answer.text()}`);
}

/** The indices among `names` whose day is more than `keepDays` days before `now`. */
export function outlived(names: readonly string[], now: number, keepDays: number = KEEP_DAYS): readonly string[] {
  const shape = new RegExp(`^${LOG_INDEX}-(\\d{4})\\.(\\d\\d)\\.(\\d\\d)$`);
  return names.filter((name) => {
    const [, year, month, day] = shape.exec(name) ?? [];
    return year !== undefined && Date.parse(`${year}-${month}-${day}T00:00:00Z`) < now - (keepDays + 1) * DAY_MS;
  });
}

/** Removes the log lines of days that are over for long; answers the names of what is gone. Throws when some of it stays. */
export async function dropOldLogs(opensearch: string, now: number, keepDays?: number): Promise<readonly string[]> {
  const answer = await ask(opensearch, 'GET', `_cat/indices/${LOG_INDEX}-*?format=json&h=index`);
  if (!answer.ok) throw new Error(`OpenSearch does not list the indices of log lines: ${await answer.text()}`);
  const found = (await answer.json()) as readonly { readonly index: string }[];
  const names = outlived(
    found.map(({ index }) => index),
    now,
    keepDays,
  );
  const refusals: string[] = [];
  for (const name of names) {
    const { ok, status } = await ask(opensearch, 'DELETE', name);
    // Somebody else may have been quicker.
    if (!ok && status !== 404) refusals.push(`${name}: ${status}`);
  }
  if (refusals.length > 0) throw new Error(`OpenSearch keeps old log lines (${refusals.join(', ')})`);
  return names;
}

/** Throws what `fetch` throws. */
function ask(opensearch: string, method: string, path: string, body?: string): Promise<Response> {
  const { url, headers } = apartFromAccount(`${opensearch.replace(/\/$/, '')}/${path}`);
  return fetch(url, {
    ...{ method, signal: AbortSignal.timeout(TIMEOUT_MS) },
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  });
}
