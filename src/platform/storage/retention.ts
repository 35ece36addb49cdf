import type { Clock } from '../clock/port.ts';
import type { Logger } from '../telemetry/port.ts';
import type { Storage } from './port.ts';

/** How long the answer under an idempotency key is kept: a client that asks again later than that asks anew. */
export const KEEP_IDEMPOTENCY_MS = 30 * 24 * 3_600_000;

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/**
 * Removes what has outlived its keeping, a minute after the start and every hour, until the returned function is called,
 * which waits for a removal under way.
 */
export function keepRetention(
  storage: Pick<Storage, 'expireIdempotency'>,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): () => Promise<void> {
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let cancel = () => {};

  const remove = async () => {
    try {
      await storage.expireIdempotency(clock.now() - KEEP_IDEMPOTENCY_MS);
    } catch (error) {
      logger.warn({ err: error }, 'what has outlived its keeping could not be removed; tried again later');
    }
  };
  const later = (delayMs: number) => {
    if (stopped) return;
    cancel = clock.after(delayMs, () => {
      underWay = remove().then(() => later(EVERY_MS));
    });
  };
  later(FIRST_AFTER_MS);
  return async () => {
    stopped = true;
    cancel();
    await underWay;
  };
}
