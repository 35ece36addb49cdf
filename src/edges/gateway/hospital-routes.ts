import { Type } from 'typebox';
import { LIMITS } from '../../contracts/shapes.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Hospital } from '../../platform/hospital/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import { CaseList, DryRunAnswer, ShownCase } from './hospital-shapes.ts';
import { type AdmittedCase, listCases, splitCaseId } from './hospitals.ts';

const BY = 'admin';
const CaseParams = Type.Object({ caseId: Type.String({ minLength: 3, maxLength: 300 }) });
const problems = ['unknown_case'];
const acting = { problems: [...problems, 'case_closed', 'nothing_to_retry'] };

/** The error hospitals of all services as one: events that could not be handled, and what a person may do about them. */
export function hospitalRoutes(hospitals: Readonly<Record<string, Hospital>>): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/admin/hospital',
      {
        schema: {
          summary: 'Cases in the error hospital, oldest first',
          querystring: Type.Object(
            {
              status: Type.Optional(
                Type.Union([Type.Literal('open'), Type.Literal('draining'), Type.Literal('closed')]),
              ),
              service: Type.Optional(Type.String({ maxLength: 100 })),
              limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 20 }),
              cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
            },
            { additionalProperties: false },
          ),
          response: { 200: CaseList },
        },
      },
      async ({ query }) => {
        const { items, nextCursor } = await listCases(hospitals, query);
        return { items: items.map(shown), nextCursor };
      },
    );

    http.get(
      '/v1/admin/hospital/:caseId',
      {
        schema: {
          summary: 'A case, its event, and what waits behind it',
          params: CaseParams,
          response: { 200: ShownCase },
        },
        config: { problems },
      },
      async ({ params }) => {
        const { service, hospital, id } = splitCaseId(hospitals, params.caseId);
        const found = answerOf(await hospital.show(id));
        return { ...shown({ service, case: found.case }), behind: [...found.waiting] };
      },
    );

    http.post(
      '/v1/admin/hospital/:caseId/retry',
      {
        schema: {
          summary: 'Handle the event once more, then what waits behind it',
          params: CaseParams,
          response: { 200: ShownCase },
        },
        config: acting,
      },
      async ({ params }) => {
        const { service, hospital, id } = splitCaseId(hospitals, params.caseId);
        return shown({ service, case: answerOf(await hospital.retry(id, BY)) });
      },
    );

    http.post(
      '/v1/admin/hospital/:caseId/dry-run',
      {
        schema: {
          summary: 'See what handling the event would do; nothing is written',
          params: CaseParams,
          response: { 200: DryRunAnswer },
        },
        config: acting,
      },
      async ({ params }) => {
        const { hospital, id } = splitCaseId(hospitals, params.caseId);
        return answerOf(await hospital.dryRun(id, BY)) as never;
      },
    );

    http.post(
      '/v1/admin/hospital/:caseId/discharge',
      {
        schema: {
          summary: 'Give the event up; what waits behind it is handled',
          params: CaseParams,
          body: Type.Union([
            Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false }),
            Type.Null(),
          ]),
          response: { 200: ShownCase },
        },
        config: acting,
      },
      async ({ params, body }) => {
        const { service, hospital, id } = splitCaseId(hospitals, params.caseId);
        return shown({ service, case: answerOf(await hospital.discharge(id, BY, body?.note)) });
      },
    );

    http.put(
      '/v1/admin/hospital/:caseId/data',
      {
        schema: {
          summary: 'Replace the event’s data for the next retry',
          description: 'Personal fields must stay sealed as the event holds them.',
          params: CaseParams,
          body: Type.Object({ data: Type.Record(Type.String(), Type.Unknown()) }, { additionalProperties: false }),
          response: { 200: ShownCase },
        },
        config: acting,
      },
      async ({ params, body }) => {
        const { service, hospital, id } = splitCaseId(hospitals, params.caseId);
        return shown({ service, case: answerOf(await hospital.edit(id, BY, body.data as JsonObject)) });
      },
    );
  };
}

function shown({ service, case: { id, ...found } }: AdmittedCase) {
  return { caseId: `${service}.${id}`, service, ...found, audit: [...found.audit] };
}
