/** Pieces by location. */
export type Pieces = Readonly<Record<string, number>>;

/** `pieces` less `taken`. */
export function take(pieces: Pieces, taken: Pieces): Pieces {
  const left: Record<string, number> = { ...pieces };
  for (const location in taken) left[location] = (left[location] ?? 0) - (taken[location] ?? 0);
  return left;
}

/** `pieces` and `given`. */
export function give(pieces: Pieces, given: Pieces): Pieces {
  const more: Record<string, number> = { ...pieces };
  for (const location in given) more[location] = (more[location] ?? 0) + (given[location] ?? 0);
  return more;
}

/** Which locations `quantity` pieces come from: `first` as far as it goes, then the others by name. */
export function pick(pieces: Pieces, quantity: number, first: string): Pieces {
  const picked: Record<string, number> = {};
  let left = quantity;
  const others = Object.keys(pieces).filter((location) => location !== first);
  for (const location of [first, ...others.sort()]) {
    const here = Math.min(left, pieces[location] ?? 0);
    if (here > 0) picked[location] = here;
    left -= here;
  }
  return picked;
}
