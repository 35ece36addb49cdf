import { join } from 'node:path';
import { SetupFault } from '../fault.ts';
import { choosePorts } from './addresses.ts';
import { halt } from './halt.ts';
import { findInstallation, type Installation, install } from './install/install.ts';
import { programOnPath } from './install/run-tool.ts';
import { withLock } from './lock.ts';
import { placeOf, type Remembered, remember, remembered } from './place.ts';
import type { Engine, EngineName, Plan, Ports, RunningEngine, StartOptions } from './port.ts';
import { isRunning, launch } from './processes.ts';
import { engineOf } from './registry.ts';
import { runningEngine } from './running.ts';
import { logOf, untilReady } from './wait.ts';
import { endWithUs } from './watchdog.ts';

/**
 * Starts an engine on loopback, or takes the one that already runs on the same home, and resolves when it answers.
 * Throws a SetupFault: it cannot be had on this machine, its port is taken, or it did not answer in time.
 */
export async function startEngine(name: EngineName, options: StartOptions): Promise<RunningEngine> {
  const engine = await engineOf(name);
  const instance = options.instance ?? name;
  const folder = placeOf(options.home, instance);
  return await withLock(join(folder, 'starting.lock'), async () => {
    const last = remembered(folder);
    refuseContradiction(engine, instance, options, last);
    const installation = await installed(engine, options);
    const runs = last?.processes.some(isRunning) ?? false;
    const ports = last !== undefined && runs ? last.ports : await choosePorts(engine, options.port, last?.ports);
    const plan = await engine.plan(contextOf(folder, ports, installation, options));
    const state = await bring({ engine, folder, plan, ports, last, options });
    if (runs && options.config !== undefined) await plan.reload?.(options.config(ports), state.processes);
    return runningEngine({
      instance,
      folder,
      plan,
      state,
      wasRunning: runs,
      again: (now, signal) => bring({ engine, folder, plan, ports, last: now, options, signal }),
    });
  });
}

interface Bringing {
  readonly engine: Engine;
  readonly folder: string;
  readonly plan: Plan;
  readonly ports: Ports;
  readonly last: Remembered | undefined;
  readonly options: StartOptions;
  readonly signal?: AbortSignal | undefined;
}

/** Starts what does not run yet and waits until the whole answers; what it has started, and nothing else, ends when that fails. */
async function bring({ engine, folder, plan, ports, last, options, signal }: Bringing): Promise<Remembered> {
  const say = options.say ?? (() => undefined);
  const started = performance.now();
  let state: Remembered = {
    name: engine.name,
    ports,
    url: plan.url,
    processes: last?.processes.filter(isRunning) ?? [],
  };
  const missing = plan.processes.filter(({ name }) => !state.processes.some((each) => each.name === name));
  const awaited = {
    name: engine.name,
    folder,
    within: plan.readyWithinMs,
    say,
    signal,
    processes: () => state.processes,
  };
  if (missing.length > 0) say(`Starting ${engine.name} on port ${ports.main} …`);
  try {
    for (const { name, command, env, ready, stopSignal } of missing) {
      const process = await launch(command, { folder, log: logOf(folder, name), ...(env && { env }) });
      if (options.endsWithUs === true) endWithUs(process.pid);
      state = { ...state, processes: [...state.processes, { name, ...process, ...(stopSignal && { stopSignal }) }] };
      remember(folder, state);
      if (ready !== undefined) await untilReady(ready, awaited);
    }
    await plan.join?.();
    await untilReady(plan.ready, awaited);
  } catch (error) {
    const survivors = state.processes.filter(({ name }) => !missing.some((each) => each.name === name));
    const begun = state.processes.filter((each) => !survivors.includes(each));
    if (begun.length > 0) await halt(folder, { ...state, processes: begun });
    if (survivors.length > 0) remember(folder, { ...state, processes: survivors });
    throw error;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    missing.length > 0
      ? `${engine.name} answers at ${plan.url} after ${seconds} s.`
      : `${engine.name} runs already, at ${plan.url}.`,
  );
  return state;
}

function refuseContradiction(
  engine: Engine,
  instance: string,
  options: StartOptions,
  last: Remembered | undefined,
): void {
  if (last === undefined) return;
  if (last.name !== engine.name)
    throw new SetupFault(
      `The engine ${instance} of this home is a ${last.name}: choose another name for ${engine.name}.`,
    );
  const runs = last.processes.some(isRunning);
  if (runs && options.port !== undefined && options.port !== last.ports.main)
    throw new SetupFault(
      `${instance} already runs, on port ${last.ports.main}: \`jangteo engines down ${instance}\` stops it, then it can take port ${options.port}.`,
    );
}

async function installed(engine: Engine, options: StartOptions): Promise<Installation> {
  if (options.install !== false) return await install(engine, options.say ?? (() => undefined));
  const found = findInstallation(engine);
  if (found === undefined)
    throw new SetupFault(`${engine.name} is not installed: \`jangteo engines install ${engine.name}\`.`);
  return found;
}

function contextOf(folder: string, ports: Ports, { folder: built, java }: Installation, options: StartOptions) {
  return {
    ...{ ports, folder, memoryMb: options.memoryMb, config: options.config, settings: options.settings ?? {} },
    ...{ installed: built ?? '', java: java ?? '' },
    program: (name: string) => (built === undefined ? (programOnPath(name) ?? name) : join(built, name)),
  };
}
