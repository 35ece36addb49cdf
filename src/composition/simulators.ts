import { join } from 'node:path';
import type { Clock, Random } from '../platform/clock/port.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import { type Program, startProgram } from './programs.ts';
import { type SimulatorContext, simulators } from './registry.ts';
import type { Topology } from './topology.ts';

/** The simulated systems of other companies, as they run. */
export interface Simulation {
  /** Addresses by integration. */
  readonly urls: Readonly<Record<string, string>>;
  /** What each integration must know of its simulator. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Resolves when all answer. */
  readonly ready: Promise<unknown>;
  stop(): Promise<void>;
}

/** What the integrations must know of simulators that run elsewhere, at these addresses. */
export function simulatorSettings(
  urls: Readonly<Record<string, string>>,
  context: SimulatorContext,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [name, { ...simulators[name]?.(context).settings, url }]),
  );
}

/** Starts the simulators that the topology asks for; what they remember is kept in the data folder. */
export async function startSimulators(options: {
  readonly topology: Topology;
  readonly demo: boolean;
  readonly home: string;
  readonly context: SimulatorContext;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}): Promise<Simulation> {
  const { topology, demo, home, context, clock, random, logger } = options;
  const urls: Record<string, string> = {};
  const settings: Record<string, Readonly<Record<string, unknown>>> = {};
  const programs: Program[] = [];
  for (const [name, { simulator: asked, when }] of Object.entries(topology.integrations)) {
    const simulator = asked && simulators[name]?.(context);
    if (simulator === undefined || (when === 'demo' && !demo)) continue;
    const { entry, env } = simulator;
    const args = ['--data', join(home, `${name}.jsonl`), ...simulator.args, ...(asked?.args ?? [])];
    const program = await startProgram({ name, entry, args, env, clock, random, logger });
    programs.push(program);
    urls[name] = program.url;
    settings[name] = { ...simulator.settings, url: program.url };
  }
  const ready = Promise.all(programs.map((program) => program.ready));
  ready.catch(() => undefined);
  return {
    urls,
    settings,
    ready,
    async stop() {
      await Promise.all(programs.map((program) => program.stop()));
    },
  };
}
