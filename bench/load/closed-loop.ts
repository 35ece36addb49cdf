import { type Connection, openConnection } from './connection.ts';
import { type Latencies, latenciesOf } from './latencies.ts';

/** What a closed-loop load saw between its warm-up and its end. */
export interface LoadResult {
  /** Journeys that came to their end in the counted seconds, and how long those took that also began in them. */
  readonly done: number;
  readonly perSecond: number;
  readonly latencies: Latencies;
  /** Journeys that came to their end from the first to the last, warm-up and tail too: what costs are divided by. */
  readonly all: number;
  readonly failed: number;
  readonly firstFailure?: string;
}

export interface ClosedLoop {
  readonly port: number;
  /** How many users, each on a connection of its own; each begins again as soon as it is answered. */
  readonly users: number;
  /** How long is counted, and what passes uncounted before. */
  readonly seconds: number;
  readonly warmUpSeconds?: number;
  /** One round of one user. A journey that throws counts as failed. */
  readonly journey: (connection: Connection, user: number, round: number) => Promise<unknown>;
}

/** Repeats a journey by many users at once. */
export async function closedLoop({
  port,
  users,
  seconds,
  warmUpSeconds = 0.5,
  journey,
}: ClosedLoop): Promise<LoadResult> {
  const connections = await Promise.all(Array.from({ length: users }, () => openConnection(port)));
  const startAt = performance.now() + warmUpSeconds * 1_000;
  const endAt = startAt + seconds * 1_000;
  const times: number[] = [];
  let done = 0;
  let all = 0;
  let failed = 0;
  let firstFailure: string | undefined;
  const one = async (first: Connection, user: number) => {
    let connection = first;
    for (let round = 0; ; round++) {
      const from = performance.now();
      if (from >= endAt) break;
      try {
        await journey(connection, user, round);
        const now = performance.now();
        all++;
        if (now < startAt || now > endAt) continue;
        done++;
        if (from >= startAt) times.push(now - from);
      } catch (error) {
        failed++;
        firstFailure ??= String(error);
        connection.close();
        connection = await openConnection(port);
      }
    }
    connection.close();
  };
  await Promise.all(connections.map(one));
  const told = firstFailure === undefined ? {} : { firstFailure };
  return { done, perSecond: done / seconds, latencies: latenciesOf(times), all, failed, ...told };
}
