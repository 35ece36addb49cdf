import { Map as ImmutableMap } from 'immutable';

/** What became of a reservation, or that a return was booked. */
export type Fate = 'sold' | 'released' | 'expired' | 'returned';

/**
 * A bounded memory of what was closed last, so that a late or repeated message changes nothing. Two generations: when the
 * younger one is full the older is forgotten, so forgetting costs nothing and the last 2,048 are always known.
 */
export interface Closed {
  readonly recent: ImmutableMap<string, Fate>;
  readonly older: ImmutableMap<string, Fate>;
}

export const CLOSED_PER_GENERATION = 2_048;

export const nothingClosed: Closed = { recent: ImmutableMap(), older: ImmutableMap() };

/** Remembers what became of it; the older generation goes when the younger is full. */
export function remember(closed: Closed, key: string, fate: Fate): Closed {
  const recent = closed.recent.set(key, fate);
  return recent.size < CLOSED_PER_GENERATION
    ? { recent, older: closed.older }
    : { recent: nothingClosed.recent, older: recent };
}

/** What became of it; undefined when it is open, unknown or forgotten. */
export function fateOf(closed: Closed, key: string): Fate | undefined {
  return closed.recent.get(key) ?? closed.older.get(key);
}
