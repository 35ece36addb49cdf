import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Random } from '../../platform/clock/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';

/** Stands in the built page where the nonce of an answer goes. */
export const NONCE_PLACE = '__CSP_NONCE__';

/**
 * The console's pages: one document for every address below `/console/`, because it finds its way by itself, and its files at
 * `/console/assets/`, which never change under their names. `folder` is what the build made.
 */
export function consolePages(folder: string, random: Pick<Random, 'bytes'>): HttpRoutes {
  const document = async (reply: FastifyReply) => {
    const nonce = Buffer.from(random.bytes(16)).toString('base64');
    const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => {
      throw new Problem('unavailable', 'The console’s pages are not built yet; npm start builds them.');
    });
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policyWith(nonce))
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .send(html.replaceAll(NONCE_PLACE, nonce));
  };

  return async (http) => {
    await http.register(files, {
      root: join(folder, 'assets'),
      prefix: '/console/assets/',
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      index: false,
      decorateReply: false,
      logLevel: 'silent',
    });
    http.get('/console', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/console/', 308));
    http.get('/console/*', { schema: { hide: true } }, async (request, reply) => {
      if (request.url.startsWith('/console/api/')) throw new Problem('not_found', 'There is nothing at this address.');
      return document(reply);
    });
  };
}

/** Nothing from elsewhere. The nonce is for the style elements that dialogs make while they are open; scripts are files. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
