/** What a check came to: how much it looked at, and each violation in one sentence. */
export interface Verdict {
  readonly check: string;
  readonly examined: number;
  readonly violations: readonly string[];
}

/** More of the same kind tell nothing new. */
const MOST_VIOLATIONS = 20;

/** Collects a check's verdict. */
export function verdict(check: string) {
  let examined = 0;
  let found = 0;
  const violations: string[] = [];
  return {
    looked(count = 1) {
      examined += count;
    },
    violated(sentence: string) {
      found += 1;
      if (found <= MOST_VIOLATIONS) violations.push(sentence);
    },
    result(): Verdict {
      const more = found > MOST_VIOLATIONS ? [`… and ${found - MOST_VIOLATIONS} more`] : [];
      return { check, examined, violations: [...violations, ...more] };
    },
  };
}
