import type { Clock } from '../../../platform/clock/port.ts';
import type { Fault } from '../routes/schema.ts';

/** Faults that an operator made for a while; after that everything is as it was, whatever became of the operator. */
export interface Drill {
  /** Its `routeId`. */
  readonly route: string;
  readonly faults: readonly Fault[];
  /** In ms since 1970. */
  readonly endsAt: number;
}

export interface Drills {
  /** The faults that a route, told by its `routeId`, meets now. */
  of(route: string): readonly Fault[] | undefined;
  begin(route: string, faults: readonly Fault[], forMs: number): Drill;
  /** Ends the drill of a route, or all; answers how many there were. */
  end(route?: string): number;
  all(): readonly Drill[];
}

/** Drills of one process, none running. */
export function drills(clock: Clock): Drills {
  const running = new Map<string, Drill & { readonly cancel: () => void }>();

  const end = (route: string): number => {
    running.get(route)?.cancel();
    return running.delete(route) ? 1 : 0;
  };
  return {
    of: (route) => (running.size === 0 ? undefined : running.get(route)?.faults),
    begin(route, faults, forMs) {
      end(route);
      const cancel = clock.after(forMs, () => void running.delete(route));
      const drill = { route, faults, endsAt: clock.now() + forMs };
      running.set(route, { ...drill, cancel });
      return drill;
    },
    end: (route) => (route === undefined ? [...running.keys()] : [route]).reduce((sum, each) => sum + end(each), 0),
    all: () => [...running.values()].map(({ cancel: _, ...drill }) => drill),
  };
}
