import { queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../generated/api.ts';
import { adminApi, answerOf } from '../../server/client.ts';
import { ProblemError } from '../../server/problem.ts';

type Case = paths['/v1/admin/hospital/{caseId}'];
export type ShownCase = Case['get']['responses'][200]['content']['application/json'];

type DryRun = paths['/v1/admin/hospital/{caseId}/dry-run'];
export type DryRunAnswer = DryRun['post']['responses'][200]['content']['application/json'];

export function caseQuery(caseId: string) {
  return queryOptions({
    queryKey: ['hospital', 'case', caseId],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/hospital/{caseId}', { params: { path: { caseId } } })),
    refetchInterval: 5_000,
  });
}

/** The event as a case keeps it. */
export interface KeptEvent {
  readonly type: string;
  readonly at: number;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export function eventOf({ event }: Pick<ShownCase, 'event'>): KeptEvent | undefined {
  return event as KeptEvent | undefined;
}

/** What a case is called: the event that failed, or what its service found wrong. */
export function kindOf(shown: Pick<ShownCase, 'event' | 'kind'>): string {
  return shown.kind ?? eventOf(shown)?.type ?? '';
}

/** What would be handled now: the edit where there is one. */
export function dataOf(shown: Pick<ShownCase, 'edited' | 'data' | 'event'>): unknown {
  return shown.edited ?? shown.data ?? eventOf(shown)?.data ?? {};
}

/** Who has changed the case meanwhile, when that is why an act was refused. */
export function overtakenBy(error: unknown): string | undefined {
  if (!(error instanceof ProblemError) || error.code !== 'case_changed') return undefined;
  return String(error.document.by ?? 'admin');
}
