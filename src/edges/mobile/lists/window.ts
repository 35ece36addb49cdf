/**
 * A list that is read by offset moves under its reader: what comes in before them pushes on what they have seen. So a page's key names
 * the item that the page ends at, and the next page is looked for around its offset, so many items to each side.
 */
export const SLACK = 19;

/** Where a page begins: after the anchor, or with `isBack` ends before it. `offset` is where the anchor stood. */
export interface Anchored {
  readonly anchor: string;
  readonly offset: number;
  readonly isBack: boolean;
}

export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** What to read, so that the page is in it wherever its anchor has moved to. */
export function windowAround(place: Anchored | undefined, size: number): Slice {
  if (place === undefined) return { offset: 0, limit: size };
  const first = place.isBack ? place.offset - size - SLACK : place.offset - SLACK;
  return { offset: Math.max(0, first), limit: size + 2 * SLACK + 1 };
}

/** Which of the ids that were read are the page: `from` and `to` count within them. An anchor that has gone is where it stood. */
export function pageWithin(
  ids: readonly string[],
  { offset }: Slice,
  place: Anchored | undefined,
  size: number,
): { readonly from: number; readonly to: number } {
  if (place === undefined) return { from: 0, to: Math.min(ids.length, size) };
  const found = ids.indexOf(place.anchor);
  const stood = Math.min(ids.length, Math.max(0, place.offset - offset));
  if (place.isBack) {
    const to = found < 0 ? stood : found;
    return { from: Math.max(0, to - size), to };
  }
  const from = found < 0 ? stood : found + 1;
  return { from, to: Math.min(ids.length, from + size) };
}
