/** The idempotency keys that were met last. */
export interface RecentKeys {
  /** Whether the key was not among them; it is from now on. */
  isNew(key: string): boolean;
}

/** Remembers at most `most` keys; the one met first is forgotten first. */
export function recentKeys(most: number): RecentKeys {
  const met = new Set<string>();
  return {
    isNew(key) {
      if (met.has(key)) return false;
      const [oldest] = met;
      if (met.size >= most && oldest !== undefined) met.delete(oldest);
      met.add(key);
      return true;
    },
  };
}
