import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from './problem.ts';

/** What of a request its idempotency rests on; every Fastify request fits. */
export interface RepeatableRequest {
  readonly method: string;
  readonly url: string;
  readonly routeOptions: { readonly url?: string | undefined };
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

/** The scope (principal, method, route) and the caller's key in one text, and what the request asked for, hashed. */
export interface Idempotency {
  readonly key: string;
  readonly bodyHash: string;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The request's `Idempotency-Key` in the scope of `principal` (a shopper, `admin`), undefined without one. The hash covers
 * address and body, so a key that comes back for another cart is a reuse, not a repetition. Throws `validation_failed` for
 * a key that is not 1 to 255 visible ASCII characters.
 */
export function idempotencyOf(request: RepeatableRequest, principal: string): Idempotency | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = unquoted(String(header));
  if (!KEY.test(key)) {
    const message = 'must be 1 to 255 visible ASCII characters';
    throw new Problem('validation_failed', `The Idempotency-Key ${message}.`, {
      errors: [{ path: 'headers/Idempotency-Key', message }],
    });
  }
  return {
    key: `${principal} ${request.method} ${request.routeOptions.url ?? request.url} ${key}`,
    bodyHash: hash('sha256', `${request.url}\n${canonical(request.body)}`, 'base64url'),
  };
}

/** As `idempotencyOf`, for routes that move money. Throws `idempotency_key_required` without a key. */
export function requiredIdempotency(request: RepeatableRequest, principal: string): Idempotency {
  const idempotency = idempotencyOf(request, principal);
  if (idempotency !== undefined) return idempotency;
  throw new Problem(
    'idempotency_key_required',
    'Send an Idempotency-Key header, a new random one for each wish, the same one when you ask again.',
  );
}

/** The idempotency of a call by its name, as `idempotencyOf` is of a request: a key counts for its principal and its call. */
export function idempotencyOfCall(call: string, principal: string, key: string, request: object): Idempotency {
  return { key: `${principal} ${call} ${key}`, bodyHash: hash('sha256', canonical(request), 'base64url') };
}

/** The structured-field form of the IETF draft quotes the key; both forms name the same key. */
function unquoted(key: string): string {
  return key.length > 2 && key.startsWith('"') && key.endsWith('"') ? key.slice(1, -1) : key;
}

/** JSON with sorted fields: two spellings of one body hash alike. */
function canonical(value: unknown): string {
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  let fields = '';
  for (const name of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(name)}:${canonical(field)}`;
  }
  return `{${fields}}`;
}
