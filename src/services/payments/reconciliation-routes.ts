import { Type } from 'typebox';
import { TimeMs } from '../../contracts/shapes.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { wrongPeriod } from './reconciliation.ts';
import { lastDays, openFindings } from './reconciliation-records.ts';
import type { Run, Runs } from './reconciliation-runs.ts';

const closed = { additionalProperties: false } as const;
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day, UTC: `2026-11-21`.' });
const Summary = Type.Object({
  lines: Type.Integer({ description: 'Lines of the processor’s reports.' }),
  movements: Type.Integer({ description: 'Movements of the ledger in the same time, and around it.' }),
  differences: Type.Integer(),
  findings: Type.Array(
    Type.Object({ kind: Type.String(), key: Type.String(), day: Type.String(), detail: Type.String() }, closed),
    { description: 'The first 100; each is a case in the hospital, `payments.<kind>-<key>`.' },
  ),
  opened: Type.Integer({ description: 'Cases that this run opened.' }),
  known: Type.Integer({ description: 'Differences that had a case already.' }),
  gone: Type.Integer({ description: 'Differences of earlier runs that are no more; their cases say so.' }),
  refused: Type.Optional(Type.String({ description: 'Why the report was refused as a whole.' })),
});
const ShownRun = Type.Object({
  runId: Type.String(),
  from: Day,
  to: Day,
  status: Type.String({ description: '`running`, `done`, `refused`, `unavailable` or `failed`.' }),
  lines: Type.Integer({ description: 'Read so far.' }),
  movements: Type.Integer({ description: 'Read so far.' }),
  summary: Type.Optional(Summary),
  trouble: Type.Optional(Type.String()),
});

const Overview = Type.Object({
  runs: Type.Array(ShownRun, { description: 'Those that this process remembers, latest first.' }),
  days: Type.Array(
    Type.Object({ day: Day, status: Type.String(), attempts: Type.Integer(), result: Type.Optional(Type.String()) }),
    { description: 'The last 31 days that were compared by themselves, latest first.' },
  ),
  differences: Type.Array(
    Type.Object({ caseId: Type.String(), kind: Type.String(), day: Day, detail: Type.String(), foundAt: TimeMs }),
    { description: 'The first 100 that are still there; each is a case in the hospital.' },
  ),
});

/** Comparing the ledger with the card processor's reports, for those who run the shop. */
export function reconciliationRoutes(
  { clock, documents }: Pick<ServiceKit, 'clock' | 'documents'>,
  runs: Runs,
): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/admin/reconciliation',
      {
        schema: {
          tags: ['ledger'],
          summary: 'Comparisons of late, and the differences that are still there',
          response: { 200: Overview },
        },
      },
      async () => {
        const [days, differences] = await Promise.all([lastDays(documents, 31), openFindings(documents, '0', '9')]);
        return {
          runs: runs.all().map(shown),
          days: days.map(({ until: _, ...day }) => day),
          differences: differences.slice(0, 100).map(({ kind, key, day, detail, foundAt }) => {
            return { caseId: `payments.${kind}-${key}`, kind, day, detail, foundAt };
          }),
        };
      },
    );

    http.post(
      '/v1/admin/reconciliation',
      {
        schema: {
          tags: ['ledger'],
          summary: 'Compare the ledger with the card processor’s reports',
          description:
            'Each difference becomes a case in the error hospital, once however often it is asked for. Days end at midnight UTC; a ' +
            'movement less than the grace from midnight may stand on either side, one younger than that is not compared yet.',
          body: Type.Object(
            {
              from: Day,
              to: Type.Optional(Day),
              graceMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 12 * 3_600_000 })),
            },
            closed,
          ),
          response: { 202: ShownRun },
        },
        config: { problems: ['validation_failed'] },
      },
      async ({ body: { from, to = from, graceMs } }, reply) => {
        const wish = { from, to, ...(graceMs === undefined ? {} : { graceMs }) };
        const wrong = wrongPeriod(wish, clock.now());
        if (wrong !== undefined) throw new Problem('validation_failed', wrong);
        return reply.code(202).send(shown(runs.start(wish)));
      },
    );

    http.get(
      '/v1/admin/reconciliation/:runId',
      {
        schema: {
          tags: ['ledger'],
          summary: 'How a comparison stands',
          params: Type.Object({ runId: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
          response: { 200: ShownRun },
        },
        config: { problems: ['unknown_run'] },
      },
      async ({ params: { runId } }) => {
        const run = runs.find(runId);
        if (run === undefined)
          throw new Problem('unknown_run', 'This process remembers no such reconciliation.', { runId });
        return shown(run);
      },
    );
  };
}

function shown(run: Run) {
  const { summary, ...rest } = run;
  return summary === undefined ? rest : { ...rest, summary: { ...summary, findings: [...summary.findings] } };
}
