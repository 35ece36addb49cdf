import { hash } from 'node:crypto';
import { Type } from 'typebox';
import type { JsonObject } from '../../kernel/json.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { UnavailableFault } from '../../platform/event-store/port.ts';
import type { Act, Case, DryRun, Hospital } from '../../platform/hospital/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { AuditList, AuditQuery, BulkBody, BulkReport } from './hospital-shapes.ts';
import { dataOf, hospitalOf, listCases, shownEntry } from './hospitals.ts';
import { actOf } from './operator.ts';

interface Told {
  readonly outcome: 'done' | 'failed' | 'unforeseen' | 'refused';
  readonly status?: string;
  readonly code?: string;
  readonly detail?: string;
}

/** The hospital as a whole: one act on all cases that a filter finds, and everything that was ever done. */
export function hospitalBulkRoutes(hospitals: Readonly<Record<string, Hospital>>): HttpRoutes {
  return (http) => {
    http.post(
      '/v1/admin/hospital/bulk/:act',
      {
        schema: {
          summary: 'One act on a page of the open cases that a filter finds, oldest first, with a report for each',
          params: Type.Object({
            act: Type.Union(['retry', 'dry-run', 'discharge', 'edit'].map((act) => Type.Literal(act))),
          }),
          body: BulkBody,
          response: { 200: BulkReport },
        },
      },
      async (request) => {
        const { filter, note, patch, limit = 20, cursor } = request.body;
        const act = bulkActOf(actOf(request, note), [request.params.act, note, patch]);
        const wish = wishOf(request.params.act, act, patch as JsonObject | undefined);
        if (filter.service !== undefined) hospitalOf(hospitals, filter.service);
        const query = { ...filter, status: 'open' as const, limit, ...(cursor !== undefined && { cursor }) };
        const { items, nextCursor } = await listCases(hospitals, query);
        const report: (Told & { caseId: string })[] = [];
        // One after the other: of two cases of one subject the older one goes first.
        for (const { service, case: found } of items) {
          const told = await tellingFaults(() => wish(hospitalOf(hospitals, service), found));
          report.push({ caseId: `${service}.${found.id}`, ...told });
        }
        return { items: report, nextCursor };
      },
    );

    http.get(
      '/v1/admin/hospital/audit',
      {
        schema: {
          summary: 'Every act, by case (oldest first) and time: who, when, what, why',
          querystring: AuditQuery,
          response: { 200: AuditList },
        },
      },
      async ({ query: { by, act, ...query } }) => {
        const { items, nextCursor } = await listCases(hospitals, query);
        const entries = items.flatMap(({ service, case: { id, audit } }) =>
          audit
            .filter((entry) => (by === undefined || entry.by === by) && (act === undefined || entry.act === act))
            .map((entry) => ({ caseId: `${service}.${id}`, service, ...shownEntry(entry) })),
        );
        return { items: entries, nextCursor };
      },
    );
  };
}

/** To a case it is the same act on whichever page it stands, and whatever else the filter finds. */
function bulkActOf(act: Act, asked: readonly unknown[]): Act {
  if (act.repeat === undefined) return act;
  const { key } = act.repeat;
  return { ...act, repeat: { key, bodyHash: hash('sha256', JSON.stringify(asked), 'base64url') } };
}

type Wish = (hospital: Hospital, found: Case) => Promise<Told>;

function wishOf(name: string, act: Act, patch: JsonObject | undefined): Wish {
  switch (name) {
    case 'retry':
      return async (hospital, { id }) => caseTold(await hospital.retry(id, act), 'closed');
    case 'discharge':
      return async (hospital, { id }) => caseTold(await hospital.discharge(id, act), 'closed');
    case 'edit': {
      if (patch !== undefined)
        return async (hospital, found) =>
          caseTold(await hospital.edit(found.id, act, merged(dataOf(found), patch)), 'open');
      const message = 'is what an edit puts in place: send it';
      throw new Problem('validation_failed', `The patch ${message}.`, { errors: [{ path: 'patch', message }] });
    }
    default:
      return async (hospital, { id }) => dryRunTold(await hospital.dryRun(id, act));
  }
}

function caseTold(outcome: Outcome<Case>, wanted: 'open' | 'closed'): Told {
  if (outcome.kind !== 'done') return refused(outcome);
  const { status, failure } = outcome.answer;
  if (wanted === 'open' || status !== 'open') return { outcome: 'done', status };
  return { outcome: 'failed', status, code: failure.code, detail: failure.detail };
}

const FORESEEN = { would_succeed: 'done', would_fail: 'failed', cannot_be_foreseen: 'unforeseen' } as const;

function dryRunTold(outcome: Outcome<DryRun>): Told {
  if (outcome.kind !== 'done') return refused(outcome);
  const { verdict, said, failure } = outcome.answer;
  return { outcome: FORESEEN[verdict], detail: said, ...(failure && { code: failure.code }) };
}

function refused(outcome: Exclude<Outcome<never>, { kind: 'done' }>): Told {
  if (outcome.kind === 'unknown') return { outcome: 'refused', code: outcome.reason };
  return { outcome: 'refused', code: outcome.rejection.code, detail: outcome.rejection.detail };
}

/** What cannot be had just now spoils its own case, not the report of the others. */
async function tellingFaults(work: () => Promise<Told>): Promise<Told> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof UnavailableFault)) throw fault;
    return { outcome: 'failed', code: 'unavailable', detail: 'Not available just now; asking again is safe.' };
  }
}

/** JSON merge patch (RFC 7396): null removes a field. */
function merged(base: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else if (isObject(value)) result[name] = merged(isObject(result[name]) ? result[name] : {}, value);
    else result[name] = value;
  }
  return result;
}

function isObject(value: JsonObject[string]): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
