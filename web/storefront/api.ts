/** A refusal of the shop (RFC 9457): react to `code`; `detail` is for people who read English. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly [extra: string]: unknown;
}

/** What came of a request. `offline`: no answer came; the request may have been taken, so ask again with the same key. */
export type Result<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer; readonly status: number }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'offline' };

interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** The same for every repetition of one wish. */
  readonly idempotencyKey?: string;
  /** How long an answer is waited for, in ms. Default 15,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 15_000;

/** Asks the pages' own API (`/web/v1/…`). Never throws, but for a `signal` that was aborted. */
export async function ask<Answer>(path: string, asking: Asking = {}): Promise<Result<Answer>> {
  const { method = 'GET', body, idempotencyKey, timeoutMs = TIMEOUT_MS, signal } = asking;
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        // Says that the write comes from our own page: no other site's script can set it.
        ...(method !== 'GET' && { 'x-jangteo': 'page' }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return { kind: 'done', answer: answer as Answer, status: response.status };
    const known = typeof answer?.code === 'string';
    return {
      kind: 'refused',
      problem: known ? answer : { code: 'unavailable', status: response.status, detail: '' },
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'offline' };
  }
}
