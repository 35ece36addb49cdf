import { request } from 'undici';
import { SIGNATURE_HEADER, sign } from '../signature.ts';
import { type Label, STAGES } from './labels.ts';

export interface MessengerOptions {
  /** Where news go; nobody is told without it. */
  readonly webhook: string | undefined;
  readonly secret: string;
  /** How long after its label a parcel reaches each stage, in ms. */
  readonly delaysMs: readonly number[];
  readonly acknowledged: (label: Label, told: number) => void;
}

export interface Messenger {
  /** Tells the shop what happens to a parcel, stage by stage, from where it stands. */
  follow(label: Label): void;
  stop(): void;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;
const PATIENCE_MS = 5_000;

/** Delivers webhooks in order for each parcel; one that is not acknowledged (2xx) is sent again, ever more slowly. */
export function messenger({ webhook, secret, delaysMs, acknowledged }: MessengerOptions): Messenger {
  const timers = new Set<NodeJS.Timeout>();

  const later = (ms: number, task: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      task();
    }, ms);
    timers.add(timer);
  };

  async function tell(label: Label, stage: number, attempt: number): Promise<void> {
    if (await isAcknowledged(label, stage)) {
      acknowledged(label, stage + 1);
      next(label, stage + 1);
    } else {
      later(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt), () => void tell(label, stage, attempt + 1));
    }
  }

  async function isAcknowledged(label: Label, stage: number): Promise<boolean> {
    const occurredAt = label.madeAt + (delaysMs[stage] ?? 0);
    const body = JSON.stringify({
      tracking_no: label.trackingNo,
      reference: label.reference,
      code: STAGES[stage],
      occurred_at: new Date(occurredAt).toISOString(),
    });
    try {
      const answer = await request(webhook ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(secret, body, Date.now()) },
        body,
        headersTimeout: PATIENCE_MS,
      });
      await answer.body.dump();
      return answer.statusCode < 300;
    } catch {
      return false;
    }
  }

  function next(label: Label, stage: number): void {
    if (stage >= STAGES.length || webhook === undefined) return;
    const dueAt = label.madeAt + (delaysMs[stage] ?? 0);
    later(Math.max(0, dueAt - Date.now()), () => void tell(label, stage, 0));
  }

  return {
    follow: (label) => next(label, label.told),
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
