import type { Verdict } from '../verify/finding.ts';
import { keepVerdict } from '../verify/verdict-file.ts';
import { print } from './print.ts';

/** Tells what a walk has found, then keeps it for whoever watches the shop: a disk that is full hides nothing. Answers whether all is well. */
export function tellVerdicts(
  home: string,
  verdicts: readonly Verdict[],
  { at, ...options }: { readonly json?: boolean /** In ms since 1970. */; readonly at: number },
): boolean {
  const sound = verdicts.every(({ violations }) => violations.length === 0);
  print(options, { sound, verdicts }, () => textOf(verdicts, sound));
  try {
    keepVerdict(home, verdicts, at);
  } catch (error) {
    console.error(`It cannot be kept for the shop's alerts (${(error as Error).message}): free some space in ${home}.`);
  }
  return sound;
}

function textOf(verdicts: readonly Verdict[], sound: boolean): string {
  const lines = verdicts.flatMap(({ check, examined, violations }) => [
    `${violations.length === 0 ? 'holds   ' : 'VIOLATED'} ${check} (${examined} examined)`,
    ...violations.map((violation) => `           ${violation}`),
  ]);
  return [
    ...lines,
    sound ? 'All invariants hold.' : 'Something is wrong: keep the data folder as it is and look into it.',
  ].join('\n');
}
