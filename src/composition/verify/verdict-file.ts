import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';
import type { Verdict } from './finding.ts';

/** What the last walk through the shop's data found, for whoever watches the shop. */
export interface KeptVerdict {
  /** In ms since 1970. */
  readonly at: number;
  /** How many violations, by check. */
  readonly violations: Readonly<Record<string, number>>;
}

const fileIn = (home: string) => join(home, 'verified.json');

export function keepVerdict(home: string, verdicts: readonly Verdict[], at: number): void {
  const violations = Object.fromEntries(verdicts.map(({ check, violations: found }) => [check, found.length]));
  writeWhole(fileIn(home), JSON.stringify({ at, violations } satisfies KeptVerdict));
}

/** Undefined where nobody has walked yet, or what was written cannot be read. */
export function readVerdict(home: string): KeptVerdict | undefined {
  try {
    const found = JSON.parse(readFileSync(fileIn(home), 'utf8')) as KeptVerdict;
    return typeof found.at === 'number' && typeof found.violations === 'object' ? found : undefined;
  } catch {
    return undefined;
  }
}
