/**
 * What copies of answers hear. Whoever keeps a copy (a page cache) notes the tags of what it shows (`product:mug`, `sku:MUG-W`);
 * the service that owns the truth publishes the tags whose answers are different from now on. A tag is published after
 * the service itself answers anew, so whoever asks again is told the new state. Within one process only.
 */
export interface Invalidations {
  publish(tags: readonly string[]): void;
  /** Calls `listener` with each publication, at once; the returned function ends it. */
  subscribe(listener: (tags: readonly string[]) => void): () => void;
}
