import { useQuery } from '@tanstack/react-query';
import type { paths } from '../../../generated/api.ts';
import { adminApi, answerOf } from '../../server/client.ts';
import { problemOf } from '../../server/problem.ts';

/** Sends a file under its key, and waits until all of it is imported. */
export async function sendImport(key: string, file: File) {
  return answerOf(
    adminApi.POST('/v1/admin/import', {
      params: { header: { 'Idempotency-Key': key } },
      headers: { 'content-type': 'text/csv' },
      body: file as never,
      bodySerializer: (body: unknown) => body as File,
    }),
  );
}

/** How the import under a key stands; asked again and again while it runs. */
export function useStanding(key: string | undefined, isSending: boolean) {
  return useQuery({
    queryKey: ['import', key],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/import/{key}', { params: { path: { key: key ?? '' } } })),
    enabled: key !== undefined,
    refetchInterval: ({ state }) => (isSending || state.data?.status === 'running' ? 400 : false),
    retry: (_, error) => problemOf(error).code !== 'unknown_import',
  });
}

type Standing = paths['/v1/admin/import/{key}'];
export type Report = NonNullable<Standing['get']['responses'][200]['content']['application/json']['report']>;
