import { type Listening, listening } from '../child.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { cpuOf, cpuSecondsOf } from '../load/processes.ts';
import { emptyDatabase } from '../postgres-counters.ts';
import type { BenchShop } from '../shop.ts';

/** What the floor does at this moment of the machine. */
export interface FloorSlice {
  readonly perSecond: number;
  /** Of its process and PostgreSQL, per call. */
  readonly cpuMs: number;
}

/** The floor beside an idle shop, on the shop's own PostgreSQL. */
export interface Floor {
  slice(seconds: number): Promise<FloorSlice>;
  stop(): Promise<void>;
}

const CLIENTS = 128;

/** Starts the floor as a process of its own, on a new database of the shop's PostgreSQL. Throws when it does not listen in time. */
export async function startFloor(shop: BenchShop): Promise<Floor> {
  const url = await emptyDatabase(shop.postgresUrl, 'bench_floor');
  const floor: Listening = await listening('floor.ts', [url]);
  return {
    async slice(seconds) {
      const before = { floor: cpuSecondsOf(floor.pid), postgres: cpuOf(shop.pid).postgres };
      const load = await closedLoop({
        port: floor.port,
        users: CLIENTS,
        seconds,
        journey: async (connection, user, round) => {
          const { status, body } = await connection.ask('POST', '/sales', '', `{"shopper":"${user}.${round}"}`);
          if (status !== 201) throw new Error(`the floor answered ${status}: ${body}`);
        },
      });
      if (load.failed > 0) throw new Error(`the floor failed: ${load.firstFailure}`);
      const used = cpuSecondsOf(floor.pid) - before.floor + cpuOf(shop.pid).postgres - before.postgres;
      return { perSecond: load.perSecond, cpuMs: (used * 1_000) / load.all };
    },
    stop: floor.stop,
  };
}
