import type { Answer } from './contract.ts';

export type Language = 'en' | 'ko';

/** What every page shows around its own content. */
export type Shell = Answer<'/web/v1/{lang}/shell'>;

/** All that a page is rendered from: it travels in the document, and hydration starts from the very same. */
export interface PageState<View = unknown> {
  /** Names the page's folder under `pages/`. */
  readonly page: string;
  readonly language: Language;
  readonly currency: string;
  /** The address after `/{language}`, with its query but without `currency`. */
  readonly path: string;
  /** The shop's public address, without a slash at the end. */
  readonly origin: string;
  readonly shell: Shell;
  readonly view: View;
}
