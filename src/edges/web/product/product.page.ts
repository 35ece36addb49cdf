import { type Static, Type } from 'typebox';
import { Availability, type Category, catalog, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import { Id } from '../../../contracts/shapes.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryLink, categoryPath } from '../../showing/category-path.ts';
import { PriceSchema, priceIn } from '../../showing/currency.ts';
import { textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { productOnSale, sellerOf } from '../../showing/products-found.ts';
import { productTags } from '../../showing/tags.ts';
import { cardOf, ProductCard } from '../listing/product-card.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';

const Params = Type.Object({ productId: Id });
const Query = Type.Object({});

const ProductView = Type.Object({
  productId: Type.String(),
  title: Type.String(),
  description: Type.String(),
  images: Type.Array(Type.String()),
  seller: Type.Union([Type.Object({ sellerId: Type.String(), name: Type.String() }), Type.Null()]),
  /** Where it is listed, its main category's ancestors first. */
  categories: Type.Array(CategoryLink),
  availability: Availability,
  variants: Type.Array(
    Type.Object({
      sku: Type.String(),
      options: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
      /** Null where the variant is not sold in the shopper's currency. */
      price: PriceSchema,
      availability: Availability,
    }),
  ),
  /** Others of its category. */
  related: Type.Array(ProductCard),
  /** What else its seller sells. */
  fromSeller: Type.Array(ProductCard),
});
type ProductView = Static<typeof ProductView>;

interface Parts {
  readonly seller: Seller | null;
  readonly categories: readonly Category[];
  readonly related: readonly ProductOnSale[];
  readonly fromSeller: readonly ProductOnSale[];
}

const NEIGHBOURS = 4;

/** `/{lang}/p/{productId}`: a product with its variants, stock and seller. */
export function productPage(parts: WebParts): PageDefinition<typeof Params, typeof Query, typeof ProductView> {
  const ask = parts.client(catalog);
  const gather = pipeline<Asked<Static<typeof Params>>, ProductOnSale, Parts, ProductView>(
    {
      find: {
        deadlineMs: 2_000,
        load: ({ params: { productId } }) => productOnSale(ask, productId),
      },
      enrich: {
        seller: {
          deadlineMs: 1_000,
          fallback: null,
          load: ({ sellerId }) => sellerOf(ask, sellerId),
        },
        categories: {
          deadlineMs: 1_000,
          fallback: [],
          load: async () => answerOf(await ask.categories({})).categories,
        },
        related: {
          deadlineMs: 1_000,
          fallback: [],
          async load({ productId, categoryIds: [category] }) {
            if (category === undefined) return [];
            const { products } = answerOf(await ask.newest({ category, limit: 2 * NEIGHBOURS + 1 }));
            return products.filter((each) => each.productId !== productId);
          },
        },
        fromSeller: {
          deadlineMs: 1_000,
          fallback: [],
          async load({ productId, sellerId }) {
            const { products } = answerOf(await ask.newest({ seller: sellerId, limit: NEIGHBOURS + 1 }));
            return products.filter((each) => each.productId !== productId);
          },
        },
      },
      present,
      // What a neighbour says must be true; that a newer one has come need not be known here at once.
      tags: (product, parts) => [
        `seller:${product.sellerId}`,
        'categories',
        ...productTags([product, ...Object.values(shownOf(parts)).flat()]),
      ],
    },
    parts,
  );
  return {
    ...{ name: 'product', path: '/p/:productId', summary: 'A product' },
    ...{ params: Params, query: Query, view: ProductView, gather },
  };
}

/** The neighbours that the page has room for, none of them twice. */
function shownOf({ related, fromSeller }: Pick<Parts, 'related' | 'fromSeller'>) {
  const others = fromSeller.slice(0, NEIGHBOURS);
  const neighbours = related.filter(({ productId }) => !others.some((each) => each.productId === productId));
  return { others, neighbours: neighbours.slice(0, NEIGHBOURS) };
}

function present(product: ProductOnSale, parts: Parts, asked: Asked): ProductView {
  const { language, currency } = asked;
  const { seller, categories } = parts;
  const { others, neighbours } = shownOf(parts);
  return {
    productId: product.productId,
    title: textIn(product.title, language),
    description: textIn(product.description, language),
    images: product.images,
    seller: seller && { sellerId: seller.sellerId, name: textIn(seller.name, language) },
    categories: categoryPath(product.categoryIds[0], categories).map((each) => categoryLink(each, language)),
    availability: product.availability,
    variants: product.variants.map(({ sku, options, prices, availability }) => ({
      sku,
      options: Object.entries(options).map(([name, value]) => ({ name, value })),
      price: priceIn(prices, currency),
      availability,
    })),
    related: neighbours.map((each) => cardOf(each, [], asked)),
    fromSeller: others.map((each) => cardOf(each, [], asked)),
  };
}
