import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServer } from './port.ts';
import { Problem } from './problem.ts';

/**
 * Lets only processes of the same shop in to the routes of this scope; to everybody else the routes do not exist.
 * Register it before them.
 */
export function guardInside(http: HttpServer, token: string): void {
  const expected = digest(`Bearer ${token}`);
  // Digesting costs more than remembering the one header that was right.
  let right: string | undefined;
  http.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: (problem?: Problem) => void) => {
    const given = request.headers.authorization ?? '';
    if (given === right) return done();
    if (!timingSafeEqual(digest(given), expected))
      return done(new Problem('not_found', 'There is nothing at this address.'));
    right = given;
    done();
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
