import { useQuery } from '@tanstack/react-query';
import { adminApi, answerOf } from '../../server/client.ts';

/** The cases in the hospital that are about something, an order say; none while they are not known. */
export function useCasesAbout(subject: string) {
  const query = useQuery({
    queryKey: ['hospital', 'about', subject],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/hospital', { params: { query: { subject, limit: 20 } } })),
    refetchInterval: 10_000,
  });
  return query.data?.items ?? [];
}
