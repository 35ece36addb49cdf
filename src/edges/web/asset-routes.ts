import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { preferredEncoding } from './encoding.ts';
import type { Storefront } from './storefront.ts';

/** The built files. Their names change with their content, so whoever has one need never ask again. */
export function assetRoutes({ assets }: Pick<Storefront, 'assets'>): HttpRoutes {
  return (http) => {
    http.get('/assets/*', { schema: { hide: true } }, (request, reply) => {
      const asset = assets.get(request.url.split('?')[0] ?? '');
      if (asset === undefined) throw new Problem('not_found', 'There is no such file.');
      const encoding = preferredEncoding(request.headers['accept-encoding']);
      const compressed = encoding === undefined ? undefined : asset[encoding];
      if (compressed !== undefined) reply.header('content-encoding', encoding);
      reply
        .header('content-type', asset.type)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .send(compressed ?? asset.bytes);
    });
  };
}
