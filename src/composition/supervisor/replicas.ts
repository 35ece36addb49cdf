import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { isDoor } from '../topology/processes.ts';
import type { HeardLine, Supervised } from './port.ts';
import type { Seat } from './seats.ts';
import type { StatusRow } from './status-table.ts';
import { type ProgramPlan, supervise } from './supervise.ts';

/** The processes of a shop on this machine. */
export interface SupervisedReplicas {
  /** Resolves when all are ready; rejects with a SetupFault as soon as one never will be. */
  readonly ready: Promise<unknown>;
  /** The names of those that are not ready yet. */
  awaited(): readonly string[];
  rows(): readonly StatusRow[];
  /** The gateways, then those with edges: what they have taken is finished with the help of the others. */
  stopDoors(): Promise<void>;
  /** The doors, then all others. */
  stop(): Promise<void>;
}

/** Starts a program for each seat, all at once: whoever needs another waits for it. */
export function superviseReplicas(
  seats: readonly Seat[],
  options: {
    readonly planOf: (seat: Seat) => ProgramPlan;
    readonly heard: (line: HeardLine) => void;
    readonly changed: () => void;
    readonly force: AbortSignal;
  },
): SupervisedReplicas {
  const { heard, force } = options;
  let started = false;
  // While the list is being made it cannot be told.
  const changed = () => {
    if (started) options.changed();
  };
  const supervision = { heard, changed, clock: systemClock, random: systemRandom };
  const all = seats.map((seat) => ({ seat, program: supervise(options.planOf(seat), supervision) }));
  started = true;
  const killAll = () => {
    for (const { program } of all) program.kill();
  };
  force.addEventListener('abort', killAll, { once: true });
  const stopAll = async (those: readonly { readonly program: Supervised }[]) =>
    void (await Promise.all(those.map(({ program }) => program.stop())));
  const stopDoors = async () => {
    await stopAll(all.filter(({ seat }) => seat.plan.gateway !== undefined));
    await stopAll(all.filter(({ seat }) => isDoor(seat.plan)));
  };
  return {
    ready: Promise.all(all.map(({ program }) => program.ready)),
    awaited: () => all.filter(({ program }) => program.status().state !== 'running').map(({ seat }) => seat.name),
    rows: () => all.map(({ seat, program }) => ({ ...program.status(), port: seat.port })),
    stopDoors,
    async stop() {
      await stopDoors();
      await stopAll(all);
    },
  };
}
