/** One line of the bench's table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it has to be; without one it is only told. */
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
  readonly note?: string;
}

/** A figure as the JSON tells it. */
export interface JudgedFigure extends Figure {
  readonly part: string;
  readonly met?: boolean;
}

/** Says of a figure whether it meets its bar. What could not be measured does not. */
export function judged(part: string, figure: Figure): JudgedFigure {
  const { bar, value } = figure;
  if (bar === undefined) return { part, ...figure };
  return { part, ...figure, met: 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost };
}

/** The table for a person. */
export function tableOf(figures: readonly JudgedFigure[]): string {
  const rows = figures.map(({ part, name, value, unit, bar, met, note }) => ({
    part,
    name,
    value: `${shown(value)} ${unit}`,
    bar: bar === undefined ? '' : 'atLeast' in bar ? `≥ ${shown(bar.atLeast)}` : `≤ ${shown(bar.atMost)}`,
    met: met === undefined ? '' : met ? 'met' : 'MISSED',
    note: note ?? '',
  }));
  const width = (of: (row: (typeof rows)[number]) => string) => Math.max(...rows.map((row) => of(row).length), 0);
  const widths = { name: width((row) => row.name), value: width((row) => row.value), bar: width((row) => row.bar) };
  let last = '';
  return rows
    .flatMap((row) => {
      const heading = row.part === last ? [] : [`\n${row.part}`];
      last = row.part;
      const cells = [
        row.name.padEnd(widths.name),
        row.value.padStart(widths.value),
        row.bar.padStart(widths.bar),
        row.met.padEnd(6),
        row.note,
      ];
      return [...heading, `  ${cells.join('  ').trimEnd()}`];
    })
    .join('\n');
}

function shown(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3);
}
