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
  /** Starts one more; resolves when it is ready. Throws a SetupFault, and forgets it, when it never will be. */
  add(seat: Seat): Promise<void>;
  /** Stops one that was added: it answers what it has taken, and is forgotten. */
  retire(name: string): Promise<void>;
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
  const begin = (seat: Seat) => ({ seat, program: supervise(options.planOf(seat), supervision) });
  const all = seats.map(begin);
  const forget = (name: string) => {
    const at = all.findIndex(({ seat }) => seat.name === name);
    const [gone] = at < 0 ? [] : all.splice(at, 1);
    changed();
    return gone;
  };
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
    async add(seat) {
      const added = begin(seat);
      all.push(added);
      try {
        await added.program.ready;
      } catch (error) {
        forget(seat.name);
        throw error;
      }
    },
    async retire(name) {
      await all.find(({ seat }) => seat.name === name)?.program.stop();
      forget(name);
    },
    stopDoors,
    async stop() {
      await stopDoors();
      await stopAll(all);
    },
  };
}
