import { type TSchema, Type } from 'typebox';
import { catalog, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked } from '../asked.ts';
import { type Cell, cellOf, cellSchema } from '../lists/cells.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';

const MOST = 50;
const FIELDS = ['title', 'picture', 'price', 'hasDearer', 'availability', 'seller'] as const satisfies (keyof Cell)[];

/** Cells that an app already shows, as they are now: it asks for those that it has kept, and only for what may have changed. */
export function cellsScreen(parts: MobileParts): Screen {
  const { dialect, client } = parts;
  const ask = client(catalog);
  const { productId, ...others } = cellSchema(dialect).properties;
  const sparse = Object.entries(others).map(([name, schema]) => [name, Type.Optional(schema as TSchema)]);
  const query = {
    ids: Type.String({
      ...{ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}(,[A-Za-z0-9][A-Za-z0-9_.-]{2,63}){0,49}$' },
      description: `Of products, with commas between, at most ${MOST}.`,
    }),
    fields: Type.Optional(
      Type.String({
        ...{ pattern: `^(${FIELDS.join('|')})(,(${FIELDS.join('|')})){0,${FIELDS.length - 1}}$` },
        description: `A sparse answer: of ${FIELDS.join(', ')}, with commas between; \`productId\` comes always. Default: all.`,
      }),
    ),
  };
  const view = {
    products: Type.Array(Type.Object({ productId, ...Object.fromEntries(sparse) })),
    gone: Type.Array(Type.String(), { description: 'Those that are no longer sold.' }),
  };
  type Wanted = Asked<unknown, { readonly ids: string; readonly fields?: string }>;

  const gather = pipeline<Wanted, readonly ProductOnSale[], { readonly sellers: readonly Seller[] }, JsonObject>(
    {
      find: {
        deadlineMs: 2_000,
        load: async ({ query: { ids } }) => answerOf(await ask.products({ productIds: idsIn(ids) })).products,
      },
      enrich: {
        sellers: {
          deadlineMs: 400,
          fallback: [],
          async load(products, { query: { fields } }) {
            if (products.length === 0 || fields?.includes('seller') === false) return [];
            const sellerIds = [...new Set(products.map(({ sellerId }) => sellerId))];
            return answerOf(await ask.sellers({ sellerIds })).sellers;
          },
        },
      },
      present(products, { sellers }, asked) {
        const { ids, fields } = asked.query;
        const wanted = fields === undefined ? undefined : new Set(['productId', ...fields.split(',')]);
        const cells = products.map((product) => {
          const cell = Object.entries(cellOf(product, sellers, asked, dialect));
          return Object.fromEntries(wanted === undefined ? cell : cell.filter(([name]) => wanted.has(name)));
        });
        const there = new Set(products.map((product) => product.productId));
        return { products: cells as JsonObject[], gone: idsIn(ids).filter((id) => !there.has(id)) };
      },
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ path: '/products', tag: 'browsing', summary: 'Cells that an app has kept, as they are now', query, view },
    ...{ keep: 'shared', gather },
  };
}

function idsIn(text: string): string[] {
  return [...new Set(text.split(','))];
}
