import type { StorefrontPage } from '../../storefront.ts';
import { SearchBody } from './SearchBody.tsx';
import { searchTitle } from './title.ts';
import type { SearchView } from './view.ts';

export const searchPage: StorefrontPage<SearchView> = {
  Body: SearchBody,
  head(view, { words }) {
    const title = searchTitle(view, words);
    return {
      title,
      description: `${title}, ${words.browse.productCount(view.listing.total)}. ${words.shell.description}`,
      // Results are endless addresses of the same products: search engines are to find the products themselves.
      hidden: true,
    };
  },
};
