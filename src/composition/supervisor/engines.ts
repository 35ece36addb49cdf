import type { EngineName as LocalEngine } from '../local-engines/port.ts';
import { startEngine } from '../local-engines/start.ts';
import type { Addresses, Environment } from '../settings.ts';
import { addressFrom } from '../topology/addresses.ts';
import type { Engine, EngineName } from '../topology/growth.ts';
import type { Topology } from '../topology.ts';
import type { StatusRow } from './status-table.ts';
import { whileTelling } from './while-telling.ts';

/** The engines of a topology other than its database. */
export interface StartedEngines {
  /** Where each of them listens, those that were only named as well. */
  readonly addresses: Addresses;
  readonly rows: () => readonly StatusRow[];
  stop(): Promise<void>;
}

/** Starts what the topology wants started, all at once, and waits until it answers. Throws a SetupFault with everything stopped again. */
export async function startEngines(
  { engines = {} }: Topology,
  world: {
    readonly home: string;
    readonly env: Environment;
    readonly say: (line: string) => void;
    readonly now: () => number;
  },
): Promise<StartedEngines> {
  const { home, env, say, now } = world;
  const all = Object.entries(engines).filter(([name]) => name !== 'database') as [EngineName, Engine][];
  const named = all.flatMap(([name, { url }]) =>
    url === undefined ? [] : [[name, addressFrom(url, env, `engines/${name}/url`)] as const],
  );
  const starting = all
    .filter(([, { start }]) => start === true)
    .map(async ([name, engine]) => {
      const { port, memoryMb } = engine;
      const running = await startEngine(localName(name, engine), {
        ...{ home, say, endsWithUs: true },
        ...(port !== undefined && { port }),
        ...(memoryMb !== undefined && { memoryMb }),
      });
      return { name, running, since: now() };
    });
  const outcomes = await whileTelling(say, () => `Starting ${starting.length} engines`, Promise.allSettled(starting));
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => void (await Promise.allSettled(started.map(({ running }) => running.stop())));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    addresses: Object.fromEntries([...named, ...started.map(({ name, running }) => [name, running.url] as const)]),
    rows: () =>
      started.flatMap(({ name, running, since }) =>
        running.processes().map(({ name: process, pid }) => ({
          name: process === name ? name : `${name} ${process}`,
          ...{ state: 'running' as const, pid, restarts: 0, port: running.ports.main, since },
        })),
      ),
    stop,
  };
}

function localName(name: EngineName, { mode = 'single' }: Engine): LocalEngine {
  return (name === 'redis' && mode !== 'single' ? `redis-${mode}` : name) as LocalEngine;
}
