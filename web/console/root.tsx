import { createRootRoute } from '@tanstack/react-router';
import { ButtonLink } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { useWords } from './language.tsx';
import { ProblemNotice } from './parts/states.tsx';
import { Shell } from './shell/Shell.tsx';
import { shellWords } from './shell/words.ts';

/** What all pages hang on. */
export const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <ProblemNotice error={error} retry={() => location.reload()} />,
});

function NotFound() {
  const { notFound } = useWords(shellWords);
  return (
    <EmptyState level={1} title={notFound.title} action={<ButtonLink href="/console/">{notFound.home}</ButtonLink>}>
      {notFound.text}
    </EmptyState>
  );
}
