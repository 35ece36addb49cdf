import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from '../../platform/http/capability.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { RateLimit, RateLimits } from '../../platform/rate-limit/port.ts';

/** Asked before a guest's cart is opened. Throws `too_many_requests`, with the time to wait in `Retry-After`. */
export type GuestCartGate = (request: Pick<FastifyRequest, 'ip'>, reply: Pick<FastifyReply, 'header'>) => Promise<void>;

/** Generous: a whole office, or a mobile network, may stand behind one address. */
export const GUEST_CARTS_PER_MINUTE = 600;

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * How many carts guests of one address may open in a minute (default 600, as many at once); of IPv6 a network of 64 bits counts as
 * one address. Addresses of this machine are not limited: they are a proxy that does not tell for whom it asks, or a test, and to
 * limit all shoppers as one would be worse than not to.
 */
export function guestCartGate(limits: RateLimits, perMinute = GUEST_CARTS_PER_MINUTE): GuestCartGate {
  const limit: RateLimit = { name: 'carts.open', count: perMinute, perMs: 60_000 };
  const limiter = limits(limit);
  return async ({ ip }, reply) => {
    if (LOOPBACK.test(ip)) return;
    const { allowed, retryAfterMs } = await limiter.take(networkOf(ip));
    if (allowed) return;
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
    reply.header('retry-after', String(seconds));
    throw new Problem('too_many_requests', `Too many carts were opened from your network; wait ${seconds} s.`);
  };
}

/** Puts the gate before `POST /v1/carts` for whoever comes without a token. Register it before the routes. */
export function guardGuestCarts(http: HttpServer, mayOpen: GuestCartGate): void {
  const check = async (request: FastifyRequest, reply: FastifyReply) => {
    if (bearerOf(request.headers.authorization) === undefined) await mayOpen(request, reply);
  };
  http.addHook('onRoute', (route) => {
    if (route.url === '/v1/carts' && [route.method].flat().includes('POST'))
      route.onRequest = [check, ...[route.onRequest ?? []].flat()];
  });
}

/** An IPv4 address, or the first 64 bits of an IPv6 one, of which one customer has at least so many. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped !== null) return mapped[1] ?? address;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill('0'), ...behind]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
