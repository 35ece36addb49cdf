import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { Id } from '../../contracts/shapes.ts';
import type { EventStore } from '../../platform/event-store/port.ts';
import { idempotencyOf } from '../../platform/http/idempotency.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { problemOf } from '../../platform/http/problem.ts';
import {
  CategoryBody,
  ImportAnswer,
  PriceBody,
  PriceParameters,
  ProductBody,
  SellerBody,
  WriteAnswer,
} from './api-shapes.ts';
import { csvRecords } from './import/csv-file.ts';
import { type ImportTarget, importRecords } from './import/import.ts';
import { importOnce } from './import/keyed-import.ts';
import type { Writing, Written } from './writing.ts';

const tags = ['admin: catalog'];
const response = { 200: WriteAnswer };

/** Largest file an import takes. */
const MOST_IMPORT_BYTES = 100 * 1024 * 1024;

/** How the catalogue is kept; the gateway lets administrators in before any of these runs. */
export function adminRoutes(store: EventStore, writing: Writing, target: ImportTarget): HttpRoutes {
  return async (http) => {
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
      },
      async (request) => {
        const { productId } = request.params;
        const written = await writing.putProducts([{ productId, ...request.body }], idempotencyOf(request, 'admin'));
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

    await http.register(async (files) => {
      files.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
      files.post(
        '/v1/admin/import',
        {
          bodyLimit: MOST_IMPORT_BYTES,
          schema: {
            tags,
            summary: 'Import products from CSV',
            description:
              'Body: text/csv in UTF-8, up to 100 MB. Answers what became of every row. It sets what the file says, so repeating it at once changes nothing; with an Idempotency-Key the same file is never taken twice.',
            consumes: ['text/csv'],
            response: { 200: ImportAnswer },
          },
        },
        async (request) => {
          const file = request.body as Readable;
          const run = (content: Readable) => importRecords(csvRecords(content, MOST_IMPORT_BYTES), target);
          const { method, url, routeOptions, headers } = request;
          const idempotency = idempotencyOf({ method, url, routeOptions, headers }, 'admin');
          const report =
            idempotency === undefined
              ? await run(file)
              : await importOnce(store, idempotency, file, MOST_IMPORT_BYTES, run);
          return { ...report, rejected: [...report.rejected] };
        },
      );
    });
  };
}

function answer(written: Written | undefined): { changed: boolean } {
  if (written?.kind === 'rejected') throw problemOf(written.rejection);
  return { changed: written?.kind === 'changed' };
}
