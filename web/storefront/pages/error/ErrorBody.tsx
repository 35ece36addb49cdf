import { ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { usePage } from '../../page-context.tsx';
import type { Words } from '../../words/words.ts';

export interface ErrorView {
  readonly status: number;
  readonly requestId: string;
}

/** What is shown instead of a page that cannot be. */
export function ErrorBody({ view }: { readonly view: ErrorView }) {
  const { words, href, path } = usePage();
  const { title, text, again } = errorWords(words, view.status);
  return (
    <EmptyState
      level={1}
      title={title}
      action={
        <>
          {again ? <ButtonLink href={href(path)}>{words.error.retry}</ButtonLink> : null}
          <ButtonLink href={href('/')}>{words.error.home}</ButtonLink>
        </>
      }
    >
      <p>{text}</p>
      {view.status >= 500 ? (
        <p>
          {words.error.reference}: <code>{view.requestId}</code>
        </p>
      ) : null}
    </EmptyState>
  );
}

export function errorWords({ error }: Words, status: number) {
  if (status === 404) return { title: error.notFoundTitle, text: error.notFoundText, again: false };
  if (status === 503 || status === 429)
    return { title: error.unavailableTitle, text: error.unavailableText, again: true };
  if (status >= 500) return { title: error.failedTitle, text: error.failedText, again: true };
  return { title: error.refusedTitle, text: error.refusedText, again: false };
}
