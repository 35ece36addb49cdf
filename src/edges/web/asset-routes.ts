import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { preferredEncoding } from '../showing/encoding.ts';
import { LANGUAGES } from '../showing/language.ts';
import type { Storefront } from './storefront.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_A_DAY = 'public, max-age=86400';

/** The built files, whose names change with their content, and the icons, whose names stay. */
export function assetRoutes({ assets, manifest }: Pick<Storefront, 'assets' | 'manifest'>): HttpRoutes {
  const sendAs = (cacheControl: string) => (request: FastifyRequest, reply: FastifyReply) => {
    const asset = assets.get(request.url.split('?')[0] ?? '');
    if (asset === undefined) throw new Problem('not_found', 'There is no such file.');
    const encoding = preferredEncoding(request.headers['accept-encoding']);
    const compressed = encoding === undefined ? undefined : asset[encoding];
    if (compressed !== undefined) reply.header('content-encoding', encoding);
    reply
      .header('content-type', asset.type)
      .header('cache-control', cacheControl)
      .header('vary', 'accept-encoding')
      .send(compressed ?? asset.bytes);
  };

  return (http) => {
    http.get('/assets/*', { schema: { hide: true } }, sendAs(FOR_EVER));
    for (const address of assets.keys())
      if (!address.startsWith('/assets/')) http.get(address, { schema: { hide: true } }, sendAs(FOR_A_DAY));
    for (const language of LANGUAGES) {
      const text = JSON.stringify(manifest(language));
      http.get(`/${language}/manifest.webmanifest`, { schema: { hide: true } }, (_request, reply) => {
        reply.header('content-type', 'application/manifest+json').header('cache-control', FOR_A_DAY).send(text);
      });
    }
  };
}
