import { type Remembered, remember } from './place.ts';
import { gone, isRunning, signalGroup } from './processes.ts';
import { letGo } from './watchdog.ts';

const CLEAN_END_MS = 30_000;
const KILLED_MS = 10_000;

/** Ends an engine's processes cleanly, the last started first, and remembers it. One that does not end is killed. */
export async function halt(folder: string, state: Remembered): Promise<void> {
  for (const process of state.processes.toReversed()) {
    if (isRunning(process)) {
      // A paused process hears nothing else.
      signalGroup(process.pid, 'SIGCONT');
      signalGroup(process.pid, process.stopSignal ?? 'SIGTERM');
      // What it has started and not ended itself goes with it; the number is still its group's.
      if (await gone(process, CLEAN_END_MS)) signalGroup(process.pid, 'SIGKILL');
    }
    await kill(process);
  }
  remember(folder, { ...state, processes: [] });
}

/** SIGKILL to the process and all that it started; resolves when it is gone. */
export async function kill(process: Remembered['processes'][number]): Promise<void> {
  if (isRunning(process)) {
    signalGroup(process.pid, 'SIGKILL');
    await gone(process, KILLED_MS);
  }
  letGo(process.pid);
}
