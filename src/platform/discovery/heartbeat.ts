import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import { wordsOf } from './asking.ts';
import { type Registration, RegistrationEnded } from './port.ts';

/** How one registry takes, keeps and gives back an instance. Each throws when the registry does not answer as it should. */
export interface Lease {
  readonly take: (signal: AbortSignal) => Promise<void>;
  readonly renew: (signal: AbortSignal) => Promise<'kept' | 'forgotten'>;
  readonly release: (signal: AbortSignal) => Promise<void>;
}

export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly ttlMs: number;
  readonly lease: Lease;
}

/** Beats this often in a lease, so that two may be lost. */
const BEATS = 3;
const RELEASE_MS = 2_000;
const FIRST_MS = 200;
const LEAST_MS = 25;

/** Takes a lease, renews it three times within its life, and takes it anew whenever the registry has forgotten it. */
export function keepRegistered({ clock, random, ttlMs, lease }: HeartbeatOptions): Registration {
  const stopping = new AbortController();
  let beatAt: number | undefined;
  let trouble: string | undefined;
  let failures = 0;
  const { promise: taken, resolve, reject } = Promise.withResolvers<void>();
  taken.catch(() => undefined);

  const beat = async (): Promise<void> => {
    const kept = beatAt === undefined ? 'forgotten' : await lease.renew(stopping.signal);
    if (kept === 'forgotten') await lease.take(stopping.signal);
    beatAt = clock.now();
    trouble = undefined;
    failures = 0;
    resolve();
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      const failed = await beat().then(
        () => false,
        (error: unknown) => {
          trouble = wordsOf(error);
          failures += 1;
          return true;
        },
      );
      const everyMs = ttlMs / BEATS;
      const pauseMs = failed
        ? LEAST_MS + backoffMs(failures, random, { firstMs: FIRST_MS, mostMs: everyMs })
        : everyMs * (0.8 + 0.2 * random.fraction());
      await sleep(clock, pauseMs, stopping.signal);
    }
  };
  const running = run();
  let ended: Promise<void> | undefined;

  const end = async () => {
    stopping.abort();
    await running;
    reject(new RegistrationEnded('the registration was taken back before the registry took it'));
    const late = new AbortController();
    const cancel = clock.after(RELEASE_MS, () => late.abort());
    await lease.release(late.signal).catch(() => undefined);
    cancel();
  };
  return {
    taken,
    status() {
      const isTaken = ended === undefined && beatAt !== undefined && clock.now() - beatAt < ttlMs;
      return trouble === undefined ? { taken: isTaken } : { taken: isTaken, trouble };
    },
    deregister() {
      ended ??= end();
      return ended;
    },
  };
}
