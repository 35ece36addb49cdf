import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServer } from './port.ts';
import { Problem } from './problem.ts';

/**
 * Lets only processes of the same shop in to the routes of this scope; to everybody else the routes do not exist.
 * Register it before them.
 */
export function guardInside(http: HttpServer, token: string): void {
  const mayEnter = showsToken(token);
  http.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: (problem?: Problem) => void) => {
    if (mayEnter(request.headers.authorization ?? '')) done();
    else done(new Problem('not_found', 'There is nothing at this address.'));
  });
}

/** Whether an `Authorization` header shows the token that processes of the same shop know. */
export function showsToken(token: string): (authorization: string) => boolean {
  const expected = digest(`Bearer ${token}`);
  // Digesting costs more than remembering the one header that was right.
  let right: string | undefined;
  return (authorization) => {
    if (authorization === right) return true;
    if (!timingSafeEqual(digest(authorization), expected)) return false;
    right = authorization;
    return true;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
