import { seeded } from '../seeded.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Latencies, latenciesOf } from './latencies.ts';

export interface OpenLoop {
  readonly port: number;
  /** Mean arrivals per second; the gaps are those of a Poisson process of this seed. */
  readonly perSecond: number;
  readonly seed: number;
  readonly seconds: number;
  readonly warmUpSeconds?: number;
  /** Aborting ends the arrivals early. */
  readonly signal?: AbortSignal;
  /** One arrival on a connection of its own; answers how long its last call took, in ms. A journey that throws counts as failed. */
  readonly journey: (connection: Connection, arrival: number) => Promise<number>;
}

export interface OpenLoopResult {
  readonly perSecond: number;
  readonly failed: number;
  readonly firstFailure?: string;
  /** From the moment a journey was due to its end. */
  readonly journeys: Latencies;
  /** Of the last call alone, with what the journey began too late. */
  readonly lastCalls: Latencies;
}

/** More than this under way at once means that the shop is drowning; who arrives then counts as failed. */
const MOST_UNDER_WAY = 4_000;

/**
 * Arrivals that wait for nobody: each begins when it is due, however slow the shop is, and its time counts from that moment, so a
 * pause of the shop is felt by all who would have come meanwhile (no coordinated omission).
 */
export async function openLoop(options: OpenLoop): Promise<OpenLoopResult> {
  const { port, perSecond, seconds, warmUpSeconds = 1, journey } = options;
  const random = seeded(options.seed);
  const idle: Connection[] = [];
  const underWay = new Set<Promise<void>>();
  const journeys: number[] = [];
  const lastCalls: number[] = [];
  let failed = 0;
  let firstFailure: string | undefined;
  const fail = (reason: string) => {
    failed++;
    firstFailure ??= reason;
  };
  const startAt = performance.now() + warmUpSeconds * 1_000;
  const endAt = startAt + seconds * 1_000;

  async function arrive(dueAt: number, arrival: number): Promise<void> {
    try {
      const connection = idle.pop() ?? (await openConnection(port));
      const lateBy = performance.now() - dueAt;
      const lastCall = await journey(connection, arrival);
      idle.push(connection);
      if (dueAt < startAt) return;
      journeys.push(performance.now() - dueAt);
      lastCalls.push(lastCall + lateBy);
    } catch (error) {
      fail(String(error));
    }
  }

  let dueAt = performance.now();
  for (let arrival = 0; dueAt < endAt && options.signal?.aborted !== true; ) {
    const now = performance.now();
    while (dueAt <= now && dueAt < endAt) {
      if (underWay.size >= MOST_UNDER_WAY) fail(`more than ${MOST_UNDER_WAY} were under way`);
      else {
        const one: Promise<void> = arrive(dueAt, arrival++).finally(() => underWay.delete(one));
        underWay.add(one);
      }
      dueAt += (-Math.log(1 - random()) / perSecond) * 1_000;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
  }
  const countedSeconds = (Math.min(endAt, performance.now()) - startAt) / 1_000;
  await Promise.all(underWay);
  for (const connection of idle) connection.close();
  return {
    perSecond: journeys.length / countedSeconds,
    failed,
    journeys: latenciesOf(journeys),
    lastCalls: latenciesOf(lastCalls),
    ...(firstFailure === undefined ? {} : { firstFailure }),
  };
}
