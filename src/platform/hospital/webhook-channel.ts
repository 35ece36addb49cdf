import { createHmac } from 'node:crypto';
import type { NoticeChannel } from './notice-port.ts';
import { summaryOf } from './notice-text.ts';

export interface Webhook {
  readonly url: string;
  /** Shared with the receiver. */
  readonly secret: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Posts notices to the team's own address, by the rules of Standard Webhooks: `webhook-id` is the same at each attempt of a notice,
 * `webhook-timestamp` (seconds) is of the attempt, `webhook-signature` is `v1,` and the HMAC-SHA256 of `id.timestamp.body` in
 * base64. Any 2xx is taken as received; redirects are not followed.
 */
export function webhookChannel({ url, secret }: Webhook): NoticeChannel {
  return {
    ...{ name: 'webhook', to: addressOf(url), fromStep: 0 },
    async send(notice) {
      const { id, at, step, team = null, escalated } = notice;
      const type = step === 0 ? 'hospital.case.admitted' : 'hospital.case.waiting';
      const body = JSON.stringify({ type, id, at, step, team, escalated, case: summaryOf(notice) });
      const timestamp = String(Math.floor(at / 1_000));
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureOf(secret, id, timestamp, body),
        },
        body,
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
    },
  };
}

/** What a receiver computes too. */
export function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Query and credentials may be secret: they never enter a record. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
