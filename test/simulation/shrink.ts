import type { Plan } from './plan.ts';

/** A plan with only these of its actions and faults. */
export function onlyParts(plan: Plan, ids: ReadonlySet<string>): Plan {
  return {
    ...plan,
    actions: plan.actions.filter(({ id }) => ids.has(id)),
    faults: plan.faults.filter(({ id }) => ids.has(id)),
  };
}

export function partsOf({ faults, actions }: Plan): readonly string[] {
  return [...faults, ...actions].map(({ id }) => id);
}

/**
 * The parts of a failing plan without which it no longer fails: leaves out halves, then quarters, and so on to single parts, as
 * long as what is left still fails. Runs the plan at most `mostRuns` times.
 */
export async function shrunk(
  plan: Plan,
  fails: (plan: Plan) => Promise<boolean>,
  mostRuns: number,
): Promise<readonly string[]> {
  let kept = partsOf(plan);
  let runs = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; ) {
    let shorter: readonly string[] | undefined;
    for (let from = 0; from < kept.length && shorter === undefined && runs < mostRuns; from += size) {
      const rest = kept.filter((_, index) => index < from || index >= from + size);
      runs++;
      if (await fails(onlyParts(plan, new Set(rest)))) shorter = rest;
    }
    if (shorter !== undefined) kept = shorter;
    else if (size === 1 || runs >= mostRuns) break;
    else size = Math.ceil(size / 2);
  }
  return kept;
}
