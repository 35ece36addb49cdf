import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../kernel/json.ts';

/** The public and admin API of a running shop, as the replay uses it. */
export interface ShopApi {
  ask(method: string, path: string, options?: AskOptions): Promise<ApiAnswer>;
  /** The idempotency key for a wish: always the same, and guessed by nobody who does not hold the admin token. */
  keyFor(wish: string): string;
}

export interface AskOptions {
  readonly body?: JsonObject;
  readonly csv?: string;
  /** A guest's token; absent for the shop's admin, null for nobody. */
  readonly token?: string | null;
  readonly idempotencyKey?: string;
  readonly prefer?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: JsonObject;
  /** How long to wait before asking again, as the shop says it. */
  readonly retryAfterMs?: number;
}

const ATTEMPTS = 5;
const PAUSE_MS = 500;
/** Some customers of a month come more often than a shop lets one shopper in a minute. */
const WAITS_AT_MOST = 60;

/**
 * The API behind `url`. A connection that breaks and a 503 are tried again, for every write carries a key, and who asked too often (429)
 * waits as long as it is told; throws an Error in one plain sentence when the shop stays away.
 */
export function shopApi(url: string, adminToken: string): ShopApi {
  return {
    keyFor: (wish) => createHmac('sha256', adminToken).update(wish).digest('base64url'),
    async ask(method, path, options = {}) {
      let [attempts, waits] = [0, 0];
      for (;;) {
        const answer = await once(url, adminToken, method, path, options).catch((error: Error) => error);
        if (!(answer instanceof Error) && answer.status === 429 && waits++ < WAITS_AT_MOST) {
          await pause(answer.retryAfterMs ?? PAUSE_MS);
          continue;
        }
        if (!(answer instanceof Error) && answer.status !== 503) return answer;
        if (++attempts === ATTEMPTS)
          throw new Error(
            `The shop at ${url} does not answer (${method} ${path}): start it with npm start and replay again; nothing is sold twice.`,
          );
        await pause(PAUSE_MS * attempts);
      }
    },
  };
}

/** The body of a success; throws an Error that names the call and the problem otherwise. */
export function successOf(answer: ApiAnswer, what: string): JsonObject {
  if (answer.status < 300) return answer.body;
  throw new Error(`${what} was refused: ${answer.body.detail ?? answer.status} (${answer.body.code ?? 'no code'}).`);
}

async function once(
  url: string,
  adminToken: string,
  method: string,
  path: string,
  options: AskOptions,
): Promise<ApiAnswer> {
  const token = options.token === undefined ? adminToken : options.token;
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
      ...(options.prefer === undefined ? {} : { prefer: options.prefer }),
      ...(options.csv === undefined ? {} : { 'content-type': 'text/csv' }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.csv === undefined ? {} : { body: options.csv }),
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const retryAfter = response.headers.get('retry-after');
  return {
    status: response.status,
    body: text === '' ? {} : (JSON.parse(text) as JsonObject),
    ...(retryAfter !== null && { retryAfterMs: 1_000 * (Number(retryAfter) || 1) }),
  };
}
