import { createRootRoute } from '@tanstack/react-router';
import { ButtonLink } from '../design/Button.tsx';
import { useWords } from './language.tsx';
import { Page } from './parts/Page.tsx';
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
    <Page title={notFound.title} lead={notFound.text}>
      <p>
        <ButtonLink href="/console/">{notFound.home}</ButtonLink>
      </p>
    </Page>
  );
}
