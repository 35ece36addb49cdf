import type { Json } from '../../../kernel/json.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Anchored } from './window.ts';

/** Where a page of a list of products is: in the catalogue's own list by its cursor, in what was searched by an anchor. */
export type Place =
  | { readonly by: 'catalog'; readonly cursor: string; readonly isBack: boolean }
  | ({ readonly by: 'search' } & Anchored);

/** The key that leads to a place of the named list, as opaque text for the app. */
export function keyOf(place: Place, list: string): string {
  const direction = place.isBack ? 'back' : 'on';
  const told: Json = place.by === 'catalog' ? [direction, place.cursor] : [direction, place.anchor, place.offset];
  return encodeCursor(told, list);
}

/** Where a key leads, undefined without one. Throws `invalid_cursor` for a text that is no key of this list. */
export function placeOf(key: string | undefined, list: string): Place | undefined {
  const told = decodeCursor(key, list);
  if (told === undefined) return undefined;
  const [direction, text, offset] = Array.isArray(told) ? told : [];
  const isBack = direction === 'back';
  if ((!isBack && direction !== 'on') || typeof text !== 'string') throw unreadable();
  if (offset === undefined) return { by: 'catalog', cursor: text, isBack };
  if (typeof offset !== 'number') throw unreadable();
  return { by: 'search', anchor: text, offset, isBack };
}

function unreadable(): Problem {
  return new Problem('invalid_cursor', 'Pass the key of a page exactly as it came, or none for the start.');
}
