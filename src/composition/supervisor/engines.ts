import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { keepAlive } from '../balancers/keep-alive.ts';
import type { EngineName as LocalEngine, RunningEngine } from '../local-engines/port.ts';
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

interface World {
  readonly home: string;
  readonly env: Environment;
  readonly say: (line: string) => void;
}

/**
 * Starts what the topology wants started, all at once, waits until it answers, and starts again what dies. Throws a SetupFault
 * with everything stopped again.
 */
export async function startEngines({ engines = {} }: Topology, { home, env, say }: World): Promise<StartedEngines> {
  const all = Object.entries(engines).filter(([name]) => name !== 'database') as [EngineName, Engine][];
  const named = all.flatMap(([name, { url }]) =>
    url === undefined ? [] : [[name, addressFrom(url, env, `engines/${name}/url`)] as const],
  );
  const wanted = all.filter(([, { start }]) => start === true);
  const names = wanted.map(([name]) => name).join(', ');
  const starting = wanted.map(async ([name, engine]) => kept(name, await startEngine(...asked(name, engine)), say));
  const outcomes = await whileTelling(say, () => `Starting ${names}`, Promise.allSettled(starting));
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => void (await Promise.allSettled(started.map((engine) => engine.stop())));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    addresses: Object.fromEntries([...named, ...started.map(({ name, url }) => [name, url] as const)]),
    rows: () => started.flatMap(({ rows }) => rows()),
    stop,
  };

  function asked(name: EngineName, { mode = 'single', port, memoryMb, settings }: Engine) {
    const local = (name === 'redis' && mode !== 'single' ? `redis-${mode}` : name) as LocalEngine;
    const limits = { ...(port !== undefined && { port }), ...(memoryMb !== undefined && { memoryMb }) };
    return [local, { home, say, endsWithUs: true, ...limits, ...(settings && { settings }) }] as const;
  }
}

function kept(name: EngineName, running: RunningEngine, say: (line: string) => void) {
  let [restarts, since] = [0, systemClock.now()];
  const counted: RunningEngine = {
    ...running,
    async revive() {
      await running.revive();
      restarts += 1;
      since = systemClock.now();
    },
  };
  const alive = keepAlive({ engine: counted, clock: systemClock, random: systemRandom, say });
  return {
    ...{ name, url: running.url },
    rows(): StatusRow[] {
      const processes = running.processes();
      const now = { restarts, port: running.ports.main, since };
      if (processes.length === 0) return [{ ...now, name, state: 'restarting' }];
      return processes.map(({ name: process, pid }) => ({
        ...now,
        ...{ name: process === name ? name : `${name} ${process}`, state: 'running' as const, pid },
      }));
    },
    async stop() {
      await alive.stop();
      await running.release();
    },
  };
}
