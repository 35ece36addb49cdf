const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** The rules of a file with every window and waiting time `factor` times as short, at least `leastSeconds` long. */
export function shortened(rules: string, factor: number, leastSeconds: number): string {
  const less = (count: string, unit: string) =>
    `${Math.max(leastSeconds, Math.ceil((Number(count) * (SECONDS[unit] ?? 1)) / factor))}s`;
  return rules
    .replace(/\[(\d+)([smhd])\]/g, (_, count: string, unit: string) => `[${less(count, unit)}]`)
    .replace(/for: (\d+)([smhd])$/gm, (_, count: string, unit: string) => `for: ${less(count, unit)}`);
}
