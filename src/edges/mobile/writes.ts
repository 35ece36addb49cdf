import type { FastifyRequest } from 'fastify';
import { type TProperties, Type } from 'typebox';
import type { CallContext } from '../../kernel/contract.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';

const KEY = '^[\\x21-\\x7e]{16,255}$';
const fits = new RegExp(KEY);

/** The header that every write carries, for a phone never knows which of its requests arrived. */
export const WRITE_HEADERS: TProperties = {
  'idempotency-key': Type.String({
    ...{ pattern: KEY, minLength: 16, maxLength: 255 },
    description: 'A UUID, new for each wish and kept with it: asked again with the same, nothing happens twice.',
  }),
};

/** Refuses writes of a scope without an idempotency key, before their bodies are read. */
export function askForKeys(scope: HttpServer): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.idempotencyKey !== 'required' || fits.test(keyOf(request))) return done();
    const detail =
      'Send an Idempotency-Key of 16 to 255 characters, a new UUID for each wish, the same when you ask again.';
    done(new Problem('idempotency_key_required', detail));
  });
}

/** What a write tells whomever it asks. `part` tells the wishes of one request apart. */
export function contextOf(request: FastifyRequest, part = ''): CallContext {
  const { traceparent } = request;
  return { idempotencyKey: `${keyOf(request)}${part}`, ...(traceparent === undefined ? {} : { traceparent }) };
}

function keyOf({ headers }: FastifyRequest): string {
  return String(headers['idempotency-key'] ?? '');
}
