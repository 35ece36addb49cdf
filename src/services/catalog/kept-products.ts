import { Type } from 'typebox';
import { Id, LIMITS, Sku } from '../../contracts/shapes.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredDocument } from '../../platform/storage/port.ts';
import { decodeProduct, products, skus } from './aggregates.ts';
import { KeptProduct, KeptProductList } from './api-shapes.ts';

const tags = ['admin: catalog'];
const Query = Type.Object(
  {
    status: Type.Union([Type.Literal('on_sale'), Type.Literal('withdrawn')], { default: 'on_sale' }),
    seller: Type.Optional(Id),
    sku: Type.Optional(Sku),
    limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 20 }),
    cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  { additionalProperties: false },
);

/** Products as they are kept, for those who keep them: withdrawn ones too, read past every cache. */
export function keptProductRoutes(documents: ServiceKit['documents']): HttpRoutes {
  const read = async (productId: string) => (await documents.documents(products, 0, [productId])).get(productId);

  return (http) => {
    http.get(
      '/v1/admin/products',
      {
        schema: {
          tags,
          summary: 'Products on sale or withdrawn, newest first; by `sku` the one that holds it',
          querystring: Query,
          response: { 200: KeptProductList },
        },
        config: { problems: ['invalid_cursor'] },
      },
      async ({ query: { status, seller, sku, limit, cursor } }) => {
        if (sku !== undefined) {
          const holder = (await documents.documents(skus, 0, [sku])).get(sku);
          const found = holder && (await read(String(holder.body.productId)));
          return { items: found === undefined ? [] : [keptProduct(found)], nextCursor: null };
        }
        const list = `kept products ${status} ${seller ?? ''}`;
        const last = decodeCursor(cursor, list) as readonly [number, string] | undefined;
        const found = await documents.query({
          ...{ collection: products, generation: 0, order: 'descending', limit: limit + 1 },
          where: { status, ...(seller === undefined ? {} : { sellerId: seller }) },
          ...(last === undefined ? {} : { after: { value: last[0], key: last[1] } }),
        });
        const items = found.slice(0, limit).map(keptProduct);
        const end = found.length > limit ? items.at(-1) : undefined;
        return { items, nextCursor: end === undefined ? null : encodeCursor([end.addedAt, end.productId], list) };
      },
    );

    http.get(
      '/v1/admin/products/:productId',
      {
        schema: {
          tags,
          summary: 'A product as it is kept',
          params: Type.Object({ productId: Id }),
          response: { 200: KeptProduct },
        },
        config: { problems: ['unknown_product'] },
      },
      async ({ params: { productId } }) => {
        const found = await read(productId);
        if (found === undefined) throw new Problem('unknown_product', 'There is no such product.');
        return keptProduct(found);
      },
    );
  };
}

function keptProduct({ body }: StoredDocument) {
  const { product, ...known } = decodeProduct(body);
  return { ...product, ...known };
}
