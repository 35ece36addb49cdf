import { SetupFault } from '../fault.ts';
import { halt, kill } from './halt.ts';
import type { Remembered } from './place.ts';
import type { Plan, RunningEngine } from './port.ts';
import { isRunning, signalGroup } from './processes.ts';

interface Parts {
  readonly instance: string;
  readonly folder: string;
  readonly plan: Plan;
  readonly state: Remembered;
  /** Whether somebody else had started it before. */
  readonly wasRunning: boolean;
  /** Starts what does not run of a state. */
  readonly again: (state: Remembered, signal?: AbortSignal) => Promise<Remembered>;
}

/** What can be done with an engine that answers. */
export function runningEngine({ instance, folder, plan, state: first, wasRunning, again }: Parts): RunningEngine {
  let state = first;
  const chosen = (name: string | undefined) => {
    const found = state.processes.filter((each) => name === undefined || each.name === name);
    if (found.length > 0) return found;
    throw new Error(
      `${instance} has no process ${name}: choose from ${state.processes.map((each) => each.name).join(', ')}`,
    );
  };
  const signal = (name: string | undefined, what: NodeJS.Signals) => {
    for (const process of chosen(name)) if (isRunning(process)) signalGroup(process.pid, what);
  };
  const stop = () => halt(folder, state);
  return {
    ...{ name: first.name, instance, url: plan.url, ports: first.ports, folder },
    processes: () => state.processes.filter(isRunning).map(({ name, pid }) => ({ name, pid })),
    async kill(process) {
      await Promise.all(chosen(process).map(kill));
    },
    pause: (process) => signal(process, 'SIGSTOP'),
    resume: (process) => signal(process, 'SIGCONT'),
    async revive(signal) {
      state = await again(state, signal);
    },
    async reload(config) {
      if (plan.reload === undefined)
        throw new SetupFault(
          `${first.name} cannot take a new configuration while it runs: stop it and start it again.`,
        );
      await plan.reload(config, state.processes.filter(isRunning));
    },
    stop,
    release: () => (wasRunning ? Promise.resolve() : stop()),
  };
}
