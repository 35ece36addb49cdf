import { queryOptions } from '@tanstack/react-query';
import { answerOf, consoleApi } from '../../server/client.ts';

const AGAIN_MS = 2_000;

/** How every view stands; asked more often while one is being rebuilt. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: () => answerOf(consoleApi.GET('/console/api/views')),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ rebuilding }) => rebuilding !== undefined) === true ? AGAIN_MS / 4 : AGAIN_MS,
});
