import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from '../../platform/http/capability.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';

/**
 * Lets nobody without the admin's token into `/v1/admin`, or what else is `guarded`: asked before anything of the body is read. The
 * guard hangs on the routes themselves, not on how an address is spelt. Register it before them.
 */
export function guardAdmin(http: HttpServer, adminToken: string, guarded = /^\/v1\/admin(\/|$)/): void {
  const expected = digest(adminToken);

  const check = (request: FastifyRequest, _reply: FastifyReply, done: (problem?: Problem) => void) => {
    const token = bearerOf(request.headers.authorization);
    if (token === undefined) {
      done(new Problem('unauthorized', 'Send the admin token as `Authorization: Bearer …`.'));
    } else if (!timingSafeEqual(digest(token), expected)) {
      done(new Problem('forbidden', 'This token does not open the administration.'));
    } else done();
  };

  http.addHook('onRoute', (route) => {
    if (guarded.test(route.url)) route.onRequest = [check, ...[route.onRequest ?? []].flat()];
  });
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
