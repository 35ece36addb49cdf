import { type Static, Type } from 'typebox';
import { type Category, catalog, type ProductOnSale } from '../../../contracts/catalog.ts';
import { orders } from '../../../contracts/orders.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryLink } from '../../showing/category-path.ts';
import { mixed } from '../../showing/mixed.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { popularProducts } from '../../showing/products-found.ts';
import { LISTING_TAGS } from '../../showing/tags.ts';
import type { Asked } from '../asked.ts';
import { cellOf, cellSchema } from '../lists/cells.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';
import { HEADINGS } from '../words.ts';

const LOOKED_AT = 60;
const SHOWN = 10;
const FEWEST_POPULAR = 4;
const PART_MS = 1_000;

interface Found {
  readonly products: readonly ProductOnSale[];
  readonly stale: boolean;
}

interface Parts {
  readonly popular: readonly ProductOnSale[];
  readonly categories: readonly ({ readonly category: Category } & Found)[];
}

/** The first screen: categories with a picture each, what is popular, what is new. */
export function homeScreen(parts: MobileParts): Screen {
  const { dialect, client } = parts;
  const ask = { catalog: client(catalog), orders: client(orders) };
  const shelf = Type.Object({ title: Type.String(), products: Type.Array(cellSchema(dialect)) });
  const tile = Type.Object({ ...CategoryLink.properties, picture: Type.Union([dialect.Picture, Type.Null()]) });
  const view = {
    categories: Type.Object({ title: Type.String(), tiles: Type.Array(tile) }),
    popular: Type.Object(shelf.properties, { description: 'Empty while there are too few orders to say.' }),
    newest: shelf,
  };
  type HomeView = { readonly [Name in keyof typeof view]: Static<(typeof view)[Name]> };

  function present({ products }: Found, { popular, categories }: Parts, asked: Asked): HomeView {
    const { language, device } = asked;
    const cells = (shown: readonly ProductOnSale[]) => shown.map((product) => cellOf(product, [], asked, dialect));
    const wanted = popular.filter(({ availability }) => availability !== 'out_of_stock').slice(0, SHOWN);
    return {
      categories: {
        title: HEADINGS.categories[language],
        tiles: categories.map(({ category, products: listed }) => {
          const source = pictureOf(category.categoryId, listed);
          const picture = source === undefined ? null : dialect.picture(source, 'tile', device);
          return { ...categoryLink(category, language), picture };
        }),
      },
      popular: { title: HEADINGS.popular[language], products: wanted.length < FEWEST_POPULAR ? [] : cells(wanted) },
      newest: { title: HEADINGS.newest[language], products: cells(mixed(products, SHOWN)) },
    };
  }

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
      },
      present,
      tags: () => [...LISTING_TAGS, 'popular'],
      keep: ({ stale }, { categories }) => !stale && categories.every((each) => !each.stale),
    },
    parts,
  );
  return {
    ...{ path: '/home', tag: 'browsing', summary: 'The first screen', view, keep: 'shared', ready: true },
    gather: gather as never,
  };
}

/** Of a product that has its main place there, so that no two categories show the same. */
function pictureOf(categoryId: string, products: readonly ProductOnSale[]): string | undefined {
  const own = products.find(({ categoryIds, images }) => categoryIds[0] === categoryId && images.length > 0);
  return (own ?? products[0])?.images[0];
}
