import { addressWith } from '../../listing/address.ts';
import type { StorefrontPage } from '../../storefront.ts';
import { breadcrumbData } from '../../structured-data.ts';
import { CategoryBody } from './CategoryBody.tsx';
import type { CategoryView } from './view.ts';

export const categoryPage: StorefrontPage<CategoryView> = {
  Body: CategoryBody,
  head(view, page) {
    const { words } = page;
    const address = `/c/${view.categoryId}`;
    const number = view.listing.page;
    const steps = [...view.within, view].map(({ categoryId, name }) => ({ name, path: `/c/${categoryId}` }));
    return {
      title: number === 1 ? view.name : `${view.name} (${words.browse.pageNumber(number)})`,
      description: `${view.name}, ${words.browse.productCount(view.listing.total)}. ${words.shell.description}`,
      canonical: number === 1 ? address : addressWith(address, { page: String(number) }),
      image: view.listing.products[0]?.image ?? undefined,
      data: [breadcrumbData(steps, page)],
    };
  },
};
