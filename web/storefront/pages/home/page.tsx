import type { StorefrontPage } from '../../storefront.ts';
import { heroPreload, heroProducts } from './Hero.tsx';
import { HomeBody } from './HomeBody.tsx';
import type { HomeView } from './view.ts';

export const homePage: StorefrontPage<HomeView> = {
  Body: HomeBody,
  head(view, { words, origin, href }) {
    const shown = heroProducts(view);
    const url = `${origin}${href('/')}`;
    return {
      title: words.shell.tagline,
      description: words.shell.description,
      canonical: '/',
      image: shown[0]?.image,
      preload: heroPreload(shown),
      data: [
        {
          '@context': 'https://schema.org',
          '@type': 'WebSite',
          name: words.shell.name,
          url,
          potentialAction: {
            '@type': 'SearchAction',
            target: { '@type': 'EntryPoint', urlTemplate: `${origin}${href('/search')}?q={search_term_string}` },
            'query-input': 'required name=search_term_string',
          },
        },
      ],
    };
  },
};
