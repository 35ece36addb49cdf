import { type Clock, type Random, sleep } from '../../platform/clock/port.ts';
import { backoffMs } from '../../platform/resilience/retry.ts';
import type { RunningEngine } from '../local-engines/port.ts';

interface KeepAliveOptions {
  readonly engine: RunningEngine;
  readonly clock: Clock;
  readonly random: Random;
  readonly say: (line: string) => void;
}

const LOOK_MS = 250;
const BACKOFF = { firstMs: 200, mostMs: 5_000 };

/** An engine that is started again when it ends. */
export interface KeptAlive {
  /** How often that was tried. */
  restarts(): number;
  /** When it was last found whole or begun to be started, in ms since 1970. */
  since(): number;
  stop(): Promise<void>;
}

/** Starts an engine, or those of its processes that have ended, again until it is stopped. */
export function keepAlive({ engine, clock, random, say }: KeepAliveOptions): KeptAlive {
  const stopping = new AbortController();
  const whole = engine.processes().map(({ name }) => name);
  let [failures, restarts, since] = [0, 0, clock.now()];
  const look = async (): Promise<number> => {
    const running = engine.processes();
    const ended = whole.filter((name) => !running.some((process) => process.name === name));
    if (ended.length === 0) {
      failures = 0;
      return LOOK_MS;
    }
    failures += 1;
    restarts += 1;
    since = clock.now();
    const what = running.length === 0 ? engine.instance : `${ended.join(', ')} of ${engine.instance}`;
    say(`${what} ended and is started again.`);
    try {
      await engine.revive(stopping.signal);
      since = clock.now();
    } catch (error) {
      if (!stopping.signal.aborted) say(`${engine.instance} does not start: ${(error as Error).message}`);
    }
    return LOOK_MS + backoffMs(failures, random, BACKOFF);
  };
  const run = async () => {
    for (let pauseMs = LOOK_MS; ; ) {
      await sleep(clock, pauseMs, stopping.signal);
      if (stopping.signal.aborted) return;
      pauseMs = await look();
    }
  };
  const running = run();
  return {
    restarts: () => restarts,
    since: () => since,
    stop() {
      stopping.abort();
      return running;
    },
  };
}
