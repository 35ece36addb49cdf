import { createContext, use } from 'react';
import type { Language, PageState } from './page-state.ts';
import type { Words } from './words/words.ts';

export interface Page extends Omit<PageState, 'view'> {
  readonly words: Words;
  /** The address of another page in this language: `href('/cart')`. */
  readonly href: (path: string) => string;
}

const PageContext = createContext<Page | undefined>(undefined);

export const PageProvider = PageContext;

/** The page's language, currency, words and shell. */
export function usePage(): Page {
  const page = use(PageContext);
  if (page === undefined) throw new Error('usePage is for what is rendered inside a page');
  return page;
}

export function pageOf({ view: _view, ...state }: PageState, words: Words): Page {
  return { ...state, words, href: (path) => hrefIn(state.language, path) };
}

export function hrefIn(language: Language, path: string): string {
  return `/${language}${path}`;
}
