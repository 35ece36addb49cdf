import './styles.ts';
import { type ComponentType, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { pageOf } from './page-context.tsx';
import type { Language, PageState } from './page-state.ts';
import type { Words } from './words/words.ts';

/** Takes over the page that the server rendered; what it was rendered from lies in the document. */
export async function hydrate<View>(Body: ComponentType<{ readonly view: View }>): Promise<void> {
  const root = document.getElementById('root');
  const text = document.getElementById('state')?.textContent;
  if (root === null || text == null) throw new Error('this document was not rendered by the storefront');
  const state = JSON.parse(text) as PageState<View>;
  const page = pageOf(state, await wordsOf(state.language));
  hydrateRoot(
    root,
    <StrictMode>
      <App page={page} view={state.view} Body={Body} />
    </StrictMode>,
  );
}

/** Only one language is loaded. */
async function wordsOf(language: Language): Promise<Words> {
  const loaded = language === 'ko' ? await import('./words/ko.ts') : await import('./words/en.ts');
  return loaded.default;
}
