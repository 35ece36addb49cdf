/** A parameter of the address as a text; undefined when it is empty or not there. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A parameter that is one of a few words. */
export function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

type WithoutUndefined<Parameters> = { [Name in keyof Parameters]?: Exclude<Parameters[Name], undefined> };

/** The parameters that are there: an address names nothing that is not wished. */
export function given<Parameters extends object>(parameters: Parameters): WithoutUndefined<Parameters> {
  const entries = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as WithoutUndefined<Parameters>;
}

/** When a day of the reader's own time zone (`2026-11-21`) begins, in ms; `days` later with them. */
export function startOfDay(day: string, days = 0): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return undefined;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days).getTime();
}
