import { decimalMoney } from '../../../design/money.ts';
import { renditionsOf } from '../../../design/renditions.ts';
import type { Page } from '../../page-context.tsx';
import type { Head, StorefrontPage } from '../../storefront.ts';
import { breadcrumbData } from '../../structured-data.ts';
import { GALLERY_SIZES } from './Gallery.tsx';
import { ProductBody } from './ProductBody.tsx';
import type { ProductView, VariantView } from './view.ts';

export const productPage: StorefrontPage<ProductView> = { Body: ProductBody, head: headOf };

function headOf(view: ProductView, page: Page): Head {
  const [image] = view.images;
  return {
    title: view.title,
    description: view.description,
    kind: 'product',
    image,
    preload: image === undefined ? [] : [{ src: image, sizes: GALLERY_SIZES }],
    data: [productData(view, page), breadcrumbData(stepsOf(view), page)],
  };
}

const SCHEMA_AVAILABILITY: Readonly<Record<VariantView['availability'], string>> = {
  in_stock: 'https://schema.org/InStock',
  low_stock: 'https://schema.org/LimitedAvailability',
  out_of_stock: 'https://schema.org/OutOfStock',
};

/** https://schema.org/Product, with an offer for each variant that is sold in this currency. */
function productData(view: ProductView, { origin, href }: Page): object {
  const url = `${origin}${href(`/p/${view.productId}`)}`;
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': url,
    name: view.title,
    description: view.description,
    image: view.images.map((each) => new URL(renditionsOf(each)?.src ?? each, origin).href),
    url,
    offers: view.variants.flatMap(({ sku, price, availability }) =>
      price === null
        ? []
        : [
            {
              '@type': 'Offer',
              sku,
              url,
              price: decimalMoney(price),
              priceCurrency: price.currency,
              availability: SCHEMA_AVAILABILITY[availability],
              ...(view.seller && { seller: { '@type': 'Organization', name: view.seller.name } }),
            },
          ],
    ),
  };
}

function stepsOf(view: ProductView) {
  return [
    ...view.categories.map(({ categoryId, name }) => ({ name, path: `/c/${categoryId}` })),
    { name: view.title, path: `/p/${view.productId}` },
  ];
}
