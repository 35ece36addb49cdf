import { type Connection, openConnection } from './connection.ts';

/** What a closed-loop load saw. Latencies in milliseconds. */
export interface LoadResult {
  readonly done: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly firstFailure?: string;
}

/**
 * `users` users, each on a connection of its own, repeat `journey` for `seconds`. A journey that throws counts as failed.
 * Half a second of warm-up is not counted.
 */
export async function closedLoop(
  port: number,
  users: number,
  seconds: number,
  journey: (connection: Connection, user: number, round: number) => Promise<void>,
): Promise<LoadResult> {
  const startAt = performance.now() + 500;
  const endAt = startAt + seconds * 1000;
  const latencies: number[] = [];
  let failed = 0;
  let firstFailure: string | undefined;
  const one = async (user: number) => {
    let connection = await openConnection(port);
    for (let round = 0; performance.now() < endAt; round++) {
      const from = performance.now();
      try {
        await journey(connection, user, round);
        if (from >= startAt && performance.now() <= endAt) latencies.push(performance.now() - from);
      } catch (error) {
        failed += 1;
        firstFailure ??= String(error);
        connection.close();
        connection = await openConnection(port);
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: users }, (_, user) => one(user)));
  latencies.sort((a, b) => a - b);
  return {
    done: latencies.length,
    failed,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    ...(firstFailure === undefined ? {} : { firstFailure }),
  };
}

/** The value below which `share` of the sorted values lie; NaN when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
