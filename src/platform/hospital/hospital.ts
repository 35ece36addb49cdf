import type { JsonObject } from '../../kernel/json.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Random } from '../clock/port.ts';
import { ConflictFault } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { admissions } from './admissions.ts';
import { type Cure, type CureOptions, cureOf } from './cure.ts';
import { drains } from './drain.ts';
import { findCases, statusOf } from './find-cases.ts';
import { noticesOf } from './notice-records.ts';
import { type Act, type AuditEntry, type Case, type DryRun, type Hospital, isDirect } from './port.ts';
import { readAgain } from './read-again.ts';
import { caseOf, hospitalCases, hospitalWaiting, queueOf, waitingOf, withAudit, writeCase } from './records.ts';
import { changedSince } from './revision.ts';

export interface HospitalOptions extends CureOptions {
  readonly storage: Pick<Storage, 'documents' | 'query'>;
  readonly random: Random;
  readonly logger: Logger;
  /** Told of each case that is opened here, at once but not for certain: whoever must know reads the cases. */
  readonly onAdmitted?: (opened: Case) => void;
}

/** A case as it is stored now. */
export interface Chart {
  readonly case: Case;
  readonly version: number;
}

const WAITING_SHOWN = 100;
const CONFLICTS = 20;

const UNKNOWN: Rejection = { code: 'unknown_case', detail: 'The hospital has no such case.' };
const CLOSED: Rejection = { code: 'case_closed', detail: 'The case has been closed.' };
const SETTLED: Rejection = {
  code: 'case_closed',
  detail: 'The case is settled; what waited behind it is being handled.',
};
const REUSED: Rejection = {
  code: 'idempotency_key_reused',
  detail: 'The Idempotency-Key was used on this case for something else: take a new one for a new act.',
};
const NOTHING_TO_RETRY: Rejection = {
  code: 'nothing_to_retry',
  detail: 'This case names nothing that could be tried again: settle the matter itself, then discharge it.',
};

