import type { JsonObject } from '../../kernel/json.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { Random } from '../clock/port.ts';
import { ConflictFault } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { admissions } from './admissions.ts';
import { type CureOptions, cureOf } from './cure.ts';
import { drains } from './drain.ts';
import { type AuditEntry, type Case, type CaseFilter, type Hospital, isDirect } from './port.ts';
import { caseOf, hospitalCases, hospitalWaiting, queueOf, waitingOf, withAudit, writeCase } from './records.ts';

export interface HospitalOptions extends CureOptions {
  readonly storage: Pick<Storage, 'documents' | 'query'>;
  readonly random: Random;
  readonly logger: Logger;
  /** Told of each case that draining opens. What it throws is logged. */
  readonly onAdmitted?: (opened: Case) => void;
}

/** A case as it is stored now. */
export interface Chart {
  readonly case: Case;
  readonly version: number;
}

const WAITING_SHOWN = 100;
const CONFLICTS = 20;

class NothingToRetry extends Error {
  override readonly name = 'NothingToRetry';
  constructor() {
    super('This case names nothing that could be tried again: settle the matter itself, then discharge it.');
  }
}

/** Opens the hospital of a service, and goes on with what an earlier process left half drained. */
export function openHospital(options: HospitalOptions): Hospital {
  const { store, storage, clock } = options;
  const read = (id: string) => readChart(storage, id);
  const draining = drains(options);
  const entry = (by: string, act: AuditEntry['act'], note?: string): AuditEntry => {
    const at = clock.now();
    return note === undefined ? { at, by, act } : { at, by, act, note };
  };

  /** Acts on an open case; again from its newest state when somebody else changed it meanwhile. */
  async function actOn<Answer>(id: string, act: (chart: Chart) => Promise<Answer>): Promise<Outcome<Answer>> {
    for (let conflicts = 0; ; conflicts++) {
      const chart = await read(id);
      if (chart === undefined) return rejected({ code: 'unknown_case', detail: 'The hospital has no such case.' });
      if (chart.case.status === 'closed') return rejected({ code: 'case_closed', detail: 'The case has been closed.' });
      try {
        return done(await act(chart));
      } catch (fault) {
        if (fault instanceof NothingToRetry) return rejected({ code: 'nothing_to_retry', detail: fault.message });
        if (!(fault instanceof ConflictFault) || conflicts >= CONFLICTS) throw fault;
      }
    }
  }

  async function write(chart: Chart, note: AuditEntry, changes: Partial<Case> = {}): Promise<Case> {
    const changed = withAudit(chart.case, note, changes);
    await store.decide({ intents: [], documents: [writeCase(changed, chart.version)] });
    return changed;
  }

  async function drained(id: string): Promise<Case> {
    await draining.drain(id);
    const chart = await read(id);
    if (chart === undefined) throw new Error(`case ${id} has vanished`);
    return chart.case;
  }

  return {
    admit: admissions({ store, storage, clock }).admit,

    async list({ status, subscription, limit, after }: CaseFilter) {
      const found = await storage.query({
        collection: hospitalCases,
        generation: 0,
        where: { ...(subscription === undefined ? {} : { subscription }), ...(status === undefined ? {} : { status }) },
        order: 'ascending',
        limit,
        ...(after === undefined ? {} : { after: { value: after.openedAt, key: after.id } }),
      });
      return found.map(({ body }) => caseOf(body));
    },

    async show(id) {
      const chart = await read(id);
      if (chart === undefined) return rejected({ code: 'unknown_case', detail: 'The hospital has no such case.' });
      if (isDirect(chart.case) || chart.case.status === 'closed') return done({ case: chart.case, waiting: [] });
      const waiting = await storage.query({
        collection: hospitalWaiting,
        generation: 0,
        where: { queue: queueOf(chart.case.subscription, chart.case.subject) },
        order: 'ascending',
        limit: WAITING_SHOWN,
      });
      return done({ case: chart.case, waiting: waiting.map(({ body }) => waitingOf(body)) });
    },

    async retry(id, by) {
      const outcome = await actOn(id, async (chart): Promise<Case> => {
        if (chart.case.status === 'draining') return chart.case;
        const settled = withAudit(chart.case, entry(by, 'retried', 'succeeded'), {
          status: 'draining',
          settledBy: 'retry',
        });
        const documents = [writeCase(settled, chart.version)];
        const cure = cureOf(chart.case, options);
        if (cure === undefined && isDirect(chart.case)) throw new NothingToRetry();
        if (cure === undefined) await store.decide({ intents: [], documents });
        const trouble = await cure?.attempt(documents);
        if (trouble === undefined) return settled;
        const again = { ...trouble, attempts: chart.case.failure.attempts + 1 };
        return write(chart, entry(by, 'retried', `${trouble.code}: ${trouble.detail}`), { failure: again });
      });
      if (outcome.kind !== 'done' || outcome.answer.status !== 'draining') return outcome;
      return done(await drained(id));
    },

    async discharge(id, by, note) {
      const outcome = await actOn(id, async (chart) => {
        if (chart.case.status === 'draining') return chart.case;
        return write(chart, entry(by, 'discharged', note), { status: 'draining', settledBy: 'discharge' });
      });
      return outcome.kind === 'done' ? done(await drained(id)) : outcome;
    },

    edit(id, by, data: JsonObject) {
      return actOn(id, async (chart) => {
        if (JSON.stringify(chart.case.edited) === JSON.stringify(data)) return chart.case;
        return write(chart, entry(by, 'edited'), { edited: data });
      });
    },

    dryRun(id, by) {
      return actOn(id, async (chart) => {
        const cure = cureOf(chart.case, options);
        if (cure === undefined && isDirect(chart.case)) throw new NothingToRetry();
        const foreseen = await cure?.dryRun();
        const run = foreseen ?? { wouldSucceed: true, intents: [], documents: [] };
        await write(chart, entry(by, 'dry_run', run.wouldSucceed ? 'would succeed' : run.failure?.code));
        return run;
      });
    },

    close: () => draining.close(),
  };
}

/** The case as it is stored now. */
export async function readChart(storage: Pick<Storage, 'documents'>, id: string): Promise<Chart | undefined> {
  const found = (await storage.documents(hospitalCases, 0, [id])).get(id);
  return found && { case: caseOf(found.body), version: found.version };
}
