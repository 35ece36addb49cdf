import './styles.ts';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { App } from './app.tsx';
import { Document, type Files } from './document.tsx';
import { pageOf } from './page-context.tsx';
import type { Language, PageState } from './page-state.ts';
import { pages } from './pages/pages.ts';
import en from './words/en.ts';
import ko from './words/ko.ts';
import type { Words } from './words/words.ts';

const WORDS: Readonly<Record<Language, Words>> = { en, ko };

/** What a device that installs the shop is told. */
export function manifest(language: Language): object {
  const { name, description } = WORDS[language].shell;
  const icon = (size: number) => ({ src: `/icon-${size}.png`, sizes: `${size}x${size}`, type: 'image/png' });
  return {
    name,
    short_name: name,
    description,
    lang: language,
    start_url: `/${language}/`,
    scope: '/',
    display: 'minimal-ui',
    background_color: '#faf8f4',
    theme_color: '#faf8f4',
    icons: [icon(192), icon(512), { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}

/** The document of a page as it is sent. Throws for a page that there is not. */
export function render(state: PageState, files: Files): string {
  const found = pages[state.page];
  if (found === undefined) throw new Error(`the storefront has no page ${state.page}`);
  const page = pageOf(state, WORDS[state.language]);
  const body = renderToString(<App page={page} view={state.view} Body={found.Body} />);
  const head = found.head(state.view, page);
  return `<!doctype html>${renderToStaticMarkup(
    <Document page={page} head={head} files={files} body={body} state={state} />,
  )}`;
}
