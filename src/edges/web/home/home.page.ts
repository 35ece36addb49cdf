import { type Static, Type } from 'typebox';
import { type Category, catalog, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import { orders } from '../../../contracts/orders.ts';
import { search } from '../../../contracts/search.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryLink } from '../../showing/category-path.ts';
import { textIn } from '../../showing/language.ts';
import { mixed } from '../../showing/mixed.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { popularProducts } from '../../showing/products-found.ts';
import { LISTING_TAGS } from '../../showing/tags.ts';
import { cardOf, ProductCard } from '../listing/product-card.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';

const HomeView = Type.Object({
  newest: Type.Array(ProductCard),
  /** What the newest orders hold the most of; empty while there are too few to say. */
  popular: Type.Array(ProductCard),
  categories: Type.Array(Type.Object({ ...CategoryLink.properties, image: Type.Union([Type.String(), Type.Null()]) })),
  sellers: Type.Array(
    Type.Object({
      sellerId: Type.String(),
      name: Type.String(),
      products: Type.Integer(),
      images: Type.Array(Type.String()),
    }),
  ),
});
type HomeView = Static<typeof HomeView>;

interface Found {
  readonly products: readonly ProductOnSale[];
  readonly stale: boolean;
}

interface Parts {
  readonly popular: readonly ProductOnSale[];
  readonly categories: readonly {
    readonly category: Category;
    readonly products: readonly ProductOnSale[];
    readonly stale: boolean;
  }[];
  readonly sellers: readonly { readonly seller: Seller; readonly products: number }[];
}

const LOOKED_AT = 60;
const SHOWN = 8;
const FEWEST_POPULAR = 4;
const MOST_SELLERS = 8;
const PART_MS = 1_000;

/** `/{lang}/`: what is new and popular, the categories and the sellers. */
export function homePage(parts: WebParts) {
  const ask = { catalog: parts.client(catalog), orders: parts.client(orders), search: parts.client(search) };
  const gather = pipeline<Asked, Found, Parts, HomeView>(
    {
      find: { deadlineMs: 2_000, load: async () => answerOf(await ask.catalog.newest({ limit: LOOKED_AT })) },
      enrich: {
        popular: {
          deadlineMs: PART_MS,
          fallback: [],
          load: () => popularProducts(ask, SHOWN * 2),
        },
        categories: {
          deadlineMs: PART_MS,
          fallback: [],
          async load() {
            const { categories } = answerOf(await ask.catalog.categories({}));
            const top = categories.filter(({ parentId }) => parentId === undefined);
            return Promise.all(
              top.map(async (category) => {
                const listed = await ask.catalog.newest({ category: category.categoryId, limit: 4 });
                return { category, ...(listed.kind === 'done' ? listed.answer : { products: [], stale: true }) };
              }),
            );
          },
        },
        sellers: {
          deadlineMs: PART_MS,
          fallback: [],
          async load() {
            const { facets } = answerOf(await ask.search.search({ q: '', limit: 1, offset: 0 }));
            const counted = facets.seller.slice(0, MOST_SELLERS);
            if (counted.length === 0) return [];
            const { sellers } = answerOf(await ask.catalog.sellers({ sellerIds: counted.map(({ value }) => value) }));
            return sellers.map((seller) => ({
              seller,
              products: counted.find(({ value }) => value === seller.sellerId)?.count ?? 0,
            }));
          },
        },
      },
      present,
      tags: () => [...LISTING_TAGS, 'popular'],
      keep: ({ stale }, { categories }) => !stale && categories.every((each) => !each.stale),
    },
    parts,
  );
  return {
    ...{ name: 'home', path: '/', summary: 'The front page' },
    ...{ params: Type.Object({}), query: Type.Object({}), view: HomeView, gather },
  } satisfies PageDefinition;
}

function present({ products }: Found, { popular, categories, sellers }: Parts, asked: Asked): HomeView {
  const names = sellers.map(({ seller }) => seller);
  const wanted = popular.filter(({ availability }) => availability !== 'out_of_stock').slice(0, SHOWN);
  return {
    newest: mixed(products, SHOWN).map((product) => cardOf(product, names, asked)),
    popular: wanted.length < FEWEST_POPULAR ? [] : wanted.map((product) => cardOf(product, names, asked)),
    categories: categories.map(({ category, products: listed }) => ({
      ...categoryLink(category, asked.language),
      image: pictureOf(category.categoryId, listed),
    })),
    sellers: sellers.map(({ seller, products: count }) => ({
      ...{ sellerId: seller.sellerId, name: textIn(seller.name, asked.language), products: count },
      images: products
        .flatMap(({ sellerId, images: [image] }) =>
          sellerId === seller.sellerId && image !== undefined ? [image] : [],
        )
        .slice(0, 3),
    })),
  };
}

/** Of a product that has its main place there, so that no two categories show the same. */
function pictureOf(categoryId: string, products: readonly ProductOnSale[]): string | null {
  const [first] = products;
  const own = products.find(({ categoryIds, images }) => categoryIds[0] === categoryId && images.length > 0) ?? first;
  return own?.images[0] ?? null;
}
