import { apartFromAccount } from '../http/account.ts';
import type { Sent } from './port.ts';

export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | Extract<Sent, { readonly kind: 'later' }>;

/** What is posted: as JSON, unless it says otherwise, and for as long as nobody gives it up. */
export interface Posting {
  readonly type?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a body; `later` when it was not taken and may be taken another time. Never throws. */
export type Poster = (url: string, body: string, posting?: Posting) => Promise<Posted>;

const TIMEOUT_MS = 15_000;

export const postJson: Poster = async (address, body, { type = 'application/json', signal } = {}) => {
  try {
    const { url, headers } = apartFromAccount(address);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, {
      ...{ method: 'POST', headers: { ...headers, 'content-type': type }, body },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const text = await answer.text();
    if (answer.status !== 429 && answer.status < 500)
      return { kind: 'answered', status: answer.status, body: parsed(text) };
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const why = `${new URL(url).host} answers ${answer.status}`;
    return { kind: 'later', why, ...(seconds > 0 && { afterMs: Math.min(seconds, 60) * 1_000 }) };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return {
      kind: 'later',
      why: `${URL.parse(address)?.host ?? 'the address'} is not reached (${cause?.code ?? message})`,
    };
  }
};

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
