import { isFree } from './programs.ts';

/**
 * The first of some ports that are free together, those at `offsets` from it, in `stride` steps from `from` up to `to`: below the ports that
 * the system hands out to clients. Begins somewhere else in each process, for test files run beside each other. Throws when there are none.
 */
export async function freePorts(plan: {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  readonly offsets: readonly number[];
}): Promise<number> {
  const { from, to, stride, offsets } = plan;
  const places = (to - from) / stride;
  for (let tried = 0; tried < places; tried++) {
    const first = from + ((process.pid * 7 + tried) % places) * stride;
    const free = await Promise.all(offsets.map((offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ports are free between ${from} and ${to}`);
}
