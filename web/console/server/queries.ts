import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem.ts';

/** Asked again where asking again may help: not after a refusal, which is an answer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      retry: (failures, error) => failures < 2 && isPassing(problemOf(error).status),
      retryDelay: (attempt) => Math.min(4_000, 500 * 2 ** attempt),
      refetchOnWindowFocus: true,
      // A server on this machine is reached without a network.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

function isPassing(status: number): boolean {
  return status === 0 || status === 502 || status === 503 || status === 504;
}
