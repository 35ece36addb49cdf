import { keepPreviousData, type QueryKey, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../design/Button.tsx';
import { Notice } from '../../design/Notice.tsx';
import { useWords } from '../language.tsx';
import { Loading, ProblemNotice } from './states.tsx';
import { partWords } from './words.ts';

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface Pages<Item> {
  readonly query: UseInfiniteQueryResult<unknown>;
  /** All that was loaded so far; undefined before the first page. */
  readonly items: readonly Item[] | undefined;
}

/** A list that is loaded page by page: `load` is given the cursor of the next page, undefined for the first. */
export function usePages<Item>(
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<PageOf<Item>>,
  options: { readonly refetchInterval?: number; readonly enabled?: boolean } = {},
): Pages<Item> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: PageOf<Item>) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...options,
  });
  return { query, items: query.data?.pages.flatMap(({ items }) => items) };
}

interface PagedProps<Item> {
  readonly pages: Pages<Item>;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** What a paged list has brought, with the button for more, its error, or that it loads. */
export function Paged<Item>({ pages: { query, items }, children }: PagedProps<Item>) {
  const words = useWords(partWords);
  if (items === undefined) {
    return query.isError ? <ProblemNotice error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  }
  return (
    <>
      {query.isError && !query.isFetchNextPageError ? <Notice kind="warning">{words.outdated}</Notice> : null}
      {children(items)}
      {query.isFetchNextPageError ? <ProblemNotice error={query.error} /> : null}
      {query.hasNextPage ? (
        <div>
          <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}