/** Opens the hospital of a service, and goes on with what an earlier process left half drained. */
export function openHospital(options: HospitalOptions): Hospital {
  const { store, storage, clock } = options;
  const draining = drains(options);
  const entrance = admissions(options);

  const entry = (
    act: Act,
    what: AuditEntry['act'],
    rest: Partial<Pick<AuditEntry, 'note' | 'data'>> = {},
  ): AuditEntry => {
    const { by, why, repeat } = act;
    return { at: clock.now(), by, act: what, ...rest, ...(why !== undefined && { why }), ...(repeat && { repeat }) };
  };

  /** Acts on a case that is not closed; again from its newest state when somebody else changed it meanwhile. */
  async function actOn<Answer>(
    id: string,
    act: Act,
    what: AuditEntry['act'],
    work: (chart: Chart) => Promise<Outcome<Answer>>,
    again: (chart: Chart) => Promise<Outcome<Answer>>,
  ): Promise<Outcome<Answer>> {
    for (let conflicts = 0; ; conflicts++) {
      const chart = await readChart(storage, id);
      if (chart === undefined) return rejected(UNKNOWN);
      const before = chart.case.audit.find(({ repeat }) => repeat !== undefined && repeat.key === act.repeat?.key);
      if (before !== undefined)
        return before.act === what && before.repeat?.bodyHash === act.repeat?.bodyHash
          ? again(chart)
          : rejected(REUSED);
      if (chart.case.status === 'closed') return rejected(CLOSED);
      const changed = changedSince(chart.case, act);
      if (changed !== undefined) return rejected(changed);
      try {
        return await work(chart);
      } catch (fault) {
        if (!(fault instanceof ConflictFault) || conflicts >= CONFLICTS) throw fault;
      }
    }
  }

  const asItStands = async (chart: Chart): Promise<Outcome<Case>> => done(chart.case);

  async function write(chart: Chart, note: AuditEntry, changes: Partial<Case> = {}): Promise<Case> {
    const changed = withAudit(chart.case, note, changes);
    await store.decide({ intents: [], documents: [writeCase(changed, chart.version)] });
    return changed;
  }

  /** Waits until what was behind a settled case has been handled. */
  async function drained(outcome: Outcome<Case>): Promise<Outcome<Case>> {
    if (outcome.kind !== 'done' || outcome.answer.status !== 'draining') return outcome;
    await draining.drain(outcome.answer.id);
    const chart = await readChart(storage, outcome.answer.id);
    if (chart === undefined) throw new Error(`case ${outcome.answer.id} has vanished`);
    return done(chart.case);
  }

  async function tryAgain(chart: Chart, act: Act, cure: Cure | undefined): Promise<Outcome<Case>> {
    const note = entry(act, 'retried', { note: 'succeeded' });
    const settled = withAudit(chart.case, note, { status: 'draining', settledBy: 'retry' });
    const documents = [writeCase(settled, chart.version)];
    if (cure === undefined) await store.decide({ intents: [], documents });
    const trouble = await cure?.attempt(documents);
    if (trouble === undefined) return done(settled);
    const failure = { ...trouble, attempts: chart.case.failure.attempts + 1 };
    return done(await write(chart, entry(act, 'retried', { note: `${trouble.code}: ${trouble.detail}` }), { failure }));
  }

  async function rehearse(chart: Chart, act: Act, noted: boolean) {
    if (chart.case.status !== 'open') return rejected(chart.case.status === 'closed' ? CLOSED : SETTLED);
    const cure = cureOf(chart.case, options);
    if (cure === undefined && isDirect(chart.case)) return rejected(NOTHING_TO_RETRY);
    const run = (await cure?.dryRun()) ?? GIVEN_UP;
    if (!noted) await write(chart, entry(act, 'dry_run', { note: run.failure?.code ?? run.verdict }));
    return done(run);
  }

  async function retry(id: string, act: Act): Promise<Outcome<Case>> {
    const work = async (chart: Chart) => {
      if (chart.case.status === 'draining') return done(chart.case);
      const cure = cureOf(chart.case, options);
      return cure === undefined && isDirect(chart.case) ? rejected(NOTHING_TO_RETRY) : tryAgain(chart, act, cure);
    };
    return drained(await actOn(id, act, 'retried', work, asItStands));
  }
  const readingAgain = readAgain({ ...options, retry });

  return {
    admit: entrance.admit,
    list: (filter) => findCases(storage, filter),
    status: () => statusOf(storage),

    async show(id) {
      const [chart, notices] = await Promise.all([readChart(storage, id), noticesOf(storage, id)]);
      if (chart === undefined) return rejected(UNKNOWN);
      const opened = chart.case;
      const nothingWaits = isDirect(opened) || opened.status === 'closed';
      const waiting = nothingWaits ? [] : await waitingBehind(storage, opened.subscription, opened.subject);
      return done({ case: opened, waiting, ...notices });
    },

    retry,

    async discharge(id, act) {
      const work = async (chart: Chart) => {
        if (chart.case.status === 'draining') return done(chart.case);
        const note = act.why === undefined ? {} : { note: act.why };
        return done(await write(chart, entry(act, 'discharged', note), { status: 'draining', settledBy: 'discharge' }));
      };
      return drained(await actOn(id, act, 'discharged', work, asItStands));
    },

    edit(id, act, data: JsonObject) {
      const work = async (chart: Chart) => {
        if (chart.case.status !== 'open') return rejected(SETTLED);
        const misfit = misfitOf(chart.case, data);
        if (misfit !== undefined) return rejected({ code: 'data_misfit', detail: `${misfit}: nothing was changed.` });
        if (JSON.stringify(chart.case.edited) === JSON.stringify(data)) return done(chart.case);
        return done(await write(chart, entry(act, 'edited', { data }), { edited: data }));
      };
      return actOn(id, act, 'edited', work, asItStands);
    },

    dryRun(id, act) {
      return actOn(
        id,
        act,
        'dry_run',
        (chart) => rehearse(chart, act, false),
        (chart) => rehearse(chart, act, true),
      );
    },

    async close() {
      await readingAgain.close();
      await draining.close();
    },
  };

  function misfitOf(opened: Case, data: JsonObject): string | undefined {
    return isDirect(opened) ? undefined : options.treatments(opened.subscription)?.misfit(opened.event, data);
  }
}

/** For the event of a subscription that no longer exists. */
const GIVEN_UP: DryRun = {
  wouldSucceed: true,
  verdict: 'would_succeed',
  intents: [],
  documents: [],
  outward: [],
  said: 'Nobody hears this event any more: it would be given up.',
};

/** The case as it is stored now. */
async function readChart(storage: Pick<Storage, 'documents'>, id: string): Promise<Chart | undefined> {
  const found = (await storage.documents(hospitalCases, 0, [id])).get(id);
  return found && { case: caseOf(found.body), version: found.version };
}

async function waitingBehind(storage: Pick<Storage, 'query'>, subscription: string, subject: string) {
  const found = await storage.query({
    collection: hospitalWaiting,
    generation: 0,
    where: { queue: queueOf(subscription, subject) },
    order: 'ascending',
    limit: WAITING_SHOWN,
  });
  return found.map(({ body }) => waitingOf(body));
}
