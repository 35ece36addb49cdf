import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../design/Button.tsx';
import { Notice } from '../../design/Notice.tsx';
import { useWords } from '../language.tsx';
import { type ProblemError, problemOf } from '../server/problem.ts';
import styles from './states.module.css';
import { partWords } from './words.ts';

/** Something is on its way. The bars keep the place of what comes. */
export function Loading({ lines = 5 }: { readonly lines?: number }) {
  const words = useWords(partWords);
  return (
    <div className={styles.loading} role="status">
      <span className="visually-hidden">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => `bar ${line}`).map((bar) => (
        <span key={bar} className={styles.bar} aria-hidden="true" />
      ))}
    </div>
  );
}

/** What a problem means here, in plain words: by its code where there are words for it, else as the server told it. */
export function useProblemText(): (problem: ProblemError) => string {
  const { problems } = useWords(partWords);
  return (problem) => (problems as Readonly<Record<string, string>>)[problem.code] ?? problem.message;
}

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
}

/** What went wrong, and the way to try again. */
export function ProblemNotice({ error, retry }: ProblemNoticeProps) {
  const words = useWords(partWords);
  const text = useProblemText();
  const problem = problemOf(error);
  return (
    <Notice kind="danger" title={words.failed} urgent>
      <p>{text(problem)}</p>
      <p className={styles.code}>
        <code>{problem.code}</code>
        {problem.requestId === undefined ? null : <code>{problem.requestId}</code>}
      </p>
      {retry === undefined ? null : (
        <Button size="small" onClick={retry}>
          {words.retry}
        </Button>
      )}
    </Notice>
  );
}

interface AnswerProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  /** Shown while the first answer is on its way. */
  readonly loading?: ReactNode;
}

/** A query's answer: what it brought (the last that came, with a notice, when asking again fails), its error, or that it loads. */
export function Answer<Data>({ query, children, loading = <Loading /> }: AnswerProps<Data>) {
  const words = useWords(partWords);
  const retry = () => void query.refetch();
  if (query.data === undefined) return query.isError ? <ProblemNotice error={query.error} retry={retry} /> : loading;
  return (
    <>
      {query.isError ? <Notice kind="warning">{words.outdated}</Notice> : null}
      {children(query.data)}
    </>
  );
}
