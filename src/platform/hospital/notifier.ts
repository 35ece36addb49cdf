import { type Clock, type Random, sleep } from '../clock/port.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { ageAt, type Notice, type NoticeChannel, type NoticeSchedule, stepAt } from './notice-port.ts';
import { hospitalNotices, type NoticeChart, noticeChartOf, writeFirstNotice, writeNotices } from './notice-records.ts';
import type { Case, NoticeRecord } from './port.ts';
import { caseOf, hospitalCases } from './records.ts';

export interface NotifierOptions {
  readonly service: string;
  readonly team?: string;
  readonly store: Pick<EventStore, 'decide'>;
  readonly storage: Pick<Storage, 'documents' | 'query'>;
  readonly channels: readonly NoticeChannel[];
  readonly schedule: NoticeSchedule;
  /** From this notice on it counts as escalated. */
  readonly escalateFrom: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Tells the owning team of the cases of one service. */
export interface Notifier {
  /** Goes to work: what is due is read from the storage, so it does not matter who admitted a case, nor what has crashed since. */
  start(): void;
  /** Looks at once, and not only at its next round. */
  nudge(): void;
  /** Attempts by channel since the start. */
  counts(): ReadonlyMap<string, { readonly sent: number; readonly failed: number }>;
  close(): Promise<void>;
}

/** For what another process has left: its own cases it hears of at once. */
const LOOK_MS = 300_000;
/** Whoever has not written what came of it by then is dead: somebody else tries. Longer than any channel's own limit. */
const CLAIM_MS = 60_000;
const BACKOFF = { firstMs: 5_000, mostMs: 900_000 };
const TROUBLE = { firstMs: 100, mostMs: 10_000 };
const AT_ONCE = 16;
const PAGE = 500;
const RECORDS_KEPT = 100;
const MOST_ERROR = 300;

/** The notifier of a service, at rest until it is started. */
export function openNotifier(options: NotifierOptions): Notifier {
  const { service, team, store, storage, channels, schedule, escalateFrom, clock, random, logger } = options;
  const closing = new AbortController();
  const counted = new Map(channels.map(({ name }) => [name, { sent: 0, failed: 0 }]));
  let running: Promise<void> | undefined;
  let rest = new AbortController();

  async function work(): Promise<void> {
    let adopted = false;
    for (let failures = 0; !closing.signal.aborted; ) {
      rest = new AbortController();
      try {
        if (!adopted) await adopt();
        adopted = true;
        const dueIn = await round();
        failures = 0;
        await sleep(clock, Math.min(dueIn, LOOK_MS), AbortSignal.any([rest.signal, closing.signal]));
      } catch (error) {
        failures++;
        logger.warn({ failures, error: String(error) }, 'notices of the hospital wait');
        await sleep(clock, backoffMs(failures, random, TROUBLE), closing.signal);
      }
    }
  }

  /** Cases that a version of the program opened which knew no notices. */
  async function adopt(): Promise<void> {
    for (let after: Case | undefined; ; ) {
      const rows = await storage.query({
        collection: hospitalCases,
        generation: 0,
        where: { status: 'open' },
        order: 'ascending',
        limit: PAGE,
        ...(after && { after: { value: after.openedAt, key: after.id } }),
      });
      const cases = rows.map(({ body }) => caseOf(body));
      const ids = cases.map(({ id }) => id);
      const known = await storage.documents(hospitalNotices, 0, ids);
      const documents = cases.filter(({ id }) => !known.has(id)).map((each) => writeFirstNotice(each, 0));
      if (documents.length > 0) await store.decide({ intents: [], documents });
      after = cases.at(-1);
      if (rows.length < PAGE) return;
    }
  }

  /** Sends what is due. Answers in how many ms something else is. */
  async function round(): Promise<number> {
    for (;;) {
      const first = {
        collection: hospitalNotices,
        generation: 0,
        where: {},
        order: 'ascending',
        limit: AT_ONCE,
      } as const;
      const rows = await storage.query({ ...first, range: { field: 'dueAt', from: 0 } });
      const charts = rows.map(({ key, version, body }) => ({ caseId: key, version, chart: noticeChartOf(body) }));
      const due = charts.filter(({ chart }) => (chart.dueAt ?? 0) <= clock.now());
      if (due.length === 0 || closing.signal.aborted)
        return Math.max(0, (charts[0]?.chart.dueAt ?? Number.POSITIVE_INFINITY) - clock.now());
      await Promise.all(due.map(({ caseId, version, chart }) => yieldingToOthers(() => tell(caseId, version, chart))));
    }
  }

  async function tell(caseId: string, version: number, chart: NoticeChart): Promise<void> {
    const found = (await storage.documents(hospitalCases, 0, [caseId])).get(caseId);
    const opened = found && caseOf(found.body);
    if (opened?.status !== 'open') return write(caseId, settled(chart), version);
    const now = clock.now();
    const step = Math.max(chart.step, stepAt(schedule, now - opened.openedAt));
    // What an earlier notice could not say is said by this one.
    const fresh = step === chart.step ? chart : { ...chart, step, told: [], attempts: 0 };
    await write(caseId, { ...fresh, dueAt: now + CLAIM_MS }, version);
    const pending = channels.filter(({ name, fromStep }) => step >= fromStep && !fresh.told.includes(name));
    const records = await Promise.all(pending.map((channel) => attempt(channel, opened, step)));
    await write(caseId, after(opened, fresh, records), version + 1);
  }

  async function attempt({ name, to, send }: NoticeChannel, opened: Case, step: number): Promise<NoticeRecord> {
    const at = clock.now();
    const id = `${service}.${opened.id}.${step}.${name}`;
    const notice: Notice = { id, service, team, at, step, escalated: step >= escalateFrom, case: opened };
    const record = { id, at, step, channel: name, to };
    const count = counted.get(name);
    try {
      await send(notice);
      if (count) count.sent++;
      return { ...record, ok: true };
    } catch (fault) {
      if (count) count.failed++;
      const error = String(fault instanceof Error ? fault.message : fault).slice(0, MOST_ERROR);
      logger.warn({ case: opened.id, channel: name, to, error }, 'nobody could be told of a case; tried again');
      return { ...record, ok: false, error };
    }
  }

  /** When all have been told it is the next notice's turn; else those who have not are tried again, until that turn comes. */
  function after({ openedAt }: Case, chart: NoticeChart, records: readonly NoticeRecord[]): NoticeChart {
    const kept = [...chart.records, ...records].slice(-RECORDS_KEPT);
    const next = openedAt + ageAt(schedule, chart.step + 1);
    if (records.every(({ ok }) => ok)) {
      return { dueAt: next, step: chart.step + 1, told: [], attempts: 0, records: kept };
    }
    const attempts = chart.attempts + 1;
    const told = [...chart.told, ...records.filter(({ ok }) => ok).map(({ channel }) => channel)];
    const again = clock.now() + Math.ceil(backoffMs(attempts, random, BACKOFF));
    return { ...chart, told, attempts, dueAt: Math.min(next, again), records: kept };
  }

  async function write(caseId: string, chart: NoticeChart, version: number): Promise<void> {
    await store.decide({ intents: [], documents: [writeNotices(caseId, chart, version)] });
  }

  return {
    start() {
      running ??= work();
    },
    nudge: () => rest.abort(),
    counts: () => counted,
    async close() {
      closing.abort();
      await running;
    },
  };
}

function settled({ dueAt: _, ...chart }: NoticeChart): NoticeChart {
  return chart;
}

/** Another process tells of the same case: it is left to it. */
async function yieldingToOthers(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    if (!(fault instanceof ConflictFault)) throw fault;
  }
}
