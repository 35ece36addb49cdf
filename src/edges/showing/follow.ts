import type { Clock } from '../../platform/clock/port.ts';
import type { Invalidations } from '../../platform/invalidation/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';

/** Changes that another process committed may be told by nobody here: they are looked for this often, in ms. */
const LOOK_AGAIN_MS = 10_000;

export interface Followed<Value> {
  /** Published whenever the value may have changed. */
  readonly tag: string;
  /** Reads it as it is now. When this fails, it is logged and read again at the next occasion. */
  readonly read: () => Promise<Value>;
  /** Hears every value that was read, also one that is the same as before; one at a time. */
  readonly tell: (value: Value) => void;
}

export interface FollowParts {
  readonly invalidations: Pick<Invalidations, 'subscribe'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly logger: Logger;
}

/** Reads a value now and whenever its tag is published, until the returned function is called. */
export function follow<Value>(
  { tag, read, tell }: Followed<Value>,
  { invalidations, clock, logger }: FollowParts,
): () => void {
  let isOver = false;
  let looking = false;
  let lookAgain = false;
  const look = async () => {
    lookAgain = true;
    if (looking) return;
    looking = true;
    while (lookAgain && !isOver) {
      lookAgain = false;
      try {
        const value = await read();
        if (!isOver) tell(value);
      } catch (error) {
        logger.warn({ err: error, tag }, 'what is followed could not be read');
      }
    }
    looking = false;
  };
  const stopListening = invalidations.subscribe(
    (tags) => {
      if (tags.includes(tag)) void look();
    },
    () => void look(),
  );
  let cancelTimer = () => {};
  const rest = () => {
    cancelTimer = clock.after(LOOK_AGAIN_MS, () => {
      void look();
      rest();
    });
  };
  rest();
  void look();
  return () => {
    isOver = true;
    stopListening();
    cancelTimer();
  };
}
