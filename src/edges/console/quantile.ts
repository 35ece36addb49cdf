/**
 * The value below which a share of a histogram's values lies, in the unit of its bounds; undefined without values. Within a bucket
 * the values are taken to be spread evenly; beyond the last bound it is that bound.
 */
export function quantile(buckets: readonly number[], bounds: readonly number[], share: number): number | undefined {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const wanted = share * total;
  let below = 0;
  for (const [index, count] of buckets.entries()) {
    const [from, to] = [bounds[index - 1] ?? 0, bounds[index]];
    if (to === undefined) return from;
    if (below + count >= wanted && count > 0) return from + ((wanted - below) / count) * (to - from);
    below += count;
  }
  return bounds.at(-1);
}

/** Bucket by bucket, how many came between two readings. */
export function between(earlier: readonly number[], later: readonly number[]): readonly number[] {
  return later.map((count, index) => count - (earlier[index] ?? 0));
}

/** Bucket by bucket, how many there are in all. */
export function together(all: readonly (readonly number[])[], length: number): readonly number[] {
  return Array.from({ length }, (_, index) => all.reduce((sum, buckets) => sum + (buckets[index] ?? 0), 0));
}
