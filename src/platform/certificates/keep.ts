import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { Logger } from '../telemetry/port.ts';
import { faultIn, identityOf } from './identity.ts';
import type { CredentialSink, CredentialSource } from './port.ts';

export interface KeepOptions {
  /** Whom the certificates must speak for; others are not used. */
  readonly uri: string;
  readonly source: CredentialSource;
  readonly sink: CredentialSink;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface KeptCredentials {
  /** Resolves when the first were put in place. */
  readonly first: Promise<void>;
  status(): CredentialStatus;
  close(): Promise<void>;
}

export interface CredentialStatus {
  /** Of those in place, in ms since 1970; undefined before the first. */
  readonly notAfter: number | undefined;
  /** How often others took their place. */
  readonly renewals: number;
  /** Attempts that brought nothing that may be used. */
  readonly failures: number;
}

/** Renewed when this share of their life is over: what fails then has the rest of it to be put right. */
const RENEW_AT = 2 / 3;
/** Processes that began together do not renew together. */
const SPREAD = 0.1;
const BACKOFF = { firstMs: 1_000, mostMs: 300_000 };
/** Timers of longer than 24 days fire at once. */
const LONGEST_SLEEP_MS = 86_400_000;

/**
 * Puts credentials in place, and others before they expire or as soon as the source has some. Those in place stay there while there
 * are none better: what cannot be used is told and never put in place.
 */
export function keepCredentials(options: KeepOptions): KeptCredentials {
  const { uri, source, sink, clock, random, logger } = options;
  const closing = new AbortController();
  const first = Promise.withResolvers<void>();
  const inPlace = { certificates: '', authorities: '' };
  const share = RENEW_AT - SPREAD * random.fraction();
  let [notAfter, dueAt]: [number | undefined, number] = [undefined, 0];
  let [renewals, failures, inARow] = [0, 0, 0];
  let waking = new AbortController();
  const unwatch = source.watch(() => waking.abort());

  /** How long to wait until the next attempt, in ms. */
  async function attempt(): Promise<number> {
    const fault = await replace().catch((error: unknown) => `they cannot be had (${(error as Error).message})`);
    if (fault === undefined) {
      inARow = 0;
      return Math.min(LONGEST_SLEEP_MS, Math.max(0, dueAt - clock.now()));
    }
    failures += 1;
    inARow += 1;
    const left = notAfter === undefined ? 0 : Math.round((notAfter - clock.now()) / 1_000);
    logger.warn({ uri, fault, secondsLeft: left }, 'no credentials that may be used; those in place stay');
    return backoffMs(inARow, random, BACKOFF);
  }

  async function replace(): Promise<string | undefined> {
    const found = await source.obtain();
    if (found === undefined) return 'there are none yet';
    const fault = faultIn(found, uri, clock.now());
    if (fault !== undefined) return fault;
    if (found.certificates === inPlace.certificates && found.authorities === inPlace.authorities)
      return dueAt > clock.now() ? undefined : 'they expire soon, and there are no others';
    await sink(found);
    ({ certificates: inPlace.certificates, authorities: inPlace.authorities } = found);
    if (notAfter !== undefined) renewals += 1;
    notAfter = identityOf(found.certificates).notAfter;
    dueAt = clock.now() + (notAfter - clock.now()) * share;
    logger.info({ uri, until: new Date(notAfter).toISOString() }, 'credentials are in place');
    first.resolve();
    return undefined;
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      waking = new AbortController();
      const woken = AbortSignal.any([waking.signal, closing.signal]);
      await sleep(clock, await attempt(), woken);
    }
  }
  const running = run();
  return {
    first: first.promise,
    status: () => ({ notAfter, renewals, failures }),
    async close() {
      closing.abort();
      unwatch();
      await running;
    },
  };
}
