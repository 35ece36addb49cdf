import { type Static, Type } from 'typebox';
import { Availability, type Category, catalog, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import { Id } from '../../../contracts/shapes.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryLink, categoryPath } from '../../showing/category-path.ts';
import { priceIn } from '../../showing/currency.ts';
import { textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { productOnSale, sellerOf } from '../../showing/products-found.ts';
import { productTags } from '../../showing/tags.ts';
import type { Asked } from '../asked.ts';
import { cellOf, cellSchema } from '../lists/cells.ts';
import type { MobileParts } from '../parts.ts';
import { NoPrice, noPriceOf } from '../prices.ts';
import type { Screen } from '../screen.ts';
import { HEADINGS } from '../words.ts';

interface Parts {
  readonly seller: Seller | null;
  readonly categories: readonly Category[];
  readonly related: readonly ProductOnSale[];
}

const RELATED = 8;
const PART_MS = 1_000;
const Option = Type.Object({ name: Type.String(), value: Type.String() });

/** A product with its variants, stock and seller, and others of its kind. */
export function productScreen(parts: MobileParts): Screen {
  const { dialect, client } = parts;
  const ask = client(catalog);
  const view = {
    productId: Type.String(),
    title: Type.String(),
    description: Type.String(),
    pictures: Type.Array(dialect.Picture),
    seller: Type.Union([Type.Object({ sellerId: Type.String(), name: Type.String() }), Type.Null()]),
    categories: Type.Array(CategoryLink, { description: 'Where it is listed, outermost first.' }),
    availability: Availability,
    variants: Type.Array(
      Type.Object({
        sku: Type.String({ description: 'What goes into the cart.' }),
        options: Type.Array(Option),
        price: Type.Union(NoPrice.anyOf, { description: 'Null where it is not sold in the asked currency.' }),
        availability: Availability,
      }),
    ),
    related: Type.Object({ title: Type.String(), products: Type.Array(cellSchema(dialect)) }),
  };
  type ProductView = { readonly [Name in keyof typeof view]: Static<(typeof view)[Name]> };

  const gather = pipeline<Asked<{ readonly productId: string }>, ProductOnSale, Parts, ProductView>(
    {
      find: {
        deadlineMs: 2_000,
        load: ({ params: { productId } }) => productOnSale(ask, productId),
      },
      enrich: {
        seller: {
          deadlineMs: PART_MS,
          fallback: null,
          load: ({ sellerId }) => sellerOf(ask, sellerId),
        },
        categories: {
          deadlineMs: PART_MS,
          fallback: [],
          load: async () => answerOf(await ask.categories({})).categories,
        },
        related: {
          deadlineMs: PART_MS,
          fallback: [],
          async load({ productId, categoryIds: [category] }) {
            if (category === undefined) return [];
            const { products } = answerOf(await ask.newest({ category, limit: RELATED + 1 }));
            return products.filter((each) => each.productId !== productId).slice(0, RELATED);
          },
        },
      },
      present(product, { seller, categories, related }, asked) {
        const { language, currency, device } = asked;
        return {
          productId: product.productId,
          title: textIn(product.title, language),
          description: textIn(product.description, language),
          pictures: product.images.map((source) => dialect.picture(source, 'hero', device)),
          seller: seller && { sellerId: seller.sellerId, name: textIn(seller.name, language) },
          categories: categoryPath(product.categoryIds[0], categories).map((each) => categoryLink(each, language)),
          availability: product.availability,
          variants: product.variants.map(({ sku, options, prices, availability }) => ({
            sku,
            options: Object.entries(options).map(([name, value]) => ({ name, value })),
            price: noPriceOf(priceIn(prices, currency), language),
            availability,
          })),
          related: {
            title: HEADINGS.related[language],
            products: related.map((each) => cellOf(each, [], asked, dialect)),
          },
        };
      },
      // What a neighbour says must be true; that a newer one has come need not be known here at once.
      tags: (product, { related }) => [
        `seller:${product.sellerId}`,
        'categories',
        ...productTags([product, ...related]),
      ],
    },
    parts,
  );
  return {
    ...{ path: '/products/:productId', tag: 'browsing', summary: 'A product', params: { productId: Id }, view },
    ...{ keep: 'shared', ready: true, problems: ['unknown_product'] },
    gather: gather as unknown as (asked: Asked<never, never>) => ReturnType<Screen['gather']>,
  };
}
