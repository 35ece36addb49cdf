import { Type } from 'typebox';
import { Id } from '../../contracts/shapes.ts';
import { idempotencyOf } from '../../platform/http/idempotency.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { problemOf } from '../../platform/http/problem.ts';
import { CategoryBody, PriceBody, PriceParameters, ProductBody, SellerBody, WriteAnswer } from './api-shapes.ts';
import type { Writing, Written } from './writing.ts';

const tags = ['admin: catalog'];
const response = { 200: WriteAnswer };

/** How the catalogue is kept; the gateway lets administrators in before any of these runs. */
export function adminRoutes(writing: Writing): HttpRoutes {
  return (http) => {
    http.put(
      '/v1/admin/sellers/:sellerId',
      {
        schema: {
          tags,
          summary: 'Make or replace a seller',
          params: Type.Object({ sellerId: Id }),
          body: SellerBody,
          response,
        },
      },
      async (request) => {
        const { sellerId } = request.params;
        const { name, terms } = request.body;
        return answer(
          await writing.putSeller({ sellerId, name, terms: { sellerId, ...terms } }, idempotencyOf(request, 'admin')),
        );
      },
    );

    http.put(
      '/v1/admin/categories/:categoryId',
      {
        schema: {
          tags,
          summary: 'Make or replace a category',
          params: Type.Object({ categoryId: Id }),
          body: CategoryBody,
          response,
        },
      },
      async (request) =>
        answer(await writing.putCategory({ ...request.params, ...request.body }, idempotencyOf(request, 'admin'))),
    );

    http.put(
      '/v1/admin/products/:productId',
      {
        schema: {
          tags,
          summary: 'Make or replace a product',
          params: Type.Object({ productId: Id }),
          body: ProductBody,
          response,
        },
        config: {
          problems: [
            'unknown_seller',
            'unknown_category',
            'title_missing',
            'sku_taken',
            'product_changed',
            'invalid_text',
          ],
        },
      },
      async (request) => {
        const { productId } = request.params;
        const { revision, ...product } = request.body;
        const idempotency = idempotencyOf(request, 'admin');
        const written = await writing.putProducts([{ productId, ...product }], idempotency, revision);
        return answer(written.get(productId));
      },
    );

    http.delete(
      '/v1/admin/products/:productId',
      { schema: { tags, summary: 'Take a product off sale', params: Type.Object({ productId: Id }), response } },
      async (request) =>
        answer(await writing.withdrawProduct(request.params.productId, idempotencyOf(request, 'admin'))),
    );

    http.put(
      '/v1/admin/skus/:sku/prices/:currency',
      {
        schema: {
          tags,
          summary: 'Set the price of a SKU in one currency',
          params: PriceParameters,
          body: PriceBody,
          response,
        },
      },
      async (request) => {
        const { sku, currency } = request.params;
        return answer(await writing.setPrice(sku, currency, request.body.amount, idempotencyOf(request, 'admin')));
      },
    );
  };
}

function answer(written: Written | undefined): { changed: boolean } {
  if (written?.kind === 'rejected') throw problemOf(written.rejection);
  return { changed: written?.kind === 'changed' };
}
