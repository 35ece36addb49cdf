import type { Storage } from '../storage/port.ts';
import { type Case, type CaseFilter, type HospitalStatus, isDirect } from './port.ts';
import { caseOf, hospitalCases } from './records.ts';

const PAGE = 500;
const MOST_REPORTED = 10_000;

/** The cases that a filter lets through, oldest first, read page by page until there are as many as asked for. */
export async function findCases(storage: Pick<Storage, 'query'>, filter: CaseFilter): Promise<readonly Case[]> {
  const { status, subscription, openedBefore, limit } = filter;
  const picky = [filter.type, filter.code, filter.subject].some((wish) => wish !== undefined);
  const page = picky ? PAGE : limit;
  const found: Case[] = [];
  for (let after = filter.after; ; ) {
    const rows = await storage.query({
      collection: hospitalCases,
      generation: 0,
      where: { ...(subscription !== undefined && { subscription }), ...(status !== undefined && { status }) },
      ...(openedBefore === undefined ? {} : { range: { field: 'openedAt', below: openedBefore } }),
      order: 'ascending',
      limit: page,
      ...(after === undefined ? {} : { after: { value: after.openedAt, key: after.id } }),
    });
    const cases = rows.map(({ body }) => caseOf(body));
    found.push(...cases.filter((each) => passes(each, filter)));
    after = cases.at(-1);
    if (found.length >= limit || rows.length < page) return found.slice(0, limit);
  }
}

/** For metrics: two small reads. */
export async function statusOf(storage: Pick<Storage, 'query'>): Promise<HospitalStatus> {
  const [[oldest], reports] = await Promise.all([
    findCases(storage, { status: 'open', limit: 1 }),
    storage.query({
      collection: hospitalCases,
      generation: 0,
      where: { reported: 1 },
      order: 'ascending',
      limit: MOST_REPORTED,
    }),
  ]);
  const reported: Record<string, number> = {};
  for (const { body } of reports) reported[typeOf(caseOf(body))] = (reported[typeOf(caseOf(body))] ?? 0) + 1;
  return oldest === undefined ? { reported } : { reported, oldestOpenedAt: oldest.openedAt };
}

function typeOf(found: Case): string {
  return isDirect(found) ? found.kind : found.event.type;
}

function passes(found: Case, { type, code, subject }: CaseFilter): boolean {
  return (
    (type === undefined || typeOf(found) === type) &&
    (code === undefined || found.failure.code === code) &&
    (subject === undefined || found.subject === subject)
  );
}
