import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredEncoding } from '../showing/encoding.ts';
import type { Language } from '../showing/language.ts';
import type { SendablePage } from '../showing/page-cache.ts';
import { PAGE_HEADERS } from './headers.ts';

/**
 * Sends a page in the best compression that its reader takes, or only says that the reader has it. Browsers ask again each time
 * whether theirs is still the newest: a change of stock shows at once.
 */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: SendablePage,
  language: Language,
): FastifyReply | Promise<FastifyReply> {
  reply.headers(PAGE_HEADERS[language]);
  if (!page.kept) reply.header('cache-control', 'private, no-store');
  else {
    reply.header('cache-control', 'no-cache').header('etag', page.etag);
    if (knows(request.headers['if-none-match'], page.etag)) return reply.code(304).send();
  }
  const encoding = preferredEncoding(request.headers['accept-encoding']);
  if (encoding === undefined) return reply.send(page.bytes);
  reply.header('content-encoding', encoding);
  const compressed = page.compressed(encoding);
  return compressed instanceof Promise ? compressed.then((bytes) => reply.send(bytes)) : reply.send(compressed);
}

function knows(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = etag.slice(2);
  return ifNoneMatch.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === opaque);
}
