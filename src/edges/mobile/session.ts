import type { FastifyRequest } from 'fastify';
import type { Capabilities } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';

/** The shopper that a request speaks for, by its bearer token; there are no cookies. Throws `unauthorized` without one of ours. */
export function shopperOf(request: Pick<FastifyRequest, 'headers'>, capabilities: Capabilities): string {
  const shopperId = capabilities.shopperOf(request);
  if (shopperId !== undefined) return shopperId;
  throw new Problem('unauthorized', 'Send the token that came with the first cart as `Authorization: Bearer`.');
}
