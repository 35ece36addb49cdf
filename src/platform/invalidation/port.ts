/**
 * What copies of answers hear. Whoever keeps a copy (a page cache) notes the tags of what it shows (`product:mug`, `sku:MUG-W`);
 * the service that owns the truth publishes the tags whose answers are different from now on. A tag is published after
 * the service itself answers anew, so whoever asks again is told the new state.
 */
export interface Invalidations {
  publish(tags: readonly string[]): void;
  /** Says that anything may have changed: publications may have been lost. */
  publishAll(): void;
  /**
   * Calls `listener` with each publication, at once, and `anything` when all answers may have changed; the returned function
   * ends it.
   */
  subscribe(listener: (tags: readonly string[]) => void, anything: () => void): () => void;
}
