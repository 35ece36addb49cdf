/** Everything that happened, in order, as a hash: two runs with the same hash were the same run. */
export interface Trace {
  add(line: string): void;
  hash(): string;
  /** The lines themselves, where they are kept. */
  readonly lines: readonly string[];
}

export function traceOf(keep: boolean): Trace {
  const lines: string[] = [];
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  return {
    lines,
    add(line) {
      if (keep) lines.push(line);
      for (let index = 0; index < line.length; index++) {
        const unit = line.charCodeAt(index);
        first = Math.imul(first ^ unit, 0x01000193);
        second = Math.imul(second + unit, 0x85ebca6b) ^ (second >>> 15);
      }
    },
    hash: () => `${(first >>> 0).toString(16).padStart(8, '0')}${(second >>> 0).toString(16).padStart(8, '0')}`,
  };
}
