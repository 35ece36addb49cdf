import { type Clock, sleep } from '../clock/port.ts';

/** A refresh makes a segment: one for all that is written within this time. */
const TOGETHER_MS = 100;

/** Resolves when a refresh that began after the call has ended; many calls share one. */
export function refresher(clock: Clock, refresh: () => Promise<void>): () => Promise<void> {
  let next: Promise<void> | undefined;
  return () => {
    next ??= sleep(clock, TOGETHER_MS).then(() => {
      next = undefined;
      return refresh();
    });
    return next;
  };
}
