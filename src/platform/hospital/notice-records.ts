import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { DocumentWrite, Storage } from '../storage/port.ts';
import type { Case, NoticeRecord, ShownCase } from './port.ts';

/** Who has been told of a case, and when somebody is told again. Written with the case; `dueAt` is absent once it is settled. */
export const hospitalNotices: Collection = {
  name: 'hospital_notices',
  fields: { dueAt: 'integer' },
  indexes: [['dueAt']],
};

/** The notices of one case, by its id. */
export interface NoticeChart {
  /** When somebody has to look at it: a notice is due, is to be tried again, or was under way when its process died. */
  readonly dueAt?: number;
  /** The next notice: 0 when the case was admitted, then one more as it ages. */
  readonly step: number;
  /** Channels that have taken it already. */
  readonly told: readonly string[];
  readonly attempts: number;
  readonly records: readonly NoticeRecord[];
}

/** The first notice, due at once. Without an expected version it may be written twice. */
export function writeFirstNotice(
  { id, openedAt }: Pick<Case, 'id' | 'openedAt'>,
  expectedVersion?: number,
): DocumentWrite {
  return writeNotices(id, { dueAt: openedAt, step: 0, told: [], attempts: 0, records: [] }, expectedVersion);
}

export function writeNotices(caseId: string, chart: NoticeChart, expectedVersion?: number): DocumentWrite {
  const write = { collection: hospitalNotices, generation: 0, key: caseId, body: chart as unknown as JsonObject };
  return expectedVersion === undefined ? write : { ...write, expectedVersion };
}

export function noticeChartOf(body: JsonObject): NoticeChart {
  return body as unknown as NoticeChart;
}

/** What an operator sees of a case's notices. */
export async function noticesOf(
  storage: Pick<Storage, 'documents'>,
  caseId: string,
): Promise<Pick<ShownCase, 'notices' | 'nextNoticeAt'>> {
  const found = (await storage.documents(hospitalNotices, 0, [caseId])).get(caseId);
  if (found === undefined) return { notices: [] };
  const { records, dueAt } = noticeChartOf(found.body);
  return dueAt === undefined ? { notices: records } : { notices: records, nextNoticeAt: dueAt };
}
