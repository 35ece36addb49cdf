import type { Drilled } from './drill.ts';
import { type Heard, probeNames } from './probes.ts';

const WIDTHS = [50, 9, 10, 10];

/** The head of the table of a drill, and its rows. */
export function tableOf(drills: readonly Drilled[]): string {
  const head = [...aligned(['fault', 'lasted', 'well', 'caught up']), 'asked meanwhile, and answered'].join('  ');
  return [head, ...drills.map(row)].join('\n');
}

/** One fault: how long it lasted, how soon everything was answered well, and had caught up; what was heard meanwhile. */
export function row({ fault, heard, lastedMs, wellAfterMs, caughtUpAfterMs, orders }: Drilled): string {
  const times = [lastedMs, wellAfterMs, caughtUpAfterMs].map(seconds);
  const answers = probeNames.map((probe) => `${probe} ${counted(heard.filter((each) => each.probe === probe))}`);
  return [...aligned([fault.name, ...times]), `${answers.join(', ')}; ${orders} orders, verify clean`].join('  ');
}

function aligned(cells: readonly string[]): readonly string[] {
  return cells.map((cell, index) =>
    index === 0 ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0),
  );
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** `12`, or `9 (+3 waits)`. */
function counted(heard: readonly Heard[]): string {
  const well = heard.filter(({ reply }) => reply === 'well').length;
  const others = Object.entries(Object.groupBy(heard, ({ reply }) => reply)).filter(([reply]) => reply !== 'well');
  if (others.length === 0) return String(well);
  return `${well} (+${others.map(([reply, each]) => `${each.length} ${reply}`).join(', ')})`;
}
