import type { Seat } from './seats.ts';

const PATIENCE_MS = 2_000;

/** The time that reads have been under way at a replica, as its metrics say, in seconds; undefined where it does not answer. */
export async function workDone({ url }: Pick<Seat, 'url'>): Promise<number | undefined> {
  try {
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? workIn(await answer.text()) : undefined;
  } catch {
    return undefined;
  }
}

/** The sum of what all services of a process say, in the text form of Prometheus. */
function workIn(text: string): number {
  const told = text.matchAll(/^jangteo_reads_under_way_seconds_total(?:\{[^}]*\})? (\S+)/gm);
  return [...told].reduce((sum, [, value]) => sum + Number(value), 0);
}
