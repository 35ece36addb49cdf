import { hash } from 'node:crypto';
import type { HttpServer } from '../../platform/http/port.ts';
import type { Dialect } from './dialect.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether an app may keep the answer, and whether proxies on the way may, too. */
    readonly keep?: 'shared' | 'own';
  }
}

/**
 * How long an answer is good (`max-age`), and that an app without a network, or whose shop is in trouble, may go on showing it for a
 * day (RFC 5861).
 */
const KEPT = {
  shared: 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400',
  own: 'private, max-age=0, stale-if-error=86400',
} as const;

/**
 * Gives the answers of a scope that may be kept their ETag, and answers 304 to whoever has the newest. `more` are headers of requests
 * that answers depend on, beside those of language and device.
 */
export function keepFresh(scope: HttpServer, { deviceHeaders }: Dialect, more: readonly string[] = []): void {
  const vary = ['accept-language', ...Object.keys(deviceHeaders), ...more].join(', ');
  scope.addHook('onSend', (request, reply, payload, done) => {
    const { keep } = request.routeOptions.config;
    if (keep === undefined || reply.statusCode !== 200 || !isWhole(payload)) return done(null, payload);
    reply.header('vary', keep === 'own' ? `authorization, ${vary}` : vary);
    // A part is missing: what the app has kept is better than this.
    if (reply.hasHeader('cache-control')) return done(null, payload);
    const { etag = `W/"${hash('sha256', payload, 'base64url').slice(0, 22)}"` } = reply.getHeaders() as {
      etag?: string;
    };
    reply.header('cache-control', KEPT[keep]).header('etag', etag);
    if (!isKnown(request.headers['if-none-match'], etag)) return done(null, payload);
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  });
}

/** Not a stream. */
function isWhole(payload: unknown): payload is string | Buffer {
  return typeof payload === 'string' || Buffer.isBuffer(payload);
}

function isKnown(known: string | undefined, etag: string): boolean {
  return known?.split(',').some((each) => each.trim() === '*' || each.trim() === etag) ?? false;
}
