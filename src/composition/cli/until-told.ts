const SAME_KEYSTROKE_MS = 500;
const PARENT_POLL_MS = 250;

/** Why a long-running command ends. */
export type Told = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'the program that started it has gone';

/**
 * Calls `stop` at the first signal and `force` at a second one. npm passes on a signal that the terminal has already sent
 * to everybody, so two at once are one. A launcher that is killed without a word takes the command with it.
 */
export function untilTold(stop: (why: Told) => void, force: () => void): void {
  let toldAt: number | undefined;
  const tell = (why: Told) => {
    const now = performance.now();
    if (toldAt === undefined) {
      toldAt = now;
      stop(why);
    } else if (now - toldAt > SAME_KEYSTROKE_MS) force();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => tell(signal));

  const gone = 'the program that started it has gone';
  // Without a channel this is undefined; false says that it was closed before anybody listened.
  if (process.connected === false) tell(gone);
  process.once('disconnect', () => tell(gone));
  process.channel?.unref();
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    tell(gone);
  }, PARENT_POLL_MS);
  watch.unref();
}
