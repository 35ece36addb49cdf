import { SetupFault } from '../fault.ts';
import type { EngineName, RunningEngine, StartOptions } from './port.ts';

/**
 * Starts an engine on loopback, or takes the one that already runs on the same home, and resolves when it answers.
 * Throws a SetupFault: it cannot be had on this machine, or did not become ready in time.
 */
export function startEngine(name: EngineName, _options: StartOptions): Promise<RunningEngine> {
  return Promise.reject(new SetupFault(`${name} cannot be started yet.`));
}
