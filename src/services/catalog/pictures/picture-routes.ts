import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { PictureFormat } from '../../../contracts/pictures.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { askedPicture } from './forms.ts';
import type { Pictures } from './pictures.ts';
import { NoTurn } from './turns.ts';

const TYPES: Readonly<Record<PictureFormat, string>> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };

/**
 * `/images/{subject}/{name}.svg` the drawing, `….{width}.{avif|webp|jpg}` the same in pixels, `….og.jpg` for a link's preview.
 * Addresses carry no version: copies are good for a day, then asked for again by their ETag.
 */
export function pictureRoutes(pictures: Pictures): HttpRoutes {
  return (http) => {
    http.get(
      '/images/:subject/:file',
      { schema: { hide: true, params: Type.Object({ subject: Type.String(), file: Type.String() }) } },
      async (request, reply) => {
        const { subject, file } = request.params;
        const { name, form } = askedPicture(file) ?? {};
        const drawn = name === undefined ? undefined : pictures.drawn(subject, name);
        if (form === undefined || drawn === undefined)
          throw new Problem('not_found', `There is no picture ${subject}/${file}.`);
        const isDrawing = form === 'svg';
        reply.header('cache-control', 'public, max-age=86400, must-revalidate');
        if (hasNewest(request, reply, `"${drawn.version}.${isDrawing ? form : form.name}"`))
          return reply.code(304).send();
        if (isDrawing)
          return reply
            .type('image/svg+xml; charset=utf-8')
            .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
            .send(drawn.svg);
        return reply.type(TYPES[form.format]).send(await pictures.rendition(drawn, form).catch(unavailable));
      },
    );
  };
}

function hasNewest(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag);
  const known = request.headers['if-none-match'];
  return known?.split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim())) ?? false;
}

function unavailable(error: unknown): never {
  if (error instanceof NoTurn)
    throw new Problem('unavailable', 'Too many pictures are being made. Ask again in a moment.');
  throw error;
}
