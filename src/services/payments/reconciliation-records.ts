import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { DocumentWrite } from '../../platform/storage/port.ts';

/** Differences that were found, and whether they are still there. One for each case, kept for ever as the cases are. */
export const reconciliationFindings: Collection = {
  name: 'reconciliation_findings',
  fields: { status: 'text', day: 'text' },
  indexes: [['status', 'day']],
};

/** One for each day that was reconciled by itself, so that no other process does it again. Kept for ever. */
export const reconciledDays: Collection = {
  name: 'reconciled_days',
  fields: { day: 'text' },
  indexes: [['day']],
};

export type Finding = {
  /** The case's kind and key. */
  readonly kind: string;
  readonly key: string;
  readonly day: string;
  readonly detail: string;
  readonly status: 'open' | 'gone';
  readonly foundAt: number;
  readonly goneAt?: number;
};

/** What became of a day; `running` until `until` (ms), when another process may take it over. */
export type ReconciledDay = {
  readonly day: string;
  readonly status: 'running' | 'done' | 'failed';
  readonly until: number;
  readonly attempts: number;
  /** In one sentence. */
  readonly result?: string;
};

const MOST = 10_000;

/** The kept findings of those keys that have one. Throws what the storage throws. */
export async function findingsOf(
  documents: ServiceKit['documents'],
  keys: readonly string[],
): Promise<ReadonlyMap<string, Finding>> {
  const found = await documents.documents(reconciliationFindings, 0, keys);
  return new Map([...found].map(([key, { body }]) => [key, body as Finding]));
}

/** The findings of some days that were there when they were looked for last. */
export async function openFindings(
  documents: ServiceKit['documents'],
  from: string,
  to: string,
): Promise<readonly Finding[]> {
  const found = await documents.query({
    collection: reconciliationFindings,
    generation: 0,
    where: { status: 'open' },
    range: { field: 'day', from, below: `${to}~` },
    order: 'ascending',
    limit: MOST,
  });
  return found.map(({ body }) => body as Finding);
}

/** The days that were reconciled by themselves last, latest first. */
export async function lastDays(documents: ServiceKit['documents'], limit: number): Promise<readonly ReconciledDay[]> {
  const range = { field: 'day' };
  const where = { collection: reconciledDays, generation: 0, where: {}, range, order: 'descending' as const };
  return (await documents.query({ ...where, limit })).map(({ body }) => body as ReconciledDay);
}

/** Under which a finding is kept: one for each movement and kind. */
export function findingKey({ kind, key }: Pick<Finding, 'kind' | 'key'>): string {
  return `${kind}/${key}`;
}

/** The write that keeps a finding, in place of the same one of before. */
export function writeFinding(finding: Finding): DocumentWrite {
  const body: JsonObject = { ...finding };
  return { collection: reconciliationFindings, generation: 0, key: findingKey(finding), body };
}

/** The write that keeps a day; it conflicts when somebody else wrote it meanwhile. */
export function writeDay(day: ReconciledDay, expectedVersion: number): DocumentWrite {
  return { collection: reconciledDays, generation: 0, key: day.day, body: { ...day }, expectedVersion };
}
