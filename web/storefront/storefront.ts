import type { ReactNode } from 'react';
import type { Page } from './page-context.tsx';

export interface PreloadedPicture {
  readonly src: string;
  /** As the picture itself says. */
  readonly sizes: string;
  /** Where it is shown. Default: everywhere. */
  readonly media?: string | undefined;
}

/** What a page says of itself in its document's head. */
export interface Head {
  readonly title: string;
  readonly description: string;
  /** The page's own address after `/{language}`; default: as it was asked for, without its query. */
  readonly canonical?: string;
  /** For a link's preview: one of the shop's own drawings is shown there on its paper. */
  readonly image?: string | undefined;
  readonly kind?: 'website' | 'product';
  /** JSON-LD objects. */
  readonly data?: readonly object[];
  /** Without scripts the page is loaded anew after so many seconds. */
  readonly reloadS?: number;
  /** Kept out of search engines: personal pages, errors. */
  readonly hidden?: boolean;
  /** The largest pictures that the page shows at once. */
  readonly preload?: readonly PreloadedPicture[];
}

/** A page of the storefront: what it shows (a component) and what it says in its head. */
export interface StorefrontPage<View> {
  Body(props: { readonly view: View }): ReactNode;
  head(view: View, page: Page): Head;
}
