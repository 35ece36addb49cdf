import type { IncomingMessage } from 'node:http';

export interface ClientPolicy {
  /** Whether whoever connects from this address tells for whom it asks: a balancer or proxy of ours. */
  readonly trusts: (address: string | undefined) => boolean;
  /** Whom a request speaks for; undefined unless its token is one of ours. Without it nobody is known by a token. */
  readonly shopperOf?: (request: IncomingMessage) => string | undefined;
  /** What counts as one client of these addresses; undefined: whoever asks from there is not limited. Default: each for itself. */
  readonly countedAs?: (address: string) => string | undefined;
}

/**
 * Who asks: the shopper where one shows a token that is ours and is wanted, else the address, for made-up tokens are free. Behind a
 * proxy that is trusted the address is the last that it added to `X-Forwarded-For`; what stands before came from the client and may
 * be made up, too.
 */
export function clientOf(request: IncomingMessage, by: 'address' | 'token', policy: ClientPolicy): string {
  return (by === 'token' ? policy.shopperOf?.(request) : undefined) ?? addressOf(request, policy);
}

/** The same for limits; undefined when this client has none. */
export function limitedAs(request: IncomingMessage, by: 'address' | 'token', policy: ClientPolicy): string | undefined {
  const shopper = by === 'token' ? policy.shopperOf?.(request) : undefined;
  if (shopper !== undefined) return shopper;
  const address = addressOf(request, policy);
  return policy.countedAs === undefined ? address : policy.countedAs(address);
}

function addressOf(request: IncomingMessage, { trusts }: ClientPolicy): string {
  const { remoteAddress } = request.socket;
  const { 'x-forwarded-for': told } = request.headers;
  const last = typeof told === 'string' && trusts(remoteAddress) ? told.split(',').at(-1)?.trim() : undefined;
  return last || remoteAddress || 'unknown';
}
