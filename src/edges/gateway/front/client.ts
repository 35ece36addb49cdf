import type { IncomingMessage } from 'node:http';

export interface ClientPolicy {
  /** Whether a proxy in front tells the client's address. */
  readonly trustForwarded: boolean;
  /** Whom a request speaks for; undefined unless its token is one of ours. Without it nobody is known by a token. */
  readonly shopperOf?: (request: IncomingMessage) => string | undefined;
}

/**
 * Who asks, for limits and sticky targets: the shopper where one shows a token that is ours and is wanted, else the address, for
 * made-up tokens are free. Behind a proxy that is trusted the address is the last that it added to `X-Forwarded-For`; what stands
 * before came from the client and may be made up, too.
 */
export function clientOf(request: IncomingMessage, by: 'address' | 'token', policy: ClientPolicy): string {
  const shopper = by === 'token' ? policy.shopperOf?.(request) : undefined;
  if (shopper !== undefined) return shopper;
  const { 'x-forwarded-for': told } = request.headers;
  const last = policy.trustForwarded && typeof told === 'string' ? told.split(',').at(-1)?.trim() : undefined;
  return last || request.socket.remoteAddress || 'unknown';
}
