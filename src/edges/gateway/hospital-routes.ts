import { Type } from 'typebox';
import type { JsonObject } from '../../kernel/json.ts';
import type { Hospital } from '../../platform/hospital/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import { ActBody, AdmissionBody, CaseList, CaseQuery, DryRunAnswer, EditBody, ShownCase } from './hospital-shapes.ts';
import { hospitalOf, listCases, shown, splitCaseId } from './hospitals.ts';
import { actOf } from './operator.ts';

const CaseParams = Type.Object({ caseId: Type.String({ minLength: 3, maxLength: 300 }) });
const acting = { problems: ['unknown_case', 'case_closed', 'case_changed', 'nothing_to_retry'] };

/** The error hospitals of all services as one: what could not be handled, and what a person may do about it, case by case. */
export function hospitalRoutes(hospitals: Readonly<Record<string, Hospital>>): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/admin/hospital',
      {
        schema: {
          summary: 'Cases in the error hospital, oldest first',
          querystring: CaseQuery,
          response: { 200: CaseList },
        },
      },
      async ({ query }) => {
        const { items, nextCursor } = await listCases(hospitals, query);
        return { items: items.map(shown), nextCursor };
      },
    );

    http.post(
      '/v1/admin/hospital',
      {
        schema: {
          summary: 'Report a case to a service’s hospital; the same kind and key again is the same case',
          body: AdmissionBody,
          response: { 200: ShownCase },
        },
      },
      async ({ body: { service, data, ...admission } }) => {
        const given = data === undefined ? {} : { data: data as JsonObject };
        return shown({ service, case: await hospitalOf(hospitals, service).admit({ ...admission, ...given }) });
      },
    );

    http.get(
      '/v1/admin/hospital/:caseId',
      {
        schema: {
          summary: 'A case: what failed, why, its trace, its history, what waits behind it, and who has been told',
          params: CaseParams,
          response: { 200: ShownCase },
        },
        config: { problems: ['unknown_case'] },
      },
      async ({ params }) => {
        const { service, hospital, id } = splitCaseId(hospitals, params.caseId);
        const { case: found, waiting, notices, ...rest } = answerOf(await hospital.show(id));
        return { ...shown({ service, case: found }), behind: [...waiting], notices: [...notices], ...rest };
      },
    );

    http.post(
      '/v1/admin/hospital/:caseId/retry',
      {
        schema: {
          summary: 'Handle the event once more, then what waits behind it',
          params: CaseParams,
          body: ActBody,
          response: { 200: ShownCase },
        },
        config: acting,
      },
      async (request) => {
        const { service, hospital, id } = splitCaseId(hospitals, request.params.caseId);
        return shown({
          service,
          case: answerOf(await hospital.retry(id, actOf(request, request.body?.note, request.body?.revision))),
        });
      },
    );

    http.post(
      '/v1/admin/hospital/:caseId/dry-run',
      {
        schema: {
          summary: 'See what handling the event would do; nothing is written and nobody outside is asked',
          params: CaseParams,
          body: ActBody,
          response: { 200: DryRunAnswer },
        },
        config: acting,
      },
      async (request) => {
        const { hospital, id } = splitCaseId(hospitals, request.params.caseId);
        return answerOf(await hospital.dryRun(id, actOf(request, request.body?.note, request.body?.revision))) as never;
      },
    );

    http.post(
      '/v1/admin/hospital/:caseId/discharge',
      {
        schema: {
          summary: 'Give the event up, with a reason; what waits behind it is handled',
          params: CaseParams,
          body: ActBody,
          response: { 200: ShownCase },
        },
        config: acting,
      },
      async (request) => {
        const { service, hospital, id } = splitCaseId(hospitals, request.params.caseId);
        return shown({
          service,
          case: answerOf(await hospital.discharge(id, actOf(request, request.body?.note, request.body?.revision))),
        });
      },
    );

    http.put(
      '/v1/admin/hospital/:caseId/data',
      {
        schema: {
          summary: 'Replace the event’s data for the next retry',
          description: 'It must fit the event’s contract. Personal fields must stay sealed as the event holds them.',
          params: CaseParams,
          body: EditBody,
          response: { 200: ShownCase },
        },
        config: { problems: [...acting.problems, 'data_misfit'] },
      },
      async (request) => {
        const { service, hospital, id } = splitCaseId(hospitals, request.params.caseId);
        const { data, note, revision } = request.body;
        return shown({
          service,
          case: answerOf(await hospital.edit(id, actOf(request, note, revision), data as JsonObject)),
        });
      },
    );
  };
}
