/** How the simulator behaves: set over its control API, so that tests and demonstrations can make it fail. */
export interface Moods {
  /** Every request is answered 503. */
  down: boolean;
  /** Every request waits this long, in ms. */
  delayMs: number;
  /** How long `tok_slow` takes, in ms. */
  slowMs: number;
  /** How long `tok_delayed` waits for a void at most, in ms. */
  heldMs: number;
}

/** Nothing fails, nothing is slow but what is asked to be. */
export function calm(): Moods {
  return { down: false, delayMs: 0, slowMs: 2_000, heldMs: 60_000 };
}

/** Changes the moods that `wish` names; answers an error for what is no mood. */
export function change(moods: Moods, wish: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(wish)) {
    const isKnown = name === 'down' ? typeof value === 'boolean' : isDuration(name, value);
    if (!isKnown) return `${name} is no mood, or not with that value`;
  }
  Object.assign(moods, wish);
  return undefined;
}

function isDuration(name: string, value: unknown): boolean {
  return ['delayMs', 'slowMs', 'heldMs'].includes(name) && Number.isSafeInteger(value) && Number(value) >= 0;
}
