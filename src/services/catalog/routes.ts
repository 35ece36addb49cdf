import { type TSchema, Type } from 'typebox';
import { Id, LIMITS } from '../../contracts/shapes.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type ReadyAnswer, sendReady } from '../../platform/http/ready-answer.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { categories, decodeCategory } from './aggregates.ts';
import { ListParameters, PublicCategoryList, PublicProduct, PublicProductList, PublicSeller } from './api-shapes.ts';
import type { Listing } from './listing.ts';
import type { Shelf } from './shelf.ts';

const tags = ['catalog'];

/** What shoppers read: products, categories, sellers. */
export function publicRoutes(shelf: Shelf, listing: Listing, documents: ServiceKit['documents']): HttpRoutes {
  async function pageOnSale(productId: string): Promise<ReadyAnswer> {
    const page = (await shelf.pages.get([productId])).get(productId);
    if (page === undefined) throw new Problem('unknown_product', `There is no product ${productId} on sale.`);
    return page;
  }

  return (http) => {
    http.get(
      '/v1/products',
      {
        schema: {
          tags,
          summary: 'Products, newest first',
          querystring: ListParameters,
          response: ready(PublicProductList),
        },
      },
      (request, reply) => {
        const page = listing.peek(request.query);
        if (page === undefined) return listing.list(request.query).then((read) => sendReady(request, reply, read));
        sendReady(request, reply, page);
      },
    );

    http.get(
      '/v1/products/:productId',
      {
        schema: { tags, summary: 'A product', params: Type.Object({ productId: Id }), response: ready(PublicProduct) },
      },
      (request, reply) => {
        const { productId } = request.params;
        const page = shelf.pages.peek(productId);
        if (page === undefined) return pageOnSale(productId).then((read) => sendReady(request, reply, read));
        sendReady(request, reply, page);
      },
    );

    const page = Type.Pick(ListParameters, ['limit', 'cursor']);
    http.get(
      '/v1/categories',
      { schema: { tags, summary: 'Categories by their id', querystring: page, response: { 200: PublicCategoryList } } },
      async ({ query: { limit = LIMITS.pageSize, cursor } }) => {
        const after = decodeCursor(cursor, 'categories');
        const found = await documents.query({
          collection: categories,
          generation: 0,
          where: {},
          order: 'ascending',
          limit: limit + 1,
          ...(typeof after === 'string' ? { after: { value: after, key: after } } : {}),
        });
        const shown = found.slice(0, limit);
        const last = found.length > shown.length ? shown.at(-1) : undefined;
        const nextCursor = last === undefined ? null : encodeCursor(last.key, 'categories');
        return { items: shown.map(({ body }) => decodeCategory(body)), nextCursor };
      },
    );

    http.get(
      '/v1/sellers/:sellerId',
      { schema: { tags, summary: 'A seller', params: Type.Object({ sellerId: Id }), response: { 200: PublicSeller } } },
      async ({ params: { sellerId } }) => {
        const seller = (await shelf.sellers.get([sellerId])).get(sellerId);
        if (seller === undefined) throw new Problem('unknown_seller', `There is no seller ${sellerId}.`);
        return seller;
      },
    );
  };
}

/** The schema of an answer that is sent as ready text. */
function ready<Schema extends TSchema>(schema: Schema) {
  return { 200: Type.Unsafe<string>(schema), 304: Type.Unsafe<undefined>(Type.Null({ description: 'Not modified' })) };
}
