import type { Clock, Random } from '../clock/port.ts';

/** Whether it is worth asking somebody who may be away. */
export interface Pause {
  /** False while nobody should ask; when the pause is over, true for one who tries. */
  mayAsk(): boolean;
  answered(): void;
  failed(): void;
  isUp(): boolean;
}

export interface PauseOptions {
  /** Failures in a row after which a pause is made. */
  readonly failures: number;
  /** Its mean length in ms; it varies by half, so that many processes do not come back at once. */
  readonly pauseMs: number;
  readonly onChange?: (isUp: boolean) => void;
}

/** Spares everybody the wait for somebody who does not answer: a circuit breaker that counts failures in a row. */
export function pauseAfterFailures(
  clock: Pick<Clock, 'now'>,
  random: Pick<Random, 'fraction'>,
  { failures, pauseMs, onChange }: PauseOptions,
): Pause {
  let inARow = 0;
  let pausedUntil = 0;
  const isUp = () => inARow < failures;
  const pause = () => {
    pausedUntil = clock.now() + pauseMs * (0.5 + random.fraction());
  };

  return {
    mayAsk() {
      if (isUp()) return true;
      if (clock.now() < pausedUntil) return false;
      // The one who tries; whoever comes while it does so finds a new pause.
      pause();
      return true;
    },
    answered() {
      const wasUp = isUp();
      inARow = 0;
      if (!wasUp) onChange?.(true);
    },
    failed() {
      inARow++;
      if (inARow < failures) return;
      pause();
      if (inARow === failures) onChange?.(false);
    },
    isUp,
  };
}
