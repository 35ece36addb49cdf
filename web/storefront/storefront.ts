import type { ReactNode } from 'react';
import type { Page } from './page-context.tsx';

/** What a page says of itself in its document's head. */
export interface Head {
  readonly title: string;
  readonly description: string;
  /** The page's own address after `/{language}`; default: as it was asked for, without its query. */
  readonly canonical?: string;
  /** For a link's preview. */
  readonly image?: string | undefined;
  readonly kind?: 'website' | 'product';
  /** JSON-LD objects. */
  readonly data?: readonly object[];
  /** Without scripts the page is loaded anew after so many seconds. */
  readonly reloadS?: number;
  /** Kept out of search engines: personal pages, errors. */
  readonly hidden?: boolean;
  /** Pictures that the page shows at once. */
  readonly preload?: readonly string[];
}

/** A page of the storefront: what it shows (a component) and what it says in its head. */
export interface StorefrontPage<View> {
  Body(props: { readonly view: View }): ReactNode;
  head(view: View, page: Page): Head;
}
